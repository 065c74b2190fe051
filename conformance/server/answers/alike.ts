/** Whether answers to some show by their headers, by what they say, or by how it is written, that they are not answers to others (2.4, 7.3). */
import { randomInt } from 'node:crypto';
import type { Exchange } from '../../peer/exchange.ts';

/** What the connection, and not the answer, decides. */
const OF_CONNECTION = ['date', 'connection', 'keep-alive'];

/** A JSON text without its values: what is left are the members in their order, their types and the white space. */
const written = (body: string): string =>
  body
    .replace(/("(?:[^"\\]|\\.)*")(\s*:)?/g, (_, text: string, colon?: string) =>
      colon === undefined ? '""' : text + colon,
    )
    .replace(/-?\d+(?:\.\d+)?(?=\s*[,}\]])/g, '0');

/** Every value in a JSON text by the JSON pointer to it, with `*` for all places of a list, in which no order shows. */
function valuesIn(body: string): ReadonlyMap<string, string> {
  const found = new Map<string, string[]>();
  const walk = (value: unknown, at: string): void => {
    const isObject = typeof value === 'object' && value !== null;
    const held = isObject ? Object.entries(value) : [];
    for (const [name, one] of held) walk(one, `${at}/${Array.isArray(value) ? '*' : name}`);
    if (!isObject) found.set(at, [...(found.get(at) ?? []), JSON.stringify(value)]);
  };
  try {
    walk(JSON.parse(body), '');
  } catch {
    walk(body, '');
  }
  return new Map([...found].map(([at, values]) => [at, values.sort().join()]));
}

/** What shows of an answer. */
const traitsOf = ({ status, responseHeaders, responseBody }: Exchange): ReadonlyMap<string, string> =>
  new Map([
    ['the status', String(status)],
    ['how the body is written', written(responseBody)],
    ['the length of the body', String(responseBody.length)],
    ...[...valuesIn(responseBody)].map(([at, value]): [string, string] => [`the value at ${at}`, value]),
    ...Object.entries(responseHeaders)
      .filter(([name]) => !OF_CONNECTION.includes(name))
      .flatMap(([name, value]): [string, string][] => [
        [`whether there is a header ${name}`, 'yes'],
        [`the header ${name}`, value],
      ]),
  ]);

/**
 * What all of the ones have in common and none of the others has, or the other way round, as `the header x: "a", and
 * "b"`. What differs from one answer to the next tells nothing, and is not named.
 */
export function differences(ones: readonly Exchange[], others: readonly Exchange[]): readonly string[] {
  const [left, right] = [ones.map(traitsOf), others.map(traitsOf)];
  const names = new Set([...left, ...right].flatMap((traits) => [...traits.keys()]));
  return [...names].flatMap((name) => {
    const values = [left, right].map((side) => side.map((traits) => traits.get(name) ?? 'none'));
    const [a = [], b = []] = values.map((side) => [...new Set(side)]);
    const isTold = (a.length === 1 || b.length === 1) && !a.some((value) => b.includes(value));
    return isTold ? [`${name}: ${[a, b].map((side) => JSON.stringify(side[0])).join(', and ')}`] : [];
  });
}

/** Two answers that must be alike. */
export interface Pair {
  /** What was asked: `login-s` */
  readonly what: string;
  readonly one: Exchange;
  readonly other: Exchange;
}

/**
 * How often both are asked for before a difference counts: what differs by chance does not do so every time. Of two machines
 * that take turns one answers all of the ones, and the other all of the others, once in half a billion.
 */
export const TURNS = 30;

/**
 * The first difference between answers that must be alike which stays when they are asked for again.
 *
 * @param ask - asks for one of each, in an order that is drawn: servers that take turns would take the same ones otherwise
 * @returns what was asked and what differs; undefined where nothing does
 */
export async function lastingDifference(
  ask: (turn: number) => Promise<readonly Pair[]>,
): Promise<string | undefined> {
  const seen = new Map<string, { readonly ones: Exchange[]; readonly others: Exchange[] }>();
  const told = (): string | undefined =>
    [...seen].flatMap(([what, { ones, others }]) =>
      differences(ones, others).map((difference) => `${what}, ${difference}`),
    )[0];
  for (let turn = 0; turn < TURNS; turn++) {
    for (const { what, one, other } of await ask(turn)) {
      const { ones, others } = seen.get(what) ?? { ones: [], others: [] };
      seen.set(what, { ones: [...ones, one], others: [...others, other] });
    }
    if (told() === undefined) return undefined;
  }
  return told();
}

/** Does both, one after the other; which of them comes first is drawn. */
export async function inAnyOrder<One, Other>(
  one: () => Promise<One>,
  other: () => Promise<Other>,
): Promise<readonly [one: One, other: Other]> {
  if (randomInt(2) === 0) return [await one(), await other()];
  const second = await other();
  return [await one(), second];
}
