/**
 * What can be wrong with a request, as edits of a right one: members of a wrong form, missing or too many, text that is
 * no JSON, bytes that are no text, headers, methods and paths that do not fit.
 */
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { character } from './character.ts';
import { bytesOf, changed, isObject, placesIn, RAW, type Draft } from './draft.ts';
import { deep, name, raw, wrong } from './values.ts';

/** One thing that is wrong, named in words for a report. */
export interface Edit {
  /** Whether a server that others use is spared it. */
  readonly floods?: boolean;
  readonly toString: () => string;
  readonly apply: (draft: Draft) => Draft;
}
const edit = (what: string, apply: Edit['apply']): Edit => ({ toString: () => what, apply });

/** An edit of what the body says, at one of its places. */
const ofValue = (what: string, at: number, change: (old: unknown) => unknown): Edit =>
  edit(what, (draft) => {
    const places = placesIn(draft.value);
    return { ...draft, value: changed(draft.value, places[at % places.length] ?? [], change) };
  });

const extended = (old: unknown, name: string, value: unknown): unknown => {
  if (Array.isArray(old)) return [...(old as unknown[]), value];
  if (!isObject(old)) return value;
  const copy = { ...old };
  return Object.defineProperty(copy, name, { value, enumerable: true, configurable: true, writable: true });
};

/** An edit of the bytes of the body. */
const ofBytes = (what: string, change: (bytes: Buffer) => Uint8Array | undefined): Edit =>
  edit(what, (draft) => ({ ...draft, value: undefined, bytes: change(Buffer.from(bytesOf(draft) ?? [])) }));

const header = (name: string, value: string): Edit =>
  edit(`${name}: ${value}`, (draft) => ({ ...draft, headers: { ...draft.headers, [name]: value } }));

const GZIP = { 'content-encoding': 'gzip' };
/** Made when it is first sent: it takes a tenth of a second, which a run that sends none would spend in vain. */
let bomb: Uint8Array | undefined;
const theBomb = (): Uint8Array => (bomb ??= gzipSync(Buffer.alloc(20_000_000, ' ')));
const compressed = (what: string, change: (bytes: Buffer) => Uint8Array): Edit =>
  edit(what, (draft) => ({
    ...ofBytes(what, change).apply(draft),
    headers: { ...draft.headers, ...GZIP },
  }));

const at = fc.nat({ max: 200 });
const show = (value: unknown): string => fc.stringify(value).slice(0, 200);

/** One thing that is wrong with the body, as often as all the others together. */
const ofBody: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(at, wrong).map(([at, value]) => ofValue(`place ${at} is ${show(value)}`, at, () => value)),
  at.map((at) => ofValue(`place ${at} is missing`, at, () => undefined)),
  fc
    .tuple(at, name, wrong)
    .map(([at, name, value]) =>
      ofValue(`${show(name)}: ${show(value)} more at place ${at}`, at, (old) => extended(old, name, value)),
    ),
  fc
    .tuple(at, name)
    .map(([at, name]) =>
      ofValue(`place ${at} in a list, or under ${show(name)}`, at, (old) =>
        name === '' ? [old] : { [name]: old },
      ),
    ),
);

const ofText: fc.Arbitrary<Edit> = fc.oneof(
  fc
    .nat({ max: 3000 })
    .map((n) => ofBytes(`cut after ${n} bytes`, (bytes) => bytes.subarray(0, n % (bytes.length + 1)))),
  fc.tuple(fc.nat({ max: 3000 }), fc.uint8Array({ minLength: 1, maxLength: 4 })).map(([n, some]) =>
    ofBytes(`bytes ${show(some)} at ${n}`, (bytes) => {
      const place = n % (bytes.length + 1);
      return Buffer.concat([bytes.subarray(0, place), some, bytes.subarray(place)]);
    }),
  ),
  fc.tuple(name, wrong).map(([name, value]) =>
    ofBytes(`${show(name)} twice`, (bytes) => {
      const member = `${JSON.stringify(name)}:${JSON.stringify(value)}`;
      return Buffer.from(bytes.toString().replace('{', () => `{${member},${member},`));
    }),
  ),
  raw.map((text) => ofBytes(`the body ${show(text)}`, () => Buffer.from(text))),
  fc
    .constantFrom(9000, 30_000, 70_000)
    .map((length) => ofBytes(`${length} bytes`, (bytes) => Buffer.from(bytes.toString().padEnd(length)))),
  fc.constantFrom(
    ofBytes('UTF-16', (bytes) => Buffer.from(bytes.toString(), 'utf16le')),
    ofBytes('a byte order mark', (bytes) => Buffer.concat([Buffer.from('\ufeff'), bytes])),
    ofBytes('no body', () => undefined),
    ofBytes('deep nesting', () => Buffer.from(deep(3500))),
  ),
);

