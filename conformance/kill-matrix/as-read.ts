/**
 * What is sent as whoever opens it reads it (6.1 to 6.5): compact JSON whose members may stand in any order. What is not
 * written so, or does not open, is what it is.
 */
import { constants, createPrivateKey, privateDecrypt } from 'node:crypto';
import { fromHex, native, toHex, type AesMessage, type ProfileName } from '../../reference/index.ts';
import type { Jwk } from '../../vectors/generate/rsa.ts';

/** A value as JSON text with all members, and what is in `key_ops` (6.6), in alphabetical order. */
const inOrder = (value: unknown): string =>
  JSON.stringify(value, (name, item: unknown) => {
    if (Array.isArray(item)) return name === 'key_ops' ? item.toSorted() : (item as unknown);
    if (typeof item !== 'object' || item === null) return item;
    return Object.fromEntries(Object.entries(item).toSorted(([one], [other]) => (one < other ? -1 : 1)));
  });

/** A plaintext, in order where it is compact JSON as its profile writes it. */
function plaintextAsRead(profile: ProfileName, plaintext: Uint8Array): string {
  const text = Buffer.from(plaintext).toString();
  try {
    const json: unknown = JSON.parse(profile === 'deployed' ? decodeURIComponent(text) : text);
    const compact = JSON.stringify(json);
    const written = profile === 'deployed' ? encodeURIComponent(compact) : compact;
    return written === text ? inOrder(json) : toHex(plaintext);
  } catch {
    return toHex(plaintext);
  }
}

/** An AES message, opened with its key. */
export function messageAsRead(profile: ProfileName, key: Uint8Array, message: string): string {
  try {
    const json = JSON.parse(message) as AesMessage;
    if (JSON.stringify(json) !== message) return message;
    const { iv, t, d, ad, ...others } = json;
    const sealed = { ciphertext: fromHex(d, 'd'), tag: fromHex(t, 't') };
    const plaintext = native.aes256GcmOpen(key, fromHex(iv, 'iv'), sealed, fromHex(ad, 'ad'));
    if (plaintext === undefined) return message;
    return inOrder({ ...others, iv, ad, plaintext: plaintextAsRead(profile, plaintext) });
  } catch {
    return message;
  }
}

/** A link, opened with the private key of its owner. What does not open is not what it holds in the open. */
export function linkAsRead(profile: ProfileName, owner: Jwk, link: Uint8Array): string {
  try {
    const key = createPrivateKey({ key: { ...owner }, format: 'jwk' });
    const padding = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
    return plaintextAsRead(profile, Uint8Array.from(privateDecrypt({ key, ...padding }, link)));
  } catch {
    return `unopened ${toHex(link)}`;
  }
}
