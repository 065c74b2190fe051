/**
 * One helper for all properties: some random cases by default, twenty times as many with `SLOW=1`. A failure prints
 * the smallest failing case and the setting that repeats it. A property that compares nothing fails.
 */
import { inspect, isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import root, { type Test } from 'tap';

const factor = process.env['SLOW'] === '1' ? 20 : 1;
if (factor > 1) root.setTimeout(0);

/** Of one property, in milliseconds, the search for the smallest failing case included. */
const LIMIT = 45_000 * factor;

/** Of a failure seen before: `REPLAY='{"name":…,"seed":…,"path":…}'`, as the failure printed it. */
const replay = JSON.parse(process.env['REPLAY'] ?? 'null') as Replay | null;
interface Replay {
  readonly name: string;
  readonly seed: number;
  readonly path: string;
}

/** A name, or a name with the number of cases that takes the place of 25, and of twenty times as many. */
export type Title = string | { readonly name: string; readonly runs: number; readonly slow?: number };

/** Arbitraries, then the check that their values must pass by not throwing. */
export type Arguments<Values extends [unknown, ...unknown[]]> = [
  ...arbitraries: { [I in keyof Values]: fc.Arbitrary<Values[I]> },
  check: (...values: Values) => void | Promise<void>,
];

/**
 * A subtest that holds for random values. It is registered before this returns, so it counts even where nobody awaits
 * it, and it always asserts.
 *
 * @example
 * await property(t, 'hex comes back', fc.uint8Array(), (bytes) => same(fromHex(toHex(bytes), 'bytes'), bytes, 'bytes'));
 */
export function property<Values extends [unknown, ...unknown[]]>(
  t: Test,
  title: Title,
  ...args: Arguments<Values>
): Promise<unknown> {
  const { name, runs, slow = runs * 20 } = typeof title === 'string' ? { name: title, runs: 25 } : title;
  const numRuns = factor === 1 ? runs : slow;
  const check = args.pop() as (...values: unknown[]) => void | Promise<void>;
  const arbitraries = args as unknown as fc.Arbitrary<unknown>[];
  return t.test(name, async (t) => {
    const again = replay?.name === name ? { seed: replay.seed, path: replay.path } : {};
    const judged = fc.asyncProperty(fc.tuple(...arbitraries), async (values) => {
      const before = comparisons;
      await check(...values);
      if (comparisons === before) throw new Error('the check compared nothing');
    });
    const limits = { interruptAfterTimeLimit: LIMIT, markInterruptAsFailure: true };
    const outcome = await fc.check(judged, { numRuns, ...limits, ...again });
    if (!outcome.failed) return void t.pass(`${outcome.numRuns} cases`);
    const { seed, counterexamplePath: path, counterexample, errorInstance, interrupted } = outcome;
    const otherwise = interrupted ? `not done after ${LIMIT} ms` : 'too many cases were passed over';
    t.fail(errorInstance instanceof Error ? errorInstance.message : otherwise, {
      repeat: `REPLAY='${JSON.stringify({ name, seed, path })}'`,
      smallest: fc.stringify(counterexample?.[0]),
      stack: errorInstance instanceof Error ? (errorInstance.stack ?? '') : '',
    });
  });
}

let comparisons = 0;

/** Throws unless the two are deeply equal; of records, names the members that differ. */
export function same(actual: unknown, expected: unknown, what: string): void {
  comparisons++;
  if (isDeepStrictEqual(actual, expected)) return;
  if (!isRecord(actual) || !isRecord(expected))
    throw new Error(`${what} is ${show(actual)}, expected ${show(expected)}`);
  const names = [...new Set([...Object.keys(expected), ...Object.keys(actual)])];
  const differing = names.filter((name) => !isDeepStrictEqual(actual[name], expected[name]));
  const lines = differing.map((name) => `${name} is ${show(actual[name])}, expected ${show(expected[name])}`);
  throw new Error(`${what}: ${lines.join('; ')}`);
}

/** Throws unless the call fails, with a message that fits where a pattern is given. */
export async function refused(call: () => unknown, what: string, pattern = /(?:)/): Promise<void> {
  const message = await messageOf(call);
  comparisons++;
  if (message === undefined) throw new Error(`${what} was accepted`);
  if (!pattern.test(message))
    throw new Error(`${what} was refused with "${message}", expected ${String(pattern)}`);
}

/** What the call throws, or undefined where it succeeds. */
async function messageOf(call: () => unknown): Promise<string | undefined> {
  try {
    await call();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !(value instanceof Uint8Array) && !Array.isArray(value);

const show = (value: unknown): string =>
  value instanceof Uint8Array
    ? Buffer.from(value).toString('hex')
    : inspect(value, { depth: 4, maxStringLength: null });
