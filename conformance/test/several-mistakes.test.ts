/** A client with several mistakes: the first, which keeps its accounts from opening, does not hide the others. */
import t from 'tap';
import { withOverrides, other } from '../faults/client-parts.ts';
import { clientPeer } from '../kill-matrix/faulty-peers.ts';
import type { CheckResult } from '../verdict.ts';

/** Salts in the form of the other profile, M2 not looked at, the passphrase in the log. */
const mistaken = clientPeer({
  id: 'several-mistakes',
  title: 'makes three mistakes at once',
  requirement: 'PWD-02',
  create: withOverrides((log) => ({
    steps: (own) => ({
      ...own,
      SLT_TMP: (salt, email) => other(own).SLT_TMP(salt, email),
      passphrase(raw) {
        log(`the passphrase is ${raw}`);
        return own.passphrase(raw);
      },
      accept: { ...own.accept, M2: () => undefined },
    }),
  })),
});

async function judged(...ids: readonly string[]): Promise<readonly CheckResult[]> {
  const results: CheckResult[] = [];
  for await (const result of mistaken.judge(ids.join(','))) results.push(result);
  return results;
}

const UNOPENED = /^encSymmetricKey does not open with SEC_PWD_Enc/;

t.test('each of them is found', async (test) => {
  const results = await judged(
    ...['client.signup.encSymmetricKey', 'client.leak', 'client.leak.log'],
    ...['B-zero', 'M2-last-bit', 'M2-early', 'saltKey-short', 'tag-wrong', 'iv-8', 'private-key-iv-16'].map(
      (id) => `client.login.${id}`,
    ),
  );
  const of = (id: string) => results.find((result) => result.id === `client.${id}`);
  test.match(of('signup.encSymmetricKey'), { verdict: 'fail', reason: UNOPENED });
  test.match(of('login.M2-last-bit'), { verdict: 'fail', reason: /session id|reported a login/ });
  test.match(of('leak.log'), { verdict: 'fail', reason: /^the passphrase as typed was written to a log/ });
  for (const id of ['B-zero', 'saltKey-short', 'tag-wrong'])
    test.match(of(`login.${id}`), { verdict: 'pass' }, id);
  // Nothing was found, and not everything was looked for.
  test.match(of('leak'), { verdict: 'blocked', reason: UNOPENED });
  // Their answers are made with what is locked in the account, or with its verifier.
  for (const id of ['iv-8', 'private-key-iv-16'])
    test.match(of(`login.${id}`), { verdict: 'blocked', reason: UNOPENED }, id);
  test.match(of('login.M2-early'), { verdict: 'blocked', reason: /^verifier is not the value/ });
});
