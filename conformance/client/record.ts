/** What happened in a run, on every bench of it: what the checks that come last look back on. */
import type { Exchange } from '../peer/exchange.ts';
import type { Signup } from './bench.ts';
import type { TimeSpent } from './time-spent.ts';

export interface RunRecord {
  /** Everything that crossed the wire. */
  readonly exchanges: Exchange[];
  /** Every account that the client created. */
  readonly signups: Signup[];
  /** Where the time went, of every bench that is closed. */
  readonly times: TimeSpent[];
}

export const createRecord = (): RunRecord => ({ exchanges: [], signups: [], times: [] });
