/** Why a server does not take K as session id (5.6): other values of the login, and other texts of K, are tried. */
import { isSuccess, type ServerBench } from '../../bench/bench.ts';
import type { OwnAccount } from '../../bench/own-account.ts';
import { begin } from './begin.ts';
import { sentence, suspectsOf } from './suspects.ts';

/** What K may be written as; the hint of each is the same. */
const TEXTS: Readonly<Record<string, (hex: string) => string>> = {
  'K in upper-case hex': (hex) => hex.toUpperCase(),
  'K in base64': (hex) => Buffer.from(hex, 'hex').toString('base64'),
  'K in base64url': (hex) => Buffer.from(hex, 'hex').toString('base64url'),
};

/** The mistake by which a server takes another session id; undefined where none is found. */
export async function explainSession(bench: ServerBench, account: OwnAccount): Promise<string | undefined> {
  if (!bench.oracle.explains) return undefined;
  const begun = await begin(bench, account);
  if (begun === undefined) return undefined;
  const { sessionStarterId, value } = begun;
  const srpM1 = value('srp.M1');
  const answer = await bench.send('POST', '/auth/login-m1', { body: { sessionStarterId, srpM1 } });
  if (!isSuccess(answer)) return undefined;
  const isTaken = async (sessionId: string | undefined): Promise<boolean> =>
    sessionId !== undefined && isSuccess(await bench.send('GET', '/auth/whoami', { sessionId }));

  const K = value('session.id') ?? '';
  const suspects = suspectsOf(bench.profile);
  for (const sessionId of new Set(suspects.map((suspect) => value('session.id', suspect)))) {
    if (sessionId === K || !(await isTaken(sessionId))) continue;
    const [found, ...others] = suspects.filter((one) => value('session.id', one) === sessionId);
    return found && sentence(bench.profile, ['session.id'], found, others);
  }
  for (const [text, write] of Object.entries(TEXTS))
    if (write(K) !== K && (await isTaken(write(K))))
      return `Your session.id is the value one gets with ${text} (§5.6). It is the 64 lower-case hex digits of K.`;
  return undefined;
}
