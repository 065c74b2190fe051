/** The same JSON value written in many ways, all of them right (RFC 8259): a receiver reads what it says, not how it is written. */
import fc from 'fast-check';

/** How a value is written. */
export interface Writing {
  /** Members are turned by this many places, and reversed where it is odd. */
  readonly turned: number;
  /** White space between tokens. */
  readonly space: string;
  /** Every such character of a text is an escape; none where 0. */
  readonly escaped: number;
  /** What follows the digits of a number. */
  readonly point: '' | '.0' | 'e0' | 'E+0';
  /** How many spaces follow it all. */
  readonly long: number;
}

/** As a client writes it that is in no hurry to save bytes: everything is unusual at once. */
export const UNUSUAL: Writing = { turned: 1, space: '\r\n\t ', escaped: 1, point: '.0', long: 100_000 };

export const writings: fc.Arbitrary<Writing> = fc.record({
  turned: fc.nat({ max: 20 }),
  space: fc.constantFrom('', ' ', '\n', '\t\r\n '),
  escaped: fc.constantFrom(0, 1, 2, 7),
  point: fc.constantFrom<Writing['point']>('', '.0', 'e0', 'E+0'),
  long: fc.constantFrom(0, 1, 5000),
});

/** JSON text. */
export function written(value: unknown, writing: Writing): string {
  const { space, long } = writing;
  return space + tokens(value, writing) + space + ' '.repeat(long);
}

/** The same in at most so many bytes: without escapes where they make it longer than a receiver has to take. */
export function writtenWithin(bytes: number, value: unknown, writing: Writing): string {
  const text = written(value, writing);
  return Buffer.byteLength(text) <= bytes ? text : written(value, { ...writing, escaped: 0 });
}

function tokens(value: unknown, writing: Writing): string {
  const { space, point } = writing;
  const list = (items: readonly string[], [open, close]: readonly [string, string]): string =>
    `${open}${space}${items.join(`${space},${space}`)}${space}${close}`;
  if (typeof value === 'string') return text(value, writing);
  if (typeof value === 'number') return String(value) + (Number.isInteger(value) ? point : '');
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value))
    return list(
      value.map((item) => tokens(item, writing)),
      ['[', ']'],
    );
  const members = turned(
    Object.entries(value).filter(([, held]) => held !== undefined),
    writing.turned,
  ).map(([name, held]) => `${text(name, writing)}${space}:${space}${tokens(held, writing)}`);
  return list(members, ['{', '}']);
}

function turned<T>(items: readonly T[], by: number): readonly T[] {
  const at = items.length === 0 ? 0 : by % items.length;
  const own = [...items.slice(at), ...items.slice(0, at)];
  return by % 2 === 1 ? own.reverse() : own;
}

/** UTF-16 code units as escapes, as JSON has them. */
function text(value: string, { escaped }: Writing): string {
  if (escaped === 0) return JSON.stringify(value);
  const units = value.split('').map((unit, i) => {
    if (unit === '/') return '\\/';
    return i % escaped === 0 || SURROGATE.test(unit) ? escape(unit) : JSON.stringify(unit).slice(1, -1);
  });
  return `"${units.join('')}"`;
}

const SURROGATE = /[\ud800-\udfff]/;
const escape = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
