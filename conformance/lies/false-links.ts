/** Links that no honest device has made, each of a key that would open everything if it were taken (6.5, 6.3). */
import { createSteps, native, type ProfileName, type Stage } from '../../reference/index.ts';
import { noEncoding, oaepEncoding, pkcs1Encoding, rsaEncrypt } from '../../vectors/generate/oaep.ts';
import type { Jwk } from '../../vectors/generate/rsa.ts';

/** What a false link is made from. */
export interface LinkParts {
  readonly profile: ProfileName;
  /** Whose link it is to be. */
  readonly publicKey: Jwk;
  /** Of somebody else. */
  readonly other: Jwk;
  /** SYM_ResourceGroup, 32 bytes. */
  readonly key: Uint8Array;
}

export interface FalseLink {
  /** Unique; the last part of the check's id. */
  readonly id: string;
  /** What it is, to follow «a link». */
  readonly what: string;
  /** The requirements that a client breaks by opening it. */
  readonly requirements: readonly string[];
  /** The stages at which it may be refused. */
  readonly stages: readonly Stage[];
  readonly make: (parts: LinkParts) => string;
}

type Padding = Partial<Parameters<typeof oaepEncoding>[1]>;

const plaintextOf = ({ profile, key }: LinkParts): Uint8Array => createSteps(profile).profile.encodeKey(key);

/** An encoding that no check of OAEP lets pass, encrypted to the right key. */
const padded = (
  id: string,
  what: string,
  encode: (plaintext: Uint8Array, seed: Uint8Array) => Uint8Array,
): FalseLink => ({
  id,
  what,
  requirements: ['LINK-03'],
  stages: ['decrypt'],
  make: (parts) => rsaEncrypt(parts.publicKey, encode(plaintextOf(parts), native.random(32))),
});

const oaep = (id: string, what: string, padding: Padding): FalseLink =>
  padded(id, what, (plaintext, seed) => oaepEncoding(plaintext, { seed, ...padding }));

/** The honest padding around what is no key in the form of the profile. */
const holding = (id: string, what: string, plaintext: (parts: LinkParts) => Uint8Array): FalseLink => ({
  id,
  what,
  requirements: ['WRAP-05'],
  stages: ['decrypt'],
  make: (parts) => rsaEncrypt(parts.publicKey, oaepEncoding(plaintext(parts), { seed: native.random(32) })),
});

const honest = (parts: LinkParts): string =>
  rsaEncrypt(parts.publicKey, oaepEncoding(plaintextOf(parts), { seed: native.random(32) }));

/** c + n stands for the same as c, and has to have 256 bytes: not every c leaves room for it. */
function plusModulus(parts: LinkParts): string {
  const n = BigInt(`0x${Buffer.from(String(parts.publicKey['n']), 'base64url').toString('hex')}`);
  for (;;) {
    const sum = (BigInt(`0x${honest(parts)}`) + n).toString(16);
    if (sum.length <= 512) return sum.padStart(512, '0');
  }
}

/** A link whose refusal must look like that of every other: what the paddings differ in is nobody's business (LINK-04). */
export const badlyPaddedLinks: readonly FalseLink[] = [
  {
    id: 'to-another',
    what: 'encrypted to somebody else',
    requirements: ['LINK-03'],
    stages: ['decrypt'],
    make: (parts) => honest({ ...parts, publicKey: parts.other }),
  },
  padded('pkcs1', 'with the padding of PKCS #1 v1.5', pkcs1Encoding),
  padded('unpadded', 'without padding', noEncoding),
  oaep('mgf-sha-1', 'with SHA-1 in MGF1', { mgf: 'sha-1' }),
  padded('sha-1', 'with SHA-1 in place of SHA-256', (plaintext, seed) =>
    oaepEncoding(plaintext, { seed: seed.slice(12), hash: 'sha-1' }),
  ),
  oaep('label', 'with a label', { label: Buffer.from('SYM_Link') }),
  oaep('first-octet', 'whose encoding begins with another octet than zero', { first: 1 }),
  oaep('separator', 'whose encoding has another separator', { separator: 2 }),
  {
    id: 'above-n',
    what: 'that is not below the modulus',
    requirements: ['LINK-03'],
    stages: ['decrypt', 'encoding'],
    make: plusModulus,
  },
];

const MALFORMED = { requirements: ['ENC-02'], stages: ['encoding', 'schema'] } as const;

export const falseLinks: readonly FalseLink[] = [
  ...badlyPaddedLinks,
  holding('key-of-31-bytes', 'that holds a key of 31 bytes', ({ profile, key }) =>
    createSteps(profile).profile.encodeKey(key.slice(1)),
  ),
  holding('key-and-more', 'that holds a key and a byte behind it', ({ profile, key }) =>
    profile === 'documented'
      ? Uint8Array.from([...key, 0])
      : Buffer.from(
          `${decodeURIComponent(Buffer.from(plaintextOf({ profile, key } as LinkParts)).toString())}.`,
        ),
  ),
  holding('key-of-another-profile', 'that holds a key in the form of the other profile', ({ profile, key }) =>
    createSteps(profile === 'documented' ? 'deployed' : 'documented').profile.encodeKey(key),
  ),
  { id: 'long', what: 'with a byte behind it', ...MALFORMED, make: (parts) => `${honest(parts)}00` },
  { id: 'upper-case', what: 'in upper-case hex', ...MALFORMED, make: (parts) => honest(parts).toUpperCase() },
];
