/** What session id a server takes (5.6): other values of the login, and other texts of K, are tried; and what that says of a wrong M2. */
import { toHex, type ProfileName } from '../../../../reference/index.ts';
import { inOtherWords, oneOf, type Diagnosed } from '../../../../spec/diagnose/explanation.ts';
import type { Mistake } from '../../../../spec/mutate.ts';
import { jsonOf, textOf } from '../../../peer/exchange.ts';
import { isSuccess, type OpenLogin, type ServerBench } from '../../bench/bench.ts';
import type { OwnAccount } from '../../bench/own-account.ts';
import { begin } from './begin.ts';
import { diagnosed, suspectsOf, type Suspicions } from './suspects.ts';

/** What K may be written as; the hint of each is the same. */
const TEXTS: Readonly<Record<string, (hex: string) => string>> = {
  'K in upper-case hex': (hex) => hex.toUpperCase(),
  'K in base64': (hex) => Buffer.from(hex, 'hex').toString('base64'),
  'K in base64url': (hex) => Buffer.from(hex, 'hex').toString('base64url'),
};

/** The mistake by which a server takes another session id; undefined where none is found. */
export async function explainSession(
  bench: ServerBench,
  account: OwnAccount,
): Promise<Diagnosed | undefined> {
  if (!bench.oracle.explains) return undefined;
  const begun = await begin(bench, account);
  if (begun === undefined) return undefined;
  const { sessionStarterId, value } = begun;
  const srpM1 = value('srp.M1');
  const answer = await bench.send('POST', '/auth/login-m1', { body: { sessionStarterId, srpM1 } });
  if (!isSuccess(answer)) return undefined;
  const srpM2 = textOf(jsonOf(answer.responseBody), 'srpM2');
  const isTaken: IsTaken = async (sessionId) =>
    sessionId !== undefined && isSuccess(await bench.send('GET', '/auth/whoami', { sessionId }));

  return (await explainTaken(bench.profile, value, srpM2, isTaken)) ?? (await explainText(value, isTaken));
}

type IsTaken = (sessionId: string | undefined) => Promise<boolean>;

/** The mistake whose session id is taken; of several with one id, those that answer with this M2. */
async function explainTaken(
  profile: ProfileName,
  value: Suspicions,
  srpM2: string,
  isTaken: IsTaken,
): Promise<Diagnosed | undefined> {
  const suspects = suspectsOf(profile);
  for (const sessionId of new Set(suspects.map((suspect) => value('session.id', suspect)))) {
    if (sessionId === value('session.id') || !(await isTaken(sessionId))) continue;
    const taken = suspects.filter((one) => value('session.id', one) === sessionId);
    const withM2 = taken.filter((one) => value('srp.M2', one) === srpM2);
    const [found, ...others] = withM2.length > 0 ? withM2 : taken;
    return found && diagnosed(profile, ['session.id'], found, others);
  }
  return undefined;
}

/** The text of K that is taken in place of its hex digits. */
async function explainText(value: Suspicions, isTaken: IsTaken): Promise<Diagnosed | undefined> {
  const K = value('session.id') ?? '';
  for (const [text, write] of Object.entries(TEXTS))
    if (write(K) !== K && (await isTaken(write(K))))
      return inOtherWords(
        `Your session.id is the value one gets with ${text} (§5.6). It is the 64 lower-case hex digits of K.`,
      );
  return undefined;
}

/** The mistake by which a server answers with another M2 in a login that is proved; of several, the one whose session id it takes. */
export async function explainM2(
  bench: ServerBench,
  { expected }: OpenLogin,
  srpM2: string,
): Promise<Diagnosed | undefined> {
  // The right M1 was taken.
  const diagnosed = await expected.explain({ 'srp.M1': toHex(expected('srp.M1')), 'srp.M2': srpM2 });
  if (diagnosed?.alone !== true || diagnosed.mistakes.length < 2) return diagnosed;
  const bySession = new Map<string, Mistake[]>();
  for (const mistake of diagnosed.mistakes) {
    const sessionId = toHex(expected.mistaken('session.id', mistake) ?? new Uint8Array());
    bySession.set(sessionId, [...(bySession.get(sessionId) ?? []), mistake]);
  }
  for (const [sessionId, mistakes] of bySession)
    if (bySession.size > 1 && isSuccess(await bench.send('GET', '/auth/whoami', { sessionId })))
      return oneOf(diagnosed.explains, mistakes);
  return diagnosed;
}
