/** Right requests in all their variety (2.6, 9.2): each must be taken, and do what it says. */
import fc from 'fast-check';
import { findFault } from '../../reference/index.ts';
import { httpCalls } from '../../spec/calls.ts';
import { Blocked, expectThat, type Check } from '../check.ts';
import { jsonOf, type Exchange } from '../peer/exchange.ts';
import { forAll } from '../property.ts';
import { UNUSUAL, writings, writtenWithin, type Writing } from '../requests/writing.ts';
import { isSuccess, requestLine, statusAndBody, type Device, type ServerBench } from './bench.ts';
import { NEEDED_FOR_CALLS } from './capabilities.ts';
import { shared } from './shared.ts';

/** What right requests of a call are made of, and how one is sent and judged. */
export interface ValidCall<T> {
  /** The name of the call in `spec/calls.json`. */
  readonly id: string;
  readonly requirements: readonly string[];
  readonly needs?: readonly string[];
  readonly profile?: 'documented' | 'deployed';
  /** How many random cases there are at most, where one is dear. */
  readonly most?: number;
  readonly values: (bench: ServerBench) => fc.Arbitrary<T>;
  /** Cases that every run tries first. */
  readonly always?: readonly T[];
  /** Sends it as it is written, and judges the answer and what came of it. */
  readonly judge: (bench: ServerBench, value: T, write: Write) => Promise<void>;
}

/** Writes the body of a request. */
export type Write = (value: unknown) => string;

/** A check of right requests for a call. */
export function validCheck<T>({ id, needs = [], ...rest }: ValidCall<T>): Check<ServerBench> {
  const call = httpCalls.find((one) => one.id === id);
  if (call === undefined) throw new Error(`${id} is no call`);
  const { maxRequestBytes = Infinity } = call;
  const { requirements, profile, most = Infinity, values, always = [], judge } = rest;
  return {
    id: `server.valid.${id}`,
    title: `Whatever is right with ${call.method} ${call.path} is taken, however it is written, and does what it says.`,
    requirements,
    needs: [NEEDED_FOR_CALLS[id] ?? [], needs].flat(),
    ...(profile !== undefined && { profile }),
    async run(bench) {
      const cases = fc.tuple(values(bench), writings);
      const [first] = fc.sample(values(bench), { seed: bench.seed, numRuns: 1 });
      const examples = [...always, first as T].map((value): [T, Writing] => [value, UNUSUAL]);
      const options = { ...bench, runs: Math.min(bench.runs, most) };
      await forAll(
        options,
        cases,
        ([value, writing]) => judge(bench, value, (body) => writtenWithin(maxRequestBytes, body, writing)),
        examples,
      );
    },
  };
}

/** Somebody who makes the calls, and somebody with whom they share. */
export const validPeople = shared(async (bench) => ({
  owner: await bench.device(await bench.someone('valid.owner')),
  other: await bench.device(await bench.someone('valid.other')),
}));

/** A call with a body as it is written; undefined for none. */
export const sendText = (
  bench: ServerBench,
  [method, path]: readonly [method: string, path: string],
  text: string | undefined,
  device?: Device,
): Promise<Exchange> => bench.send(method, path, { text, sessionId: device?.sessionId });

/**
 * Fails unless a right request was taken, with a body that its schema describes.
 *
 * @returns the body
 * @throws Blocked where the server limits attempts (9.8)
 */
export function expectTaken(
  what: string,
  answer: Exchange,
  schema = 'empty',
): Readonly<Record<string, unknown>> {
  if (answer.status === 429) throw new Blocked(`the server answered ${what} with 429: run again later`);
  const finding = { sent: requestLine(answer), actual: statusAndBody(answer) };
  expectThat(isSuccess(answer), `${what} was refused, and is right`, {
    ...finding,
    expected: 'a 2xx status',
  });
  const body = jsonOf(answer.responseBody);
  const fault = findFault(schema, body);
  expectThat(fault === undefined, `the answer to ${what} is not of its form`, {
    ...{ ...finding, expected: `${schema}; ${fault?.pointer ?? ''} ${fault?.reason ?? ''}` },
  });
  return body;
}

/** Fails unless the two say the same, the order of lists aside. */
export function expectSet(what: string, expected: readonly unknown[], actual: readonly unknown[]): void {
  const [due, found] = [expected, actual].map((list) =>
    list
      .map((one) => JSON.stringify(one))
      .sort()
      .join(),
  );
  expectThat(due === found, `${what} are others than they must be`, {
    expected: due ?? '',
    actual: found ?? '',
  });
}
