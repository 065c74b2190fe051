/** Both providers against the published vectors of the standards, and against each other in what these leave out. */
import t from 'tap';
import fc from 'fast-check';
import { modExp as evaluatorModExp } from '../../spec/crypto.ts';
import { fromHex, toHex, utf8 } from '../bytes.ts';
import { N } from '../constants.ts';
import { native } from '../primitives/native.ts';
import { portable } from '../primitives/portable.ts';
import { property, same } from './property.ts';

const hex = (text: string) => fromHex(text.replaceAll(/\s/g, ''), 'vector');
const repeated = (digits: string, times: number) => hex(digits.repeat(times));
const range = (from: number, to: number) => Uint8Array.from({ length: to - from + 1 }, (_, i) => from + i);

/** FIPS 180-4, by NIST's examples. */
const SHA256 = [
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  [
    'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
    '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  ],
] as const;

/** RFC 5869, appendix A.1 to A.3. */
const HKDF = [
  {
    ikm: repeated('0b', 22),
    salt: range(0x00, 0x0c),
    info: range(0xf0, 0xf9),
    okm: `3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865`,
  },
  {
    ikm: range(0x00, 0x4f),
    salt: range(0x60, 0xaf),
    info: range(0xb0, 0xff),
    okm: `b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09
      da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87`,
  },
  {
    ikm: repeated('0b', 22),
    salt: new Uint8Array(),
    info: new Uint8Array(),
    okm: `8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8`,
  },
];

/** RFC 7914, section 11. */
const PBKDF2 = [
  {
    password: 'passwd',
    salt: 'salt',
    iterations: 1,
    key: `55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc
      49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783`,
  },
  {
    password: 'Password',
    salt: 'NaCl',
    iterations: 80_000,
    key: `4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56
      a1d425a1225833549adb841b51c9b3176a272bdebba1d078478f62b397f33c8d`,
  },
];

for (const provider of [native, portable]) {
  await t.test(`${provider.name}: SHA-256`, (t) => {
    for (const [text, digest] of SHA256) t.equal(toHex(provider.sha256(utf8(text))), digest, `"${text}"`);
    t.end();
  });

  await t.test(`${provider.name}: HKDF of RFC 5869`, (t) => {
    for (const { okm, ...input } of HKDF) {
      const found = provider.hkdfSha256({ ...input, length: hex(okm).length });
      t.same(found, hex(okm), `${input.ikm.length} bytes of input keying material`);
    }
    t.end();
  });

  await t.test(`${provider.name}: PBKDF2 of RFC 7914`, async (t) => {
    for (const { password, salt, iterations, key } of PBKDF2) {
      const input = { password: utf8(password), salt: utf8(salt), iterations, length: 64 };
      t.same(await provider.pbkdf2Sha256(input), hex(key), `${iterations} iterations`);
    }
  });
}

for (const { name, modExp } of [native, portable, { name: 'evaluator', modExp: evaluatorModExp }]) {
  await t.test(`${name}: modular exponentiation at the edges`, (t) => {
    const q = (N - 1n) / 2n;
    /** N is 3 modulo 8, so 2 is no square and 2^q = -1; 4 = 2^2 is one. */
    const cases: [base: bigint, exponent: bigint, power: bigint, what: string][] = [
      [0n, 5n, 0n, '0^5'],
      [1n, 5n, 1n, '1^5'],
      [2n, 0n, 1n, '2^0'],
      [0n, 0n, 1n, '0^0'],
      [2n, 1n, 2n, '2^1'],
      [2n, 2047n, 2n ** 2047n, '2^2047, just below N'],
      [2n, 2048n, 2n ** 2048n % N, '2^2048, just above N'],
      [N - 1n, 2n, 1n, '(N-1)^2'],
      [N - 1n, 3n, N - 1n, '(N-1)^3'],
      [N, 5n, 0n, 'N^5'],
      [N, 0n, 1n, 'N^0'],
      [N + 1n, 5n, 1n, '(N+1)^5'],
      [N + 2n, 5n, 32n, '(N+2)^5'],
      [3n * N - 2n, 3n, N - 8n, '(3N-2)^3'],
      [2n, N - 2n, (N + 1n) / 2n, '2^(N-2), the inverse of 2'],
      [2n, N, 2n, '2^N'],
      [2n, N - 1n, 1n, '2^(N-1)'],
      [4n, q, 1n, '4^q, q = (N-1)/2'],
      [2n, q, N - 1n, '2^q, q = (N-1)/2'],
    ];
    for (const [base, exponent, power, what] of cases)
      t.equal(
        attempt(() => modExp(base, exponent, N)),
        power,
        what,
      );
    t.end();
  });
}

/** What a call answers, or the text of what it throws: one bad case does not hide the next. */
function attempt(call: () => bigint): bigint | string {
  try {
    return call();
  } catch (error) {
    return String(error);
  }
}

const some = fc.uint8Array({ maxLength: 300 });

await property(t, { name: 'SHA-256 and HKDF agree', runs: 100 }, some, some, some, (salt, ikm, info) => {
  const input = { salt, ikm, info, length: 1 + (info.length % 100) };
  same(portable.sha256(ikm), native.sha256(ikm), 'SHA-256');
  same(portable.hkdfSha256(input), native.hkdfSha256(input), 'HKDF');
});

const pbkdf2Input = fc.record({
  password: some,
  salt: some,
  iterations: fc.integer({ min: 1, max: 20 }),
  length: fc.integer({ min: 1, max: 80 }),
});

/** A key longer than a block of 64 bytes is hashed by HMAC. */
await property(t, { name: 'PBKDF2 agrees', runs: 100 }, pbkdf2Input, async (input) => {
  same(await portable.pbkdf2Sha256(input), await native.pbkdf2Sha256(input), 'PBKDF2');
});

const number = (bits: number) => fc.bigInt({ min: 0n, max: 2n ** BigInt(bits) });

await property(t, 'modular exponentiation agrees', number(2100), number(600), (base, exponent) => {
  same(portable.modExp(base, exponent, N), native.modExp(base, exponent, N), 'power');
});
