/** Values, texts and names that servers trip over where they stand in place of right ones. */
import fc from 'fast-check';
import { character } from './character.ts';
import { RAW } from './draft.ts';

/** Lists in lists, this many deep. */
export const deep = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const PROTOTYPE_NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf'];

/** JSON that no parser turns into what stands there, and text that is no JSON. */
export const raw = fc.constantFrom(
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

/** A value of another form than whatever stands there. */
export const wrong: fc.Arbitrary<unknown> = fc.oneof(
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
  fc.string({ unit: character, maxLength: 20 }),
  fc.jsonValue({ maxDepth: 3 }),
  raw.map((text) => RAW + text),
);

/** The name of a member that may not be there. */
export const name = fc.oneof(
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
  fc.string({ unit: character, maxLength: 8 }),
);
