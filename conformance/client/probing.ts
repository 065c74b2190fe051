/** Logins by which a client shows which mistake it makes: one for each suspect, to accounts that nothing else needs. */
import { Blocked } from '../check.ts';
import type { Mistake } from '../../spec/mutate.ts';
import type { ClientBench, Signup } from './bench.ts';

/** A server puts up with so many failed logins to an account (9.8); the client itself may do so too. */
const TRIES = 6;

/**
 * @param attempt - lets the client log in, and says what that shows; undefined where it shows nothing
 * @returns what the first suspect shows that shows anything; undefined where none does, or where no account can be had
 */
export async function probe<Shown>(
  bench: ClientBench,
  suspects: readonly Mistake[],
  attempt: (account: Signup, suspect: Mistake) => Promise<Shown | undefined>,
): Promise<Shown | undefined> {
  try {
    let account: Signup | undefined;
    for (const [i, suspect] of suspects.entries()) {
      if (account === undefined || i % TRIES === 0) account = await bench.someone(bench.fresh('probe'));
      const shown = await attempt(account, suspect);
      if (shown !== undefined) return shown;
    }
  } catch (error) {
    if (!(error instanceof Blocked)) throw error; // without accounts there is nothing to try
  }
  return undefined;
}
