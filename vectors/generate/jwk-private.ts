/** Private keys as JWK, and what must be refused as one (6.6). */
import { bob, jane } from './accounts.ts';
import type { BadKey } from './jwk.ts';
import { keyPair } from './keys.ts';
import { fromBase64url, gcd, inverse, keyPairOf, toBase64url, type Jwk, type Numbers } from './rsa.ts';

const key = jane.privateKey;

const number = (name: string, of: Jwk = key): bigint => fromBase64url(String(of[name]));
const [n, d, p, q] = ['n', 'd', 'p', 'q'].map((name) => number(name)) as [bigint, bigint, bigint, bigint];
const numbers: Numbers = { n, e: 65537n, d, p, q, dp: number('dp'), dq: number('dq'), qi: number('qi') };
const phi = (p - 1n) * (q - 1n);
const lambda = phi / gcd(p - 1n, q - 1n);

const made = (changes: Partial<Numbers>): Jwk => keyPairOf({ ...numbers, ...changes }).privateKey;
const without = (name: string): Jwk =>
  Object.fromEntries(Object.entries(key).filter(([member]) => member !== name));
const { ext: _, ...withoutExt } = key;

export const GOOD_PRIVATE: readonly (readonly [id: string, comment: string, key: Jwk])[] = [
  ['right', 'as it must be', key],
  ['bob', 'another key', bob.privateKey],
  ['reversed', 'the members in reverse order', Object.fromEntries(Object.entries(key).reverse())],
  ['without-ext', 'without ext', withoutExt],
  [
    'primes-swapped',
    'the primes the other way round, and all that belongs to them',
    made({ p: q, q: p, dp: numbers.dq, dq: numbers.dp, qi: inverse(p, q) }),
  ],
  ['d-phi', 'd is the inverse modulo (p - 1)(q - 1)', made({ d: inverse(65537n, phi) })],
  ['d-lambda', 'd is larger by lcm(p - 1, q - 1)', made({ d: d + lambda })],
  ['short-d', 'd is a byte shorter than the modulus', keyPair('short-d').privateKey],
  ['short-qi', 'qi is a byte shorter than the prime', keyPair('short-qi').privateKey],
];

const apart = (id: string, comment: string, changes: Partial<Numbers>): BadKey => [
  id,
  comment,
  'inconsistent',
  'decrypt',
  'JWK-09',
  made(changes),
];

const wrong = (id: string, comment: string, flag: string, requirement: string, changes: Jwk): BadKey => [
  id,
  comment,
  flag,
  'schema',
  requirement,
  { ...key, ...changes },
];

const leadingZero = (name: string): BadKey =>
  wrong(`${name}.leading-zero`, `a zero byte in front of ${name}`, 'leading-zero', 'JWK-07', {
    [name]: Buffer.concat([Buffer.of(0), Buffer.from(String(key[name]), 'base64url')]).toString('base64url'),
  });

const text = (name: string, id: string, comment: string, value: string): BadKey => [
  `${name}.${id}`,
  comment,
  'base64url',
  'encoding',
  'ENC-03',
  { ...key, [name]: value },
];

export const BAD_PRIVATE: readonly BadKey[] = [
  wrong('alg', 'RSA-OAEP, which is with SHA-1', 'algorithm', 'JWK-04', { alg: 'RSA-OAEP' }),
  wrong('kty', 'a symmetric key', 'algorithm', 'JWK-04', { kty: 'oct' }),
  wrong('key_ops', 'the operation of a public key', 'algorithm', 'JWK-04', { key_ops: ['encrypt'] }),
  wrong('key_ops.sign', 'an operation of signatures', 'algorithm', 'JWK-04', { key_ops: ['sign'] }),
  ['public', 'a public key', 'algorithm', 'schema', 'JWK-04', jane.publicKey],
  ['array', 'a key within an array', 'algorithm', 'schema', 'JWK-04', [key]],
  ['null', 'null', 'algorithm', 'schema', 'JWK-04', null],
  ...['d', 'p', 'q', 'dp', 'dq', 'qi'].map((name): BadKey => [
    `${name}.missing`,
    `${name} is missing`,
    'inconsistent',
    'schema',
    'JWK-09',
    without(name),
  ]),
  apart('d.other', 'd of another key', { d: number('d', bob.privateKey) }),
  apart('d.plus-2', 'd is larger by 2', { d: d + 2n }),
  apart('p.other', 'p of another key', { p: number('p', bob.privateKey) }),
  apart('q.other', 'q of another key', { q: number('q', bob.privateKey) }),
  apart('primes-only-swapped', 'the primes swapped, and nothing else', { p: q, q: p }),
  apart('primes-trivial', 'p is 1 and q is n', { p: 1n, q: n }),
  apart('n.other', 'n of another key', { n: number('n', bob.privateKey) }),
  apart('dp.other', 'dp is dq', { dp: numbers.dq }),
  apart('dq.plus-1', 'dq is larger by 1', { dq: numbers.dq + 1n }),
  apart('dp.not-reduced', 'dp is d', { dp: d }),
  apart('qi.other', 'qi of another key', { qi: number('qi', bob.privateKey) }),
  apart('qi.inverse-of-p', 'qi is the inverse of p modulo q', { qi: inverse(p, q) }),
  wrong('n.1024', 'a modulus of 1024 bits', 'modulus', 'JWK-05', keyPair('modulus-1024').privateKey),
  wrong('n.3072', 'a modulus of 3072 bits', 'modulus', 'JWK-05', keyPair('modulus-3072').privateKey),
  wrong('n.even', 'an even modulus', 'modulus', 'JWK-05', { n: toBase64url(n ^ 1n) }),
  wrong('e.3', 'a whole key with the exponent 3', 'exponent', 'JWK-06', keyPair('exponent-3').privateKey),
  wrong('e.1', 'the exponent 1', 'exponent', 'JWK-06', { e: 'AQ' }),
  leadingZero('n'),
  leadingZero('d'),
  leadingZero('p'),
  leadingZero('qi'),
  text('d', 'padding', 'd is padded', `${String(key['d'])}=`),
  text('p', 'space', 'a space in p', ` ${String(key['p']).slice(1)}`),
  text('qi', 'base64', 'qi with a character of base64', `+${String(key['qi']).slice(1)}`),
];
