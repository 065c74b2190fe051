/** The clock of a server under test, which its process is told to set ahead: what takes days is judged in a moment. */
import { Blocked, TargetGone } from '../../check.ts';
import { jsonOf } from '../../peer/exchange.ts';
import type { ServerBench } from '../bench/bench.ts';
import { witness } from './witness.ts';

/**
 * Lets so much time pass by the clock of the server, which may be ended and started again for it.
 *
 * @throws TargetGone where it has ended by itself before, or does not come back
 */
export async function advanced({ target }: ServerBench, seconds: number): Promise<void> {
  if (target.advance === undefined) throw new Blocked('there is no way to set the clock of the server ahead');
  const gone = target.whyGone?.();
  if (gone !== undefined) throw new TargetGone(`the server ended by itself: ${gone}`);
  await target.advance(seconds);
}

/**
 * Asks for the time at which a new account was created, where the profile gives that a form: a clock that is not ahead lets
 * nothing expire, and says nothing of the server.
 *
 * @param seconds - by which it is ahead at least
 * @throws Blocked where the clock is seen not to be ahead
 */
export async function requireAhead(bench: ServerBench, seconds: number): Promise<void> {
  if (bench.profile !== 'documented') return;
  const who = await witness(bench);
  const { created } = jsonOf((await who.call('GET', '/auth/whoami')).responseBody);
  const time = typeof created === 'string' ? Date.parse(created) : NaN;
  if (time < Date.now() + 500 * seconds)
    throw new Blocked(
      `the clock of the server is not ahead: a new account was created at ${String(created)}; --clock says that COMMAND honours CLOCK_AHEAD`,
    );
}
