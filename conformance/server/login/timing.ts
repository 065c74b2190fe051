/**
 * Whether a server takes longer over a login to an address without an account (ENUM-06): an indication with its
 * statistics, and never a verdict, since a network hides such times, and what else a machine does looks like them.
 */
import { randomBytes } from 'node:crypto';
import { toHex } from '../../../reference/index.ts';
import { Blocked } from '../../check.ts';
import type { Indication } from '../../indication.ts';
import { jsonOf, textOf, type Exchange } from '../../peer/exchange.ts';
import { compare, type Comparison } from '../../statistics.ts';
import { isSuccess, type ServerBench } from '../bench/bench.ts';
import { victim } from './victims.ts';

/** How many pairs are measured, and how many before, so that everything is warm. */
const PAIRS = 60;
const WARM_UP = 5;
/** A wrong proof is a failed attempt, of which an account has only so many (9.8). */
const PROOF_PAIRS = 40;

/** One measured exchange: what comes before it is not measured. */
type Measured = (email: string) => Promise<number>;

interface Timing {
  readonly call: string;
  readonly pairs: number;
  /** The address of an account. */
  readonly known: (bench: ServerBench) => Promise<string>;
  readonly measure: (bench: ServerBench) => Measured;
}

class NotMeasured extends Error {}

const emailOf = async (account: ReturnType<ServerBench['jane']>): Promise<string> =>
  (await account).body.email;

/** The time that a call takes. @throws NotMeasured where the server limits attempts */
async function timeOf(send: () => Promise<Exchange>): Promise<number> {
  const start = performance.now();
  const { status } = await send();
  const time = performance.now() - start;
  if (status === 429) throw new NotMeasured();
  return time;
}

const TIMINGS: readonly Timing[] = [
  {
    call: 'login-s',
    pairs: PAIRS,
    known: (bench) => emailOf(bench.jane()),
    measure: (bench) => (email) => timeOf(() => bench.send('POST', '/auth/login-s', { body: { email } })),
  },
  {
    call: 'login-a',
    pairs: PAIRS,
    known: (bench) => emailOf(bench.jane()),
    measure(bench) {
      const srpA = newA(bench);
      return (email) => timeOf(() => bench.send('POST', '/auth/login-a', { body: { email, srpA } }));
    },
  },
  {
    call: 'login-m1',
    pairs: PROOF_PAIRS,
    known: (bench) => emailOf(victim(bench)),
    measure(bench) {
      const srpA = newA(bench);
      return async (email) => {
        const begun = await bench.send('POST', '/auth/login-a', { body: { email, srpA } });
        if (!isSuccess(begun)) throw new NotMeasured();
        const sessionStarterId = textOf(jsonOf(begun.responseBody), 'sessionStarterId');
        const body = { sessionStarterId, srpM1: randomBytes(32).toString('hex') };
        return await timeOf(() => bench.send('POST', '/auth/login-m1', { body }));
      };
    },
  },
];

const newA = ({ oracle }: ServerBench): string =>
  toHex(oracle.values({ a: Uint8Array.from(randomBytes(32)) })('srp.A'));

const idOf = ({ call }: Timing): string => `server.timing.${call}`;

/** The ids of all that is measured. */
export const timingIds: readonly string[] = TIMINGS.map(idOf);

/** Measures those whose ids are wanted; what a server does not let be measured is left out. @throws TargetGone where it gives no answer */
export async function* measureTimes(
  bench: ServerBench,
  wanted: RegExp,
): AsyncGenerator<Indication, void, void> {
  for (const timing of TIMINGS) {
    const id = idOf(timing);
    if (!wanted.test(id)) continue;
    try {
      yield indicationOf(id, bench, timing, compare(await measuredPairs(bench, timing)));
    } catch (error) {
      if (!NO_MEASUREMENT.some((kind) => error instanceof kind)) throw error;
    }
  }
}

/** What ends a measurement, and leaves the run as it is. */
const NO_MEASUREMENT = [NotMeasured, Blocked];

/** One of each by turns, and each of them first as often as second. */
async function measuredPairs(bench: ServerBench, timing: Timing): Promise<(readonly [number, number])[]> {
  const measure = timing.measure(bench);
  const [local = '', domain = ''] = (await bench.prepare()).body.email.split('@');
  const pairs: (readonly [number, number])[] = [];
  for (let i = 0; i < timing.pairs + WARM_UP; i++) {
    const [known, unknown] = [await timing.known(bench), `${local}.${i}@${domain}`];
    const isKnownFirst = i % 2 === 0;
    const first = await measure(isKnownFirst ? known : unknown);
    const second = await measure(isKnownFirst ? unknown : known);
    if (i >= WARM_UP) pairs.push(isKnownFirst ? [first, second] : [second, first]);
  }
  return pairs;
}

function indicationOf(
  id: string,
  { profile }: ServerBench,
  { call }: Timing,
  { pairs, first: known, second: unknown, difference, interval, p }: Comparison,
): Indication {
  const statistics = { pairs, known, unknown, difference, interval, p };
  return { id, profile, requirement: 'ENUM-06', text: textFor(call, statistics), statistics };
}

const rounded = (milliseconds: number): string => milliseconds.toFixed(2);

function textFor(
  call: string,
  { pairs, difference, interval: [from, to] }: Indication['statistics'],
): string {
  const within = `95 % interval ${rounded(from)} to ${rounded(to)} ms, ${pairs} pairs`;
  if (from <= 0 && to >= 0)
    return `${call} shows no clear difference in time between addresses with and without an account (${within})`;
  const how = `${rounded(Math.abs(difference))} ms ${difference > 0 ? 'later' : 'earlier'}`;
  return `${call} answers ${how} for addresses without an account (${within})`;
}
