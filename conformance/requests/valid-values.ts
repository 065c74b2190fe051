/** Values of every form of 2.6, the extremes of each among them: what a server has to take. */
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import protocol from '../../spec/protocol.json' with { type: 'json' };
import { character } from './character.ts';

/** Text of code points, not of UTF-16 units: no lone surrogate is in it. */
const textOf = (minLength: number, maxLength: number): fc.Arbitrary<string> =>
  fc.oneof(
    fc.string({ unit: character, minLength, maxLength: Math.min(maxLength, 30) }),
    fc.constantFrom('x', 'é', '\u{1f331}', '"', '\\', '/').map((one) => one.repeat(maxLength)),
    fc.constantFrom(
      'null',
      ' a ',
      '\t',
      "'; --",
      '<b>',
      '%00',
      'A\u030a',
      '{}',
      '[]',
      '\u2028\ufeff',
      '__proto__',
    ),
  );

/** The name of a person: 0 to 200 characters. */
export const personName = fc.oneof(textOf(0, 200), fc.constant(''));
/** The id of a resource, and the name of a team: 1 to 200 characters. */
export const shortText = textOf(1, 200);
/** The name of a group or resource: any length. */
export const anyText = fc.oneof(textOf(0, 5000), fc.constant(''));
/** The type of a resource: not empty. */
export const someText = textOf(1, 1000);

/** Milliseconds since 1970. */
export const moment = fc.oneof(
  fc.constantFrom(0, 1, 2 ** 31, 2 ** 32, Number.MAX_SAFE_INTEGER),
  fc.nat({ max: Number.MAX_SAFE_INTEGER }),
);

/** Bytes as hex: a hash of nothing would do, but for bytes that begin with zeros. */
export const hexOf = (length: number): fc.Arbitrary<string> =>
  fc.oneof(
    fc
      .uint8Array({ minLength: length, maxLength: length })
      .map((bytes) => Buffer.from(bytes).toString('hex')),
    fc.constantFrom('00', 'ff', '0f').map((byte) => byte.repeat(length)),
  );

/** Fresh hex, for what must be new. */
export const freshHex = (length: number): string => randomBytes(length).toString('hex');

const N = BigInt(`0x${protocol.constants.N.value}`);

/** A value from 2 to N − 2: a verifier, or A. */
export const anyGroupElement = fc
  .oneof(fc.bigInt(2n, N - 2n), fc.constantFrom(3n, N - 3n, 2n ** 2047n))
  .map((value) => value.toString(16).padStart(512, '0'));

/** A link: 256 bytes. */
export const link = hexOf(256);

/** An AES message in a string, its members in any order and with white space. */
export const message = fc
  .tuple(hexOf(12), hexOf(16), fc.constantFrom(0, 1, 32, 50_000), fc.boolean())
  .map(([iv, t, bytes, isTurned]) => {
    const d = 'a7'.repeat(bytes);
    return isTurned ? JSON.stringify({ d, ad: '', t, iv }, null, 1) : JSON.stringify({ iv, t, d, ad: '' });
  });

/** A body that says nothing: none, or the empty object, with white space. */
export const nothing = fc.constantFrom(undefined, '{}', ' { } ', '\r\n{\t}\n', `{${' '.repeat(50_000)}}`);

/** A query that no call knows. */
export const strangeQuery = fc.constantFrom(
  '?',
  '?x=1',
  '?id=a&id=b',
  '?x=%F0%9F%8C%B1&__proto__=1',
  `?x=${'y'.repeat(500)}`,
);
