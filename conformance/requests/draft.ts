/** A request that can be wrong in any way (9.2), and the places in what its body says. */

/** A request that can be edited. */
export interface Draft {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  /** What the body says, until the first edit of its bytes. */
  readonly value: unknown;
  readonly bytes: Uint8Array | undefined;
}

type Path = readonly (string | number)[];
type Members = Readonly<Record<string | number, unknown>>;

/** Leads into the JSON that a string holds. */
const INSIDE = '(JSON)';

export const isObject = (value: unknown): value is Members => typeof value === 'object' && value !== null;

/** The JSON object or list that a string holds, such as a key or an AES message. */
function inside(value: unknown): Members | undefined {
  if (typeof value !== 'string' || !/^[{[]/.test(value)) return undefined;
  try {
    const held = JSON.parse(value) as unknown;
    return isObject(held) ? held : undefined;
  } catch {
    return undefined;
  }
}

/** Every place in a value, the value itself first. */
export function placesIn(value: unknown, path: Path = []): Path[] {
  const held = inside(value);
  if (held !== undefined) return [path, ...placesIn(held, [...path, INSIDE])];
  if (!isObject(value)) return [path];
  return [path, ...Object.keys(value).flatMap((name) => placesIn(value[name], [...path, name]))];
}

/** The value with another one at a place; without one where `change` gives undefined. */
export function changed(value: unknown, [first, ...rest]: Path, change: (old: unknown) => unknown): unknown {
  if (first === undefined) return change(value);
  if (first === INSIDE) return JSON.stringify(changed(inside(value), rest, change));
  const members = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as Members) }) as Record<
    string | number,
    unknown
  >;
  const now = changed(members[first], rest, change);
  if (now === undefined) Reflect.deleteProperty(members, first);
  else
    Object.defineProperty(members, first, {
      value: now,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  return members;
}

/** Stands for text that goes into the JSON as it is. */
export const RAW = 'raw\u0001';
const textOf = (value: unknown): string =>
  ((JSON.stringify(value) as string | undefined) ?? '').replaceAll(
    /"raw\\u0001((?:[^"\\]|\\.)*)"/g,
    (_, text: string) => JSON.parse(`"${text}"`) as string,
  );
export const bytesOf = ({ value, bytes }: Draft): Uint8Array | undefined =>
  bytes ?? (value === undefined ? undefined : Buffer.from(textOf(value)));
