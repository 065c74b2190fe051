/** Why a link does not open (6.5): what the owner of the private key finds in it, padded and filled in whatever way. */
import { constants, createHash, createPrivateKey, privateDecrypt, randomBytes } from 'node:crypto';
import { toHex, type RsaPrivateJwk } from '../../reference/index.ts';
import type { Diagnosed } from '../../spec/diagnose/explanation.ts';
import protocol from '../../spec/protocol.json' with { type: 'json' };
import type { Jwk } from '../../vectors/generate/rsa.ts';
import type { Oracle } from '../oracle.ts';
import { keysIn, type Beside } from './explain-form.ts';

/** The owner of a link. */
export interface LinkOwner {
  readonly PUB_Account: Jwk;
  readonly PRV_Account: RsaPrivateJwk;
  /** What else is known: the address, and the key of the account. */
  readonly beside: Beside;
}

const MODULUS_BYTES = 256;
const KEY_BYTES = protocol.constants.KEY_BYTES.value;
const HASHES = ['sha256', 'sha1', 'sha512'] as const;

/** What a link holds, if padded in one of the ways that are known, and the seed of its padding. */
interface Found {
  readonly text: Uint8Array;
  readonly seed: Uint8Array;
}

/** The mistake that yields a link; undefined where none does. */
export async function explainLink(
  oracle: Oracle,
  owner: LinkOwner,
  link: string,
): Promise<Diagnosed | undefined> {
  if (!oracle.explains) return undefined;
  if (!/^([0-9a-f]{2})+$/.test(link) || link.length > 2 * MODULUS_BYTES) return undefined;
  const bytes = Buffer.from(link, 'hex');
  for (const ciphertext of [bytes, Buffer.from(bytes.toReversed())]) {
    const block = unpadded(owner, ciphertext);
    if (block === undefined) continue;
    for (const { text, seed } of [...oaepIn(block), ...pkcs1In(block)])
      for (const key of keysIn(text)) {
        const found = await explainHeld(oracle, owner, { link, key, seed });
        if (found !== undefined) return found;
      }
  }
  return undefined;
}

async function explainHeld(
  oracle: Oracle,
  owner: LinkOwner,
  { link, key, seed }: { readonly link: string; readonly key: Uint8Array; readonly seed: Uint8Array },
): Promise<Diagnosed | undefined> {
  const { PUB_Account, beside } = owner;
  // Where it holds the key of the account, the key of the group may be any.
  const group = toHex(key) === beside['SYM_Account'] ? randomBytes(KEY_BYTES) : key;
  const seedOfLink = Buffer.alloc(KEY_BYTES);
  seedOfLink.set(seed.subarray(0, KEY_BYTES));
  const given = {
    ...beside,
    PUB_Account,
    SYM_ResourceGroup: toHex(group),
    'SYM_Link.seed': toHex(seedOfLink),
  };
  return await oracle
    .inputs(given)
    .explain({ SYM_Link: (value) => isSame(owner, value, Buffer.from(link, 'hex')) }, { pairs: false });
}

/** The same link, or the same text in a padding of PKCS #1 v1.5, whose other bytes are drawn. */
function isSame(owner: LinkOwner, one: Uint8Array, other: Uint8Array): boolean {
  if (Buffer.from(one).equals(other)) return true;
  const [first, second] = [one, other].map((link) => pkcs1In(unpadded(owner, link) ?? new Uint8Array())[0]);
  return first !== undefined && second !== undefined && Buffer.from(first.text).equals(second.text);
}

/** c^d mod n, 256 bytes; undefined where the link is no number below n. */
function unpadded({ PRV_Account }: LinkOwner, link: Uint8Array): Uint8Array | undefined {
  const padded = Buffer.concat([Buffer.alloc(Math.max(0, MODULUS_BYTES - link.length)), link]);
  const key = createPrivateKey({ key: { ...PRV_Account }, format: 'jwk' });
  try {
    return privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, padded);
  } catch {
    return undefined;
  }
}

/** OAEP undone with every hash, whatever the label is (RFC 8017, 7.1.2). */
function oaepIn(block: Uint8Array): Found[] {
  return HASHES.flatMap((hash) =>
    HASHES.flatMap((mgf) => {
      const length = createHash(hash).digest().length;
      const [masked, rest] = [block.subarray(1, 1 + length), block.subarray(1 + length)];
      const seed = xor(masked, mask(mgf, rest, length));
      const data = xor(rest, mask(mgf, seed, rest.length)).subarray(length);
      const mark = data.findIndex((byte) => byte !== 0);
      return data[mark] === 1 ? [{ text: data.subarray(mark + 1), seed }] : [];
    }),
  );
}

/** `00 02`, bytes that are not zero, `00`, and the text (RFC 8017, 7.2.2). */
function pkcs1In(block: Uint8Array): Found[] {
  const end = block.indexOf(0, 2);
  return block[0] === 0 && block[1] === 2 && end > 0
    ? [{ text: block.subarray(end + 1), seed: new Uint8Array() }]
    : [];
}

/** MGF1 (RFC 8017, B.2.1). */
function mask(hash: string, seed: Uint8Array, length: number): Uint8Array {
  const parts: Buffer[] = [];
  for (let counter = 0; Buffer.concat(parts).length < length; counter++)
    parts.push(
      createHash(hash)
        .update(seed)
        .update(Uint8Array.of(0, 0, 0, counter))
        .digest(),
    );
  return Buffer.concat(parts).subarray(0, length);
}

const xor = (one: Uint8Array, other: Uint8Array): Uint8Array => one.map((byte, i) => byte ^ (other[i] ?? 0));