/** One thing that is wrong around the body. */
export const ofTransport: fc.Arbitrary<Edit> = fc.oneof(
  fc
    .constantFrom(
      '',
      'text/plain',
      'application/json;charset=utf-16',
      'application/jsonp',
      'application/json, a/b',
    )
    .map((type) => header('content-type', type)),
  fc
    .constantFrom(
      'multipart/form-data; boundary=x',
      'application/x-www-form-urlencoded',
      '*/*',
      ';',
      'x'.repeat(3000),
    )
    .map((type) => header('content-type', type)),
  fc
    .constantFrom('gzip', 'br', 'deflate', 'gzip, gzip', 'identity', 'x', '')
    .map((how) => header('content-encoding', how)),
  fc
    .constantFrom('', '0'.repeat(64), 'F'.repeat(64), '__proto__', 'x'.repeat(3000), '\u00ff', '0'.repeat(63))
    .map((id) => header('x-session-id', id)),
  fc
    .constantFrom(
      'PATCH',
      'PUT',
      'DELETE',
      'OPTIONS',
      'POST',
      'GET',
      'HEAD',
      'PROPFIND',
      '__proto__',
      'constructor',
    )
    .map((method) => edit(`method ${method}`, (draft) => ({ ...draft, method }))),
  fc
    .constantFrom(
      '/',
      '//',
      '/%',
      '/%00',
      '/%ff',
      '/../x',
      '/..%2f',
      '/__proto__',
      '/x'.repeat(500),
      '%20',
      ';a',
      '\\',
    )
    .map((more) => edit(`path with ${show(more)}`, (draft) => ({ ...draft, target: draft.target + more }))),
  fc
    .tuple(fc.constantFrom('code', '__proto__', 'x', ''), fc.string({ unit: character, maxLength: 5 }))
    .map(([name, value]) =>
      edit(`query ${show(value)}`, (draft) => {
        const query = `${encodeURIComponent(name)}=${encodeURIComponent(value.toWellFormed())}`;
        return { ...draft, target: `${draft.target}?${query}&${query}` };
      }),
    ),
  fc.constantFrom(
    compressed('compressed', (bytes) => gzipSync(bytes)),
    compressed('compressed and cut', (bytes) => gzipSync(bytes).subarray(0, -7)),
    compressed('compressed, and something after it', (bytes) =>
      Buffer.concat([gzipSync(bytes), Buffer.from('x')]),
    ),
    compressed('compressed twice', (bytes) => gzipSync(gzipSync(bytes))),
    { ...compressed('20 MB in few bytes', theBomb), floods: true },
  ),
);

/** One to three things that are wrong. */
export const edits: fc.Arbitrary<readonly Edit[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: ofBody },
    { weight: 2, arbitrary: ofText },
    { weight: 2, arbitrary: ofTransport },
  ),
  { minLength: 1, maxLength: 3 },
);

const first = 1;
const wrongFirst = (what: string, value: unknown): Edit => ofValue(`${what} at place 1`, first, () => value);
const more = (name: string, value: unknown): Edit =>
  ofValue(`${name} more`, 0, (old) => extended(old, name, value));

