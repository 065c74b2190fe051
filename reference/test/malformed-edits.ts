/**
 * What can be wrong with a request, as edits of a right one: members of a wrong form, missing or too many, text that is
 * no JSON, bytes that are no text, headers, methods and paths that do not fit.
 */
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';

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

/** One thing that is wrong, named in words for a report. */
export interface Edit {
  readonly toString: () => string;
  readonly apply: (draft: Draft) => Draft;
}

type Path = readonly (string | number)[];
type Members = Readonly<Record<string | number, unknown>>;

/** Leads into the JSON that a string holds. */
const INSIDE = '(JSON)';

const isObject = (value: unknown): value is Members => typeof value === 'object' && value !== null;

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
function placesIn(value: unknown, path: Path = []): Path[] {
  const held = inside(value);
  if (held !== undefined) return [path, ...placesIn(held, [...path, INSIDE])];
  if (!isObject(value)) return [path];
  return [path, ...Object.keys(value).flatMap((name) => placesIn(value[name], [...path, name]))];
}

/** The value with another one at a place; without one where `change` gives undefined. */
function changed(value: unknown, [first, ...rest]: Path, change: (old: unknown) => unknown): unknown {
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
const RAW = 'raw\u0001';
const textOf = (value: unknown): string =>
  ((JSON.stringify(value) as string | undefined) ?? '').replaceAll(
    /"raw\\u0001((?:[^"\\]|\\.)*)"/g,
    (_, text: string) => JSON.parse(`"${text}"`) as string,
  );
export const bytesOf = ({ value, bytes }: Draft): Uint8Array | undefined =>
  bytes ?? (value === undefined ? undefined : Buffer.from(textOf(value)));

const deep = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const PROTOTYPE_NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf'];

/** JSON that no parser turns into what stands there, and text that is no JSON. */
const raw = fc.constantFrom(
  ...[
    '1e400',
    '-1e400',
    '-0',
    '1E-400',
    '9007199254740993',
    '9'.repeat(400),
    '1.0',
    '01',
    '0x10',
    '+1',
    'NaN',
  ],
  ...[
    'undefined',
    "'text'",
    '"\\x"',
    '"\\ud800"',
    '"\\udc00\\ud800"',
    '"\\u0000"',
    '"\t"',
    '/**/1',
    '',
    deep(2000),
  ],
  ...['{"__proto__":{"isVerified":true}}', '{"a":1,"a":2}', '{"constructor":{"prototype":{"x":1}}}', '[1,]'],
);

const wrong: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    0,
    -1,
    1.5,
    2 ** 53,
    1e308,
    '',
    ' ',
    [],
    {},
    [[]],
    [null],
    '\ud800',
  ),
  fc.constantFrom(
    ...PROTOTYPE_NAMES,
    '\0',
    '[object Object]',
    '{}',
    '[]',
    '{"iv":1}',
    '\ufeff',
    '../../etc/passwd',
  ),
  fc
    .constantFrom(64, 512, 5000)
    .chain((n) => fc.constantFrom('0', 'f', 'F', 'é', '\u{1f600}').map((c) => c.repeat(n))),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.jsonValue({ maxDepth: 3 }),
  raw.map((text) => RAW + text),
);

const name = fc.oneof(
  fc.constantFrom(
    ...PROTOTYPE_NAMES,
    '',
    'a/b',
    'a~b',
    '~',
    '/',
    '\n',
    'x'.repeat(3000),
    '\ud800',
    '_id',
    'dirty',
  ),
  fc.constantFrom(
    'email',
    'id',
    'verifier',
    'emails',
    'teamId',
    'keys',
    'code',
    'newSaltKey',
    'isVerified',
    'd',
  ),
  fc.string({ unit: 'binary', maxLength: 8 }),
);

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
const BOMB = gzipSync(Buffer.alloc(20_000_000, ' '));
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

const ofTransport: fc.Arbitrary<Edit> = fc.oneof(
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
    .tuple(fc.constantFrom('code', '__proto__', 'x', ''), fc.string({ unit: 'binary', maxLength: 5 }))
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
    compressed('20 MB in few bytes', () => BOMB),
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
