/** Changes of what opens an account, which a server keeps whole (7.6, CHANGE-09). */
import { isSuccess } from '../bench/bench.ts';
import { CHANGE } from '../change/change.ts';
import { changeTo, credentialOf, successor, type Credential } from '../bench/credential.ts';
import { acknowledged, candidates, certainly, mismatches, tried, type Witness } from './witness.ts';
import type { Work } from './work.ts';

/** One after the other, from the same session. */
export function changes(who: Witness): Work {
  const { bench, account } = who;
  return {
    async act() {
      const { certain } = who.credential;
      const possible = successor(bench, certain, credentialOf(bench));
      who.credential = { certain, possible };
      await acknowledged(who, 'POST', CHANGE, changeTo(bench, account.body.email, certain, possible));
      who.credential = certainly(possible);
    },
    losses: () => reopened(who),
  };
}

/** Logs in with what opens the account. @returns why nothing does, or too much, or what does not fit it */
export async function reopened(who: Witness): Promise<readonly string[]> {
  const opening: Credential[] = [];
  for (const credential of candidates(who.credential)) {
    const { answer, session } = await tried(who.bench, who.account.body.email, credential);
    if (!isSuccess(answer)) continue;
    opening.push(credential);
    who.sessionId = session;
  }
  const [found] = opening;
  if (found === undefined)
    return ['the account does not open with the passphrase that was acknowledged last'];
  if (opening.length > 1) return ['the account opens with the passphrases before and after a change'];
  const wrong = await mismatches(who, found);
  if (wrong.length > 0)
    return [`the account opens with one passphrase, and has not its ${wrong.join(', ')} (CHANGE-09)`];
  who.credential = certainly(found);
  return [];
}
