/** What a dishonest server answers to `whoami`: keys whose JWK is not as it must be (6.6). */
import { keyPair, type KeyName } from '../../vectors/generate/keys.ts';
import {
  storedPrivate,
  text,
  type Alter,
  type Answer,
  type Owner,
  type Unlock,
  WHEN_USED,
} from './answers.ts';

/** A JWK, whatever is in it. */
type Jwk = Readonly<Record<string, unknown>>;
type Change = (jwk: Jwk) => Jwk;

/** The public key with another JWK. */
const publicOf = (own: Answer, change: Change): Answer => ({
  publicKey: JSON.stringify(change(JSON.parse(text(own, 'publicKey')) as Jwk)),
});
const privateOf = (owner: Owner, change: Change): Answer =>
  storedPrivate(owner, change({ ...owner.PRV_Account }));

const inPublic =
  (change: Change): Alter =>
  (own) => ({ ...own, ...publicOf(own, change) });
const inPrivate =
  (change: Change): Alter =>
  (own, { owner }) => ({ ...own, ...privateOf(owner, change) });
/** The same change in both, so that the keys belong together as before. */
const inBoth =
  (change: Change): Alter =>
  (own, { owner }) => ({ ...own, ...publicOf(own, change), ...privateOf(owner, change) });

/** In both the numbers of a key pair of the vectors, which belong together. */
function numbers(name: KeyName): Alter {
  const { n, e, d, p, q, dp, dq, qi } = keyPair(name).privateKey;
  return inBoth((jwk) => ({ ...jwk, n, e, ...('d' in jwk && { d, p, q, dp, dq, qi }) }));
}

const NUMBERS = ['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'];

/** What a public key must not hold. */
export const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

/** Every number of a key written in another way. */
const rewritten =
  (write: (base64url: string) => string): Change =>
  (jwk) =>
    Object.fromEntries(
      Object.entries(jwk).map(([name, value]) => [
        name,
        NUMBERS.includes(name) ? write(String(value)) : value,
      ]),
    );

const bytesOf = (value: unknown): Buffer => Buffer.from(String(value), 'base64url');
const ONE = Buffer.from([1]).toString('base64url');

const withByte = (value: unknown, first: number, last: number): string =>
  Buffer.concat([Buffer.alloc(first), bytesOf(value), Buffer.alloc(last)]).toString('base64url');

/** The last bit of a number turned over. */
function turned(value: unknown): string {
  const bytes = bytesOf(value);
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  return bytes.toString('base64url');
}

const names: readonly Unlock[] = [
  ...(
    [
      ['kty', 'EC'],
      ['alg', 'RSA-OAEP'],
      ['key_ops', ['decrypt']],
      ['key_ops', ['encrypt', 'wrapKey']],
    ] as const
  ).map(([name, value]) => ({
    id: `public-key-${name}${Array.isArray(value) && value.length > 1 ? '-more' : ''}`,
    title: `A client refuses a public key whose ${name} is ${JSON.stringify(value)}.`,
    requirements: ['JWK-04', 'LOGIN-12'],
    stages: ['schema'] as const,
    alter: inPublic((jwk) => ({ ...jwk, [name]: value })),
  })),
  {
    id: 'public-key-alg-missing',
    title: 'A client refuses a public key without alg.',
    requirements: ['JWK-04', 'LOGIN-12'],
    stages: ['schema'],
    alter: inPublic(({ alg: _, ...jwk }) => jwk),
  },
  ...PRIVATE_MEMBERS.map((name) => ({
    id: `public-key-private-member${name === 'd' ? '' : `-${name}`}`,
    title: `A client refuses a public key that holds a member ${name}.`,
    requirements: ['JWK-08', 'LOGIN-12'],
    stages: ['schema'] as const,
    alter: inPublic((jwk) => ({ ...jwk, [name]: name === 'oth' ? [] : ONE })),
  })),
  ...(
    [
      ['kty', 'EC'],
      ['alg', 'RSA1_5'],
      ['key_ops', ['encrypt']],
    ] as const
  ).map(([name, value]) => ({
    id: `private-key-${name}`,
    title: `A client refuses a private key whose ${name} is ${JSON.stringify(value)}.`,
    requirements: ['JWK-04', 'LOGIN-12'],
    stages: WHEN_USED,
    alter: inPrivate((jwk) => ({ ...jwk, [name]: value })),
  })),
];

