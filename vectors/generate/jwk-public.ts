/** Public keys as JWK, and what must be refused as one (6.6). */
import { bob, jane } from './accounts.ts';
import type { BadKey } from './jwk.ts';
import { keyPair } from './keys.ts';
import { seededHex } from './random.ts';
import { fromBase64url, toBase64url, type Jwk } from './rsa.ts';

const key = jane.publicKey;
const n = fromBase64url(String(key['n']));
const { ext: _, ...withoutExt } = key;
const without = (name: string): Jwk =>
  Object.fromEntries(Object.entries(key).filter(([member]) => member !== name));

/** An odd number of so many bits. */
const odd = (bits: number): string => {
  const random = BigInt(`0x${seededHex(`jwk/${bits}`, Math.ceil(bits / 8))}`) % (1n << BigInt(bits - 1));
  return toBase64url((1n << BigInt(bits - 1)) | random | 1n);
};

const bytesOfN = Buffer.from(String(key['n']), 'base64url');

export const GOOD_PUBLIC: readonly (readonly [id: string, comment: string, key: Jwk])[] = [
  ['right', 'as it must be', key],
  ['bob', 'another key', bob.publicKey],
  ['without-ext', 'without ext, as older clients wrote it', withoutExt],
  [
    'order',
    'the members in the order of older clients',
    { kty: key['kty'], alg: key['alg'], n: key['n'], e: key['e'], key_ops: key['key_ops'], ext: true },
  ],
  ['reversed', 'the members in reverse order', Object.fromEntries(Object.entries(key).reverse())],
  ['smallest', 'the smallest odd modulus of 2048 bits', { ...key, n: toBase64url((1n << 2047n) + 1n) }],
  ['largest', 'the largest modulus of 2048 bits', { ...key, n: toBase64url((1n << 2048n) - 1n) }],
];

const wrong = (member: string, id: string, comment: string, value: unknown): BadKey => [
  `${member}.${id}`,
  comment,
  'algorithm',
  'schema',
  'JWK-04',
  { ...key, [member]: value },
];

const modulus = (id: string, comment: string, value: unknown, requirement = 'JWK-05'): BadKey => [
  `n.${id}`,
  comment,
  'modulus',
  'schema',
  requirement,
  { ...key, n: value },
];

const text = (id: string, comment: string, value: string): BadKey => [
  `n.${id}`,
  comment,
  'base64url',
  'encoding',
  'ENC-03',
  { ...key, n: value },
];

const exponent = (id: string, comment: string, e: unknown): BadKey => [
  `e.${id}`,
  comment,
  'exponent',
  'schema',
  'JWK-06',
  { ...key, e },
];