/** What every body is tried with: the classes of wrong bodies, one of each. */
export const commonOfBody: readonly (readonly Edit[])[] = [
  ...[null, [], {}, 7, '', true].map((value) =>
    ofValue(`${JSON.stringify(value)} as the body`, 0, () => value),
  ),
  ...['{', 'NaN', '"\\ud800"', '{"email":"a","email":"b"}', deep(5000)].map((text) =>
    ofBytes(`the text ${show(text)}`, () => Buffer.from(text)),
  ),
  ofBytes('bytes that are no UTF-8', () => Buffer.from([0x22, 0xc3, 0x28, 0x22])),
  ofBytes('a byte that is no UTF-8 in the first text', (bytes) => {
    const place = bytes.indexOf(':"') + 2;
    return Buffer.concat([bytes.subarray(0, place), Buffer.from([0xff]), bytes.subarray(place)]);
  }),
  ofBytes('a byte order mark', (bytes) => Buffer.concat([Buffer.from('\ufeff'), bytes])),
  ...['unknown', '__proto__', 'constructor'].map((name) => more(name, { isVerified: true })),
  ofValue('nothing at place 1', first, () => undefined),
  wrongFirst('null', null),
  wrongFirst('a number', 7),
  ...['1e400', '9'.repeat(5000)].map((text) => wrongFirst(`the number ${show(text)}`, RAW + text)),
  wrongFirst('NUL', '\0'),
  wrongFirst('a lone surrogate', '\ud800'),
  wrongFirst('a long text', 'f'.repeat(5000)),
  wrongFirst('deep nesting', JSON.parse(deep(500))),
].map((edit) => [edit]);

/** What stands for nothing in JSON. */
const EMPTY = [null, '', [], {}];

/** Something of another type than what stands there. */
const ofAnotherType = (old: unknown): unknown => (typeof old === 'number' ? String(old) : 7);

/** Nothing, what is empty and a value of another type in place of everything that a body says, one at a time. */
export const everywhere = (value: unknown): readonly (readonly Edit[])[] =>
  placesIn(value).flatMap((path, at) => {
    const where = path.length === 0 ? 'as the body' : `at ${path.join('/')}`;
    return [
      [ofValue(`nothing ${where}`, at, () => undefined)],
      ...EMPTY.map((empty) => [ofValue(`${JSON.stringify(empty)} ${where}`, at, () => empty)]),
      [ofValue(`another type ${where}`, at, ofAnotherType)],
    ];
  });

/** Every member of a body, or of the first item of a list, there twice: with one value, and with another after it. */
export function membersTwice(value: unknown): readonly (readonly Edit[])[] {
  const isList = Array.isArray(value);
  const first: unknown = isList ? value[0] : value;
  if (!isObject(first)) return [];
  const twice = (name: string, second: (old: unknown) => unknown) => (held: unknown) => {
    const again = `${JSON.stringify(name)}:${JSON.stringify(second(isObject(held) ? held[name] : held))}`;
    return `${RAW}${JSON.stringify(held).slice(0, -1)},${again}}`;
  };
  const place = isList ? 1 : 0;
  return Object.keys(first).flatMap((name) => [
    [
      ofValue(
        `${name} twice`,
        place,
        twice(name, (old) => old),
      ),
    ],
    [ofValue(`${name} twice, with another value then`, place, twice(name, ofAnotherType))],
  ]);
}

/** Numbers that parsers make others of, or that are none of what is counted. */
const NUMBERS = ['1e400', '-1e400', '1e-400', '9'.repeat(300), '9007199254740993', '-0', '-1', '1.5'];

/** Each of them in place of every number that a body says. */
export const oddNumbers = (value: unknown): readonly (readonly Edit[])[] =>
  placesIn(value).flatMap((path, at) => {
    const old = path.reduce<unknown>((held, step) => (isObject(held) ? held[step] : undefined), value);
    const where = `at ${path.join('/')}`;
    return typeof old === 'number'
      ? NUMBERS.map((text) => [ofValue(`${text} ${where}`, at, () => RAW + text)])
      : [];
  });

/** What every call is tried with, one that has no body too. */
export const commonOfTransport: readonly (readonly Edit[])[] = [
  header('x-session-id', '__proto__'),
  header('x-session-id', 'x'.repeat(3000)),
  ...['/%00', '/%ff', '/__proto__', '/..%2f..%2fx'].map((text) =>
    edit(`path with ${text}`, (draft) => ({ ...draft, target: draft.target + text })),
  ),
  ...['code=%00', 'code=%ff', 'code=__proto__', 'code[]=1&code[]=2'].map((query) =>
    edit(`query ${query}`, (draft) => ({ ...draft, target: `${draft.target}?${query}` })),
  ),
  edit('method PATCH', (draft) => ({ ...draft, method: 'PATCH' })),
].map((edit) => [edit]);
