/** Public keys that are none (6.6): what a server must refuse at a signup, by the requirement that says so. */
import { keyPair, type KeyName } from '../../../vectors/generate/keys.ts';
import { PRIVATE_MEMBERS, trailingBits } from '../../lies/jwk-answers.ts';
import type { Spoiled } from '../fixtures/ill-formed.ts';

type Jwk = Readonly<Record<string, unknown>>;

const inJwk =
  (change: (jwk: Jwk) => Jwk): Spoiled['spoil'] =>
  (text) =>
    JSON.stringify(change(JSON.parse(text) as Jwk));

/** Another value of a member; undefined takes it away. */
const having = (name: string, value: unknown): Spoiled => ({
  what: value === undefined ? `a key without ${name}` : `a key whose ${name} is ${JSON.stringify(value)}`,
  spoil: inJwk((jwk) => ({ ...jwk, [name]: value })),
});

/** The modulus as other bytes. */
const modulus = (what: string, change: (n: Buffer) => Buffer): Spoiled => ({
  what,
  spoil: inJwk((jwk) => ({
    ...jwk,
    n: change(Buffer.from(String(jwk['n']), 'base64url')).toString('base64url'),
  })),
});

/** The modulus as other text. */
const written = (what: string, change: (n: string) => string): Spoiled => ({
  what,
  spoil: inJwk((jwk) => ({ ...jwk, n: change(String(jwk['n'])) })),
});

const ofVectors = (what: string, name: KeyName): Spoiled => ({
  what,
  spoil: inJwk((jwk) => ({ ...jwk, n: keyPair(name).publicKey.n })),
});

/** One byte of a modulus changed. */
const byteChanged = (n: Buffer, at: number, change: (byte: number) => number): Buffer =>
  Buffer.from(n.map((byte, i) => (i === (at + n.length) % n.length ? change(byte) : byte)));

/** The rules, each with what breaks it. */
export const spoiledJwk: Readonly<Record<string, readonly Spoiled[]>> = {
  'JWK-04': [
    having('kty', 'EC'),
    having('kty', 'oct'),
    having('kty', undefined),
    having('alg', 'RSA-OAEP'),
    having('alg', 'none'),
    having('alg', undefined),
    having('key_ops', ['decrypt']),
    having('key_ops', ['encrypt', 'wrapKey']),
    having('key_ops', []),
    having('key_ops', 'encrypt'),
    having('key_ops', undefined),
  ],
  'JWK-05': [
    ofVectors('a modulus of 512 bits', 'modulus-512'),
    ofVectors('a modulus of 1024 bits', 'modulus-1024'),
    modulus('a modulus of 2047 bits', (n) => byteChanged(n, 0, (byte) => byte & 0x7f)),
    modulus('a modulus of 2056 bits', (n) => Buffer.concat([n, Buffer.from([1])])),
    modulus('an even modulus', (n) => byteChanged(n, -1, (byte) => byte & 0xfe)),
    having('n', ''),
    having('n', undefined),
  ],
  'JWK-06': [
    having('e', 'Aw'),
    having('e', 'AQ'),
    having('e', 'AQAA'),
    having('e', 'AAEAAQ'),
    having('e', 65537),
    having('e', undefined),
  ],
  'JWK-07': [
    modulus('a modulus with a zero byte before it', (n) => Buffer.concat([Buffer.alloc(1), n])),
    modulus('a modulus whose first byte is zero', (n) => byteChanged(n, 0, () => 0)),
  ],
  'JWK-08': PRIVATE_MEMBERS.map((name) => having(name, name === 'oth' ? [] : 'AQ')),
  'ENC-03': [
    written('a modulus with padding', (n) => `${n}==`),
    written('a modulus in base64 of the other alphabet', (n) =>
      n.replaceAll('-', '+').replaceAll('_', '/').replace(/^./, '/'),
    ),
    written('a modulus with a line feed in it', (n) => n.replace(/^.{76}/, '$&\n')),
    written('a modulus with a space before it', (n) => ` ${n}`),
    written('a modulus with bits at its end that stand for nothing', trailingBits),
  ],
  'HTTP-07': [
    { what: 'no JSON', spoil: (text) => text.slice(0, -1) },
    { what: 'percent-encoded', spoil: (text) => encodeURIComponent(text) },
    { what: 'a list in JSON', spoil: (text) => `[${text}]` },
    { what: 'null in JSON', spoil: () => 'null' },
    { what: 'a key in a JSON string', spoil: (text) => JSON.stringify(text) },
    { what: 'an object and not its JSON text', spoil: (text) => JSON.parse(text) as unknown },
    { what: 'a key in PEM', spoil: () => '-----BEGIN PUBLIC KEY-----\nAQAB\n-----END PUBLIC KEY-----' },
  ],
};
