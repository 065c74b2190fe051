/** What an adapter must keep to, and what the suite waits for. */

/** How much and how long; `ADAPTER.md` has them as a table. */
export const LIMITS = {
  longestLine: { value: 16 * 1024 * 1024, unit: 'bytes', what: 'the longest line that an adapter may print' },
  deepest: {
    value: 100,
    unit: 'levels',
    what: 'how deep an answer may nest: what is deeper is in no report',
  },
  timeout: {
    value: 30_000,
    unit: 'milliseconds',
    what: 'what one call may take, where no `--timeout` is given',
  },
  farewell: {
    value: 500,
    unit: 'milliseconds',
    what: 'what a process may take to end when its standard input has ended, before it is killed',
  },
} as const;

/** How a run with `--polite` treats a server that others use; `SERVER.md` has it in words. */
export const POLITENESS = {
  /** The most calls a second, where `--calls-per-second` says nothing. */
  callsPerSecond: 10,
  /** How often one call is tried that the server asks to repeat later. */
  tries: 5,
  /** Seconds to wait where it does not say for how long, and at the least. */
  shortestWait: 1,
  /** Seconds; where it asks for more, its answer is taken as it is. */
  longestWait: 1800,
} as const;
