/** A login that must work, whatever was done to its account (7.3). */
import { Blocked, Failure } from '../../check.ts';
import type { LiveSession, ServerBench } from '../bench/bench.ts';
import type { OwnAccount } from '../bench/own-account.ts';
import { explainLogin } from './explain/login.ts';

/** A login that must work. @throws Failure where it does not; it says why, where no login works for a known reason */
export async function expectLogin(
  bench: ServerBench,
  account: OwnAccount,
  what: string,
): Promise<LiveSession> {
  try {
    return await bench.login(account);
  } catch (error) {
    if (!(error instanceof Blocked)) throw error;
    throw new Failure(`${what} does not work`, {
      sent: what,
      expected: 'M2 and a session',
      actual: error.message,
      diagnosis: await explainLogin(bench),
    });
  }
}