export const BAD_PUBLIC: readonly BadKey[] = [
  wrong('kty', 'oct', 'a symmetric key', 'oct'),
  wrong('kty', 'EC', 'an elliptic curve', 'EC'),
  wrong('kty', 'case', 'rsa in lower case', 'rsa'),
  ['kty.missing', 'kty is missing', 'algorithm', 'schema', 'JWK-04', without('kty')],
  wrong('alg', 'sha-1', 'RSA-OAEP, which is with SHA-1', 'RSA-OAEP'),
  wrong('alg', 'pkcs1', 'PKCS #1 v1.5', 'RSA1_5'),
  wrong('alg', 'sha-512', 'RSA-OAEP with SHA-512', 'RSA-OAEP-512'),
  wrong('alg', 'signature', 'an algorithm for signatures', 'RS256'),
  wrong('alg', 'none', 'none', 'none'),
  ['alg.missing', 'alg is missing', 'algorithm', 'schema', 'JWK-04', without('alg')],
  wrong('key_ops', 'decrypt', 'the operation of a private key', ['decrypt']),
  wrong('key_ops', 'both', 'one operation too many', ['encrypt', 'decrypt']),
  wrong('key_ops', 'wrap', 'another operation', ['wrapKey']),
  wrong('key_ops', 'verify', 'an operation of signatures', ['verify']),
  wrong('key_ops', 'empty', 'no operation', []),
  wrong('key_ops', 'text', 'text, not a list', 'encrypt'),
  ['key_ops.missing', 'key_ops is missing', 'algorithm', 'schema', 'JWK-04', without('key_ops')],
  exponent('one', '1: the ciphertext is the plaintext', 'AQ'),
  exponent('two', '2', 'Ag'),
  exponent('three', '3', 'Aw'),
  exponent('seventeen', '17', 'EQ'),
  exponent('even', '65538', 'AQAC'),
  exponent('zero-in-front', '65537 with a zero byte in front', 'AAEAAQ'),
  exponent('number', 'a number, not text', 65537),
  ['e.missing', 'e is missing', 'exponent', 'schema', 'JWK-06', without('e')],
  modulus('512', '512 bits', keyPair('modulus-512').publicKey['n']),
  modulus('1024', '1024 bits', keyPair('modulus-1024').publicKey['n']),
  modulus('3072', '3072 bits', keyPair('modulus-3072').publicKey['n']),
  modulus('2040', '2040 bits: a byte less', odd(2040)),
  modulus('2047', '2047 bits', odd(2047)),
  modulus('2049', '2049 bits', odd(2049)),
  modulus('even', 'an even modulus', toBase64url(n ^ 1n)),
  modulus('one', 'the modulus is 1', 'AQ'),
  modulus('number', 'a number, not text', 3),
  ['n.missing', 'n is missing', 'modulus', 'schema', 'JWK-05', without('n')],
  [
    'n.leading-zero',
    'a zero byte in front',
    'leading-zero',
    'schema',
    'JWK-07',
    { ...key, n: Buffer.concat([Buffer.of(0), bytesOfN]).toString('base64url') },
  ],
  text(
    'base64',
    'base64 with its own two characters',
    bytesOfN.toString('base64').replace(/=+$/, '').replace(/^.{2}/, '+/'),
  ),
  text('padding', 'padded', `${String(key['n'])}==`),
  text('space', 'a space within', String(key['n']).replace(/^(.{9})./, '$1 ')),
  text('newline', 'a newline at the end', `${String(key['n'])}\n`),
  text(
    'bits',
    'bits at the end that stand for nothing',
    String(key['n']).replace(/.$/, (last) => String.fromCharCode(last.charCodeAt(0) + 1)),
  ),
  text('length', 'one character left over', `${String(key['n'])}AAA`),
  ...['d', 'p', 'q', 'dp', 'dq', 'qi'].map((name): BadKey => [
    `private-member.${name}`,
    `the private member ${name}`,
    'private-member',
    'schema',
    'JWK-08',
    { ...key, [name]: jane.privateKey[name] },
  ]),
  [
    'private-member.all',
    'the private key in place of the public one',
    'private-member',
    'schema',
    'JWK-08',
    { ...jane.privateKey, key_ops: ['encrypt'] },
  ],
  ['array', 'a key within an array', 'algorithm', 'schema', 'JWK-04', [key]],
  ['null', 'null', 'algorithm', 'schema', 'JWK-04', null],
  ['string', 'the JWK as text within JSON', 'algorithm', 'schema', 'JWK-04', JSON.stringify(key)],
  ['empty', 'an empty object', 'algorithm', 'schema', 'JWK-04', {}],
];

/** What is no JSON at all. */
export const BAD_TEXT: readonly (readonly [id: string, comment: string, text: string])[] = [
  ['empty', 'empty text', ''],
  ['percent-encoded', 'percent-encoded, which a public key is not', encodeURIComponent(JSON.stringify(key))],
  ['pem', 'PEM', '-----BEGIN PUBLIC KEY-----\n'],
  ['cut', 'without its last character', JSON.stringify(key).slice(0, -1)],
];