const moduli: readonly Unlock[] = [
  ...([512, 1024] as const).map((bits) => ({
    id: `modulus-${bits}`,
    title: `A client refuses a key pair of ${bits} bits.`,
    requirements: ['JWK-05', 'LOGIN-12'],
    stages: WHEN_USED,
    alter: numbers(`modulus-${bits}`),
  })),
  {
    id: 'modulus-even',
    title: 'A client refuses keys with an even modulus.',
    requirements: ['JWK-05', 'LOGIN-12'],
    stages: WHEN_USED,
    alter: inBoth((jwk) => ({ ...jwk, n: turned(jwk['n']) })),
  },
  {
    id: 'exponent-3',
    title: 'A client refuses a key pair whose e is 3.',
    requirements: ['JWK-06', 'LOGIN-12'],
    stages: WHEN_USED,
    alter: numbers('exponent-3'),
  },
  {
    id: 'exponent-1',
    title: 'A client refuses a key pair whose e is 1.',
    requirements: ['JWK-06', 'LOGIN-12'],
    stages: WHEN_USED,
    alter: inBoth((jwk) => ({ ...jwk, e: ONE, ...('d' in jwk && { d: ONE, dp: ONE, dq: ONE }) })),
  },
  {
    id: 'modulus-leading-zero',
    title: 'A client refuses keys whose modulus begins with a zero byte.',
    requirements: ['JWK-07', 'LOGIN-12'],
    stages: WHEN_USED,
    alter: inBoth((jwk) => ({ ...jwk, n: withByte(jwk['n'], 1, 0) })),
  },
  {
    id: 'exponent-leading-zero',
    title: 'A client refuses keys whose e begins with a zero byte.',
    requirements: ['JWK-06', 'JWK-07', 'LOGIN-12'],
    stages: WHEN_USED,
    alter: inBoth((jwk) => ({ ...jwk, e: withByte(jwk['e'], 1, 0) })),
  },
  {
    id: 'prime-leading-zero',
    title: 'A client refuses a private key one of whose primes begins with a zero byte.',
    requirements: ['JWK-07', 'LOGIN-12'],
    stages: WHEN_USED,
    alter: inPrivate((jwk) => ({ ...jwk, p: withByte(jwk['p'], 1, 0) })),
  },
];

/** The last character of a modulus with a bit that stands for nothing. */
export const trailingBits = (n: string): string =>
  n.slice(0, -1) + String.fromCharCode(n.charCodeAt(n.length - 1) + 1);

const writing: readonly Unlock[] = [
  {
    id: 'base64-padding',
    title: 'A client refuses keys with padding in their base64url.',
    requirements: ['ENC-03', 'LOGIN-12'],
    stages: WHEN_USED,
    alter: inBoth(rewritten((value) => value.padEnd(Math.ceil(value.length / 4) * 4, '='))),
  },
  {
    id: 'base64-alphabet',
    title: 'A client refuses keys in base64, with + and / in place of - and _.',
    requirements: ['ENC-03', 'LOGIN-12'],
    stages: WHEN_USED,
    alter: inBoth(rewritten((value) => value.replaceAll('-', '+').replaceAll('_', '/'))),
  },
  {
    id: 'base64-white-space',
    title: 'A client refuses keys with a line feed in their base64url.',
    requirements: ['ENC-03', 'LOGIN-12'],
    stages: WHEN_USED,
    alter: inBoth((jwk) => ({ ...jwk, n: String(jwk['n']).replace(/^.{76}/, '$&\n') })),
  },
  {
    id: 'base64-trailing-bits',
    title: 'A client refuses keys in whose base64url bits stand for nothing.',
    requirements: ['ENC-03', 'LOGIN-12'],
    stages: WHEN_USED,
    alter: inBoth((jwk) => ({ ...jwk, n: trailingBits(String(jwk['n'])) })),
  },
];

const parts: readonly Unlock[] = ['d', 'p', 'q', 'dp', 'dq', 'qi'].map((name) => ({
  id: `private-key-${name}-wrong`,
  title: `A client refuses a private key whose ${name} does not belong to its other numbers.`,
  requirements: ['JWK-09', 'LOGIN-12'],
  stages: ['decrypt'],
  alter: inPrivate((jwk) => ({ ...jwk, [name]: turned(jwk[name]) })),
}));

/** Answers to `whoami`: the keys of the account as JWK. */
export const jwkAnswers: readonly Unlock[] = [
  ...names,
  ...moduli,
  ...writing,
  ...parts,
  {
    id: 'public-key-substituted',
    title: 'A client refuses a public key that does not belong to its own private key.',
    requirements: ['WRAP-10', 'LOGIN-12'],
    stages: ['decrypt'],
    alter: (own, { other }) => ({ ...own, publicKey: other['publicKey'] }),
  },
];
