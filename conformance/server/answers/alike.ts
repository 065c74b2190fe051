/** Whether answers to some show by their headers, or by how their body is written, that they are not answers to others (7.3). */
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

/** What shows of an answer besides what it says. */
const traitsOf = ({ status, responseHeaders, responseBody }: Exchange): ReadonlyMap<string, string> =>
  new Map([
    ['the status', String(status)],
    ['how the body is written', written(responseBody)],
    ['the length of the body', String(responseBody.length)],
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
