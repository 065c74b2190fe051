/** Wrapping: AES-GCM messages and RSA-OAEP links around the plaintexts of a profile (chapter 6). */
import { checkLength, fromHex, toHex } from './bytes.ts';
import { IV_BYTES, KEY_BYTES, RSA_MODULUS_BYTES, TAG_BYTES } from './constants.ts';
import { ProtocolError } from './errors.ts';
import { checkMessage } from './messages.ts';
import type { Primitives, Random, RsaPrivateJwk, RsaPublicJwk } from './primitives/primitives.ts';
import { parseJson, type Profile } from './profile.ts';

/** An AES-GCM message, every member lower-case hex (6.2). */
export interface AesMessage {
  /** 12 bytes. */
  readonly iv: string;
  /** Tag, 16 bytes. */
  readonly t: string;
  /** Ciphertext. */
  readonly d: string;
  /** Additional data; sent empty. */
  readonly ad: string;
}

/** The wrapping steps of a profile. Messages are JSON text, keys 32 bytes. */
export interface Wrap {
  /** @returns the JSON text of an AES message that holds the key. */
  sealKey(kek: Uint8Array, key: Uint8Array, random?: Random): string;
  /** The key in a message. @throws ProtocolError `encoding/json`, `encoding/hex`, `schema/message`, `decrypt/tag`, `decrypt/additional-data`, `decrypt/key` */
  openKey(kek: Uint8Array, message: string): Uint8Array;
  /** @returns the JSON text of an AES message that holds the compact JSON of the value. @throws ProtocolError `schema/message` for no JSON value */
  sealJson(key: Uint8Array, value: unknown, random?: Random): string;
  /** The JSON value in a message. @throws ProtocolError `encoding/json`, `encoding/hex`, `schema/message`, `decrypt/tag`, `decrypt/additional-data`, `decrypt/document` */
  openJson(key: Uint8Array, message: string): unknown;
  /** @returns SYM_Link: the key of a group encrypted to an account, 512 hex digits. */
  sealLink(publicKey: RsaPublicJwk, key: Uint8Array): string;
  /** The key of a group. @throws ProtocolError `encoding/hex`, `encoding/length`, `decrypt/link`, `decrypt/key` */
  openLink(privateKey: RsaPrivateJwk, link: string): Uint8Array;
}

const EMPTY = new Uint8Array();

/** @throws ProtocolError `schema/message` for what JSON has no form for: undefined, a function, a circle. */
export function compactJson(value: unknown): string {
  try {
    const text: unknown = JSON.stringify(value);
    if (typeof text === 'string') return text;
  } catch {
    // A circle or a bigint.
  }
  throw new ProtocolError('schema/message', 'this is no JSON value');
}

/** The members of a message. Hex that is none is refused as such, before lengths are looked at (10.3). */
function readMessage(text: string): AesMessage {
  const message = parseJson(text) as Partial<Record<keyof AesMessage, unknown>> | null;
  for (const name of ['iv', 't', 'd', 'ad'] as const) {
    const hex = message?.[name];
    if (typeof hex === 'string') fromHex(hex, name);
  }
  return checkMessage('aes-message', message) as AesMessage;
}

export function createWrap(profile: Profile, primitives: Primitives): Wrap {
  const seal = (key: Uint8Array, plaintext: Uint8Array, random: Random = primitives.random): string => {
    const iv = random(IV_BYTES);
    const { ciphertext, tag } = primitives.aes256GcmSeal(key, iv, plaintext, EMPTY);
    return JSON.stringify({
      iv: toHex(iv),
      t: toHex(tag),
      d: toHex(ciphertext),
      ad: '',
    } satisfies AesMessage);
  };

  const open = (key: Uint8Array, message: string): Uint8Array => {
    const { iv, t, d, ad } = readMessage(message);
    if (ad !== '' && !profile.additionalDataAllowed)
      throw new ProtocolError(
        'decrypt/additional-data',
        `a message with additional data is refused in ${profile.name}`,
      );
    const sealed = { ciphertext: fromHex(d, 'd'), tag: fromHex(t, 't', TAG_BYTES) };
    const plaintext = primitives.aes256GcmOpen(key, fromHex(iv, 'iv', IV_BYTES), sealed, fromHex(ad, 'ad'));
    if (plaintext === undefined)
      throw new ProtocolError('decrypt/tag', 'the tag does not fit: wrong key or changed message');
    return plaintext;
  };

  const readKey = (plaintext: Uint8Array): Uint8Array => {
    try {
      return checkLength(profile.decodeKey(plaintext), 'wrapped key', KEY_BYTES);
    } catch (cause) {
      throw new ProtocolError('decrypt/key', `what was wrapped is not a key: ${(cause as Error).message}`, {
        cause,
      });
    }
  };

  const readJson = (plaintext: Uint8Array): unknown => {
    try {
      return parseJson(profile.decodeText(plaintext));
    } catch (cause) {
      throw new ProtocolError(
        'decrypt/document',
        'what was encrypted is not JSON in the form of the profile',
        {
          cause,
        },
      );
    }
  };

  return {
    sealKey: (kek, key, random) => seal(kek, profile.encodeKey(key), random),
    openKey: (kek, message) => readKey(open(kek, message)),
    sealJson: (key, value, random) => seal(key, profile.encodeText(compactJson(value)), random),
    openJson: (key, message) => readJson(open(key, message)),
    sealLink: (publicKey, key) => toHex(primitives.rsaOaepEncrypt(publicKey, profile.encodeKey(key))),
    openLink(privateKey, link) {
      const plaintext = primitives.rsaOaepDecrypt(privateKey, fromHex(link, 'SYM_Link', RSA_MODULUS_BYTES));
      if (plaintext === undefined)
        throw new ProtocolError('decrypt/link', 'SYM_Link does not open with this private key');
      return readKey(plaintext);
    },
  };
}
