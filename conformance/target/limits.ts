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
