/** Which of several mistakes it was that come to the same for what one user types and draws: the client signs up others and logs in again, and they are held to that too. */
import { findFault, toHex, utf8 } from '../../reference/index.ts';
import type { Question } from '../../spec/diagnose/diagnose.ts';
import { oneOf, type Diagnosed } from '../../spec/diagnose/explanation.ts';
import type { Mistake } from '../../spec/mutate.ts';
import { tellingAccounts } from '../inputs.ts';
import { callOf, jsonOf, textOf } from '../peer/exchange.ts';
import { known, shared, type ClientBench, type Signup } from './bench.ts';
import { opensWith } from './explain-message.ts';
import { fittingLogins } from './narrowing-logins.ts';

/** What of a signup follows from what was typed: the address, the verifier, and the key that opens encSymmetricKey. */
export function seenIn(body: Signup['body']): Question['observed'] {
  const [verifier, message] = [textOf(body, 'verifier'), textOf(body, 'encSymmetricKey')];
  const isMessage = findFault('aes-message', jsonOf(message)) === undefined;
  return {
    'normalized.email': toHex(utf8(textOf(body, 'email').toWellFormed())),
    ...(/^[0-9a-f]+$/i.test(verifier) && { SRP_Verifier: verifier }),
    ...(isMessage && { SEC_PWD_Enc: opensWith(message) }),
  };
}

const SALTS = ['saltKey', 'saltAuth', 'saltEnc'] as const;
/** Whether its salts have their form: without, nothing follows from it. */
export const hasSalts = (body: Signup['body']): boolean =>
  SALTS.every((name) => /^[0-9a-f]{64}$/.test(textOf(body, name)));

/** Two signups of what tells the usual mistakes apart, as far as they came to a request; whatever else comes of them. */
const tellingSignups = shared(async (bench): Promise<Pick<Signup, 'typed' | 'body'>[]> => {
  const signups: Pick<Signup, 'typed' | 'body'>[] = [];
  for (const typed of tellingAccounts('.telling')) {
    const { exchanges } = await bench.call('signup', {
      ...{ server: bench.peer.url, profile: bench.profile },
      ...typed,
    });
    const made = exchanges.find((exchange) => callOf(exchange) === 'POST /auth/signup');
    if (made !== undefined) signups.push({ typed, body: jsonOf(made.requestBody) });
  }
  return signups.filter(({ body }) => hasSalts(body));
});

/** What came of a set of mistakes: whoever asks again is told the same. */
const memories = new WeakMap<ClientBench, Map<string, readonly Mistake[]>>();

/**
 * A diagnosis without the mistakes that other signups and logins rule out: of several that come to the same for what one
 * user types and draws, most do not for another.
 */
export async function narrowed(bench: ClientBench, diagnosed: Diagnosed): Promise<Diagnosed> {
  const { explains, mistakes, alone } = diagnosed;
  if (!alone || mistakes.length < 2) return diagnosed;
  const memory = memories.get(bench) ?? new Map<string, readonly Mistake[]>();
  memories.set(bench, memory);
  const key = mistakes.map(({ id }) => id).join(' ');
  const left = memory.get(key) ?? (await fittingLogins(bench, await fittingSignups(bench, mistakes)));
  memory.set(key, left);
  return oneOf(explains, left) ?? diagnosed;
}

async function fittingSignups(bench: ClientBench, mistakes: readonly Mistake[]): Promise<readonly Mistake[]> {
  let left = mistakes;
  for (const account of await tellingSignups(bench)) {
    const { yields } = bench.oracle.account(known(account));
    const seen = seenIn(account.body);
    const fitting: Mistake[] = [];
    for (const mistake of left) if (await yields(seen, mistake)) fitting.push(mistake);
    if (fitting.length > 0) left = fitting;
  }
  return left;
}
