/**
 * What faulty clients are made of that read the answer of `whoami` more loosely than its schema: the schema is shown
 * well-formed stand-ins, and the steps read what really came.
 */
import { createDecipheriv } from 'node:crypto';
import type { AesMessage, RsaPrivateJwk, RsaPublicJwk, Steps } from '../../reference/index.ts';
import type { Answer } from '../lies/answers.ts';
import { answerChanged, withOverrides, type ClientFault } from './client-parts.ts';

const standIn = (digit: string): string =>
  JSON.stringify({ iv: digit.repeat(24), t: digit.repeat(32), d: '', ad: '' } satisfies AesMessage);
const KEY = standIn('0');
const PRIVATE_KEY = standIn('1');
const PUBLIC_KEY = JSON.stringify({
  ...{ alg: 'RSA-OAEP-256', e: 'AQAB', ext: true, key_ops: ['encrypt'], kty: 'RSA' },
  n: 'A'.repeat(342),
});

/** How the members of an answer are read; the strict way where one is left out. */
export interface Reading {
  /** The key in `encSymmetricKey`. */
  readonly key?: (own: Steps, kek: Uint8Array, message: string) => Uint8Array;
  /** The JSON in `encPrivateKey`. */
  readonly json?: (own: Steps, key: Uint8Array, message: string) => unknown;
  /** The public key, parsed. */
  readonly publicKey?: (own: Steps, jwk: unknown) => RsaPublicJwk;
  /** The private key, parsed. */
  readonly privateKey?: (own: Steps, jwk: unknown) => RsaPrivateJwk;
}

/** A client that reads the keys of an account in its own way. */
export const reading = ({ key, json, publicKey, privateKey }: Reading): ClientFault['create'] =>
  withOverrides(() => {
    let came: Answer = {};
    const given = (message: string): string =>
      String(
        message === KEY ? came['encSymmetricKey'] : message === PRIVATE_KEY ? came['encPrivateKey'] : message,
      );
    return {
      fetch: (request) =>
        answerChanged(request, '/auth/whoami', (body) => {
          came = body;
          return { ...body, encSymmetricKey: KEY, encPrivateKey: PRIVATE_KEY, publicKey: PUBLIC_KEY };
        }),
      steps: (own) => ({
        ...own,
        wrap: {
          ...own.wrap,
          openKey: (kek, message) => (key ?? openKey)(own, kek, given(message)),
          openJson: (secret, message) => (json ?? openJson)(own, secret, given(message)),
        },
        accept: {
          ...own.accept,
          publicKey: (jwk) => (publicKey ?? acceptPublic)(own, ownOr(jwk, came)),
          privateKey: (jwk) => (privateKey ?? acceptPrivate)(own, jwk),
        },
      }),
    };
  });

const openKey: Required<Reading>['key'] = (own, kek, message) => own.wrap.openKey(kek, message);
const openJson: Required<Reading>['json'] = (own, key, message) => own.wrap.openJson(key, message);
const acceptPublic: Required<Reading>['publicKey'] = (own, jwk) => own.accept.publicKey(jwk);
const acceptPrivate: Required<Reading>['privateKey'] = (own, jwk) => own.accept.privateKey(jwk);

/** The public key of the account where the stand-in was read, and any other as it is. */
const ownOr = (jwk: unknown, came: Answer): unknown =>
  JSON.stringify(jwk) === PUBLIC_KEY ? JSON.parse(String(came['publicKey'])) : jwk;

/** How a message is opened where it is not looked at as it must be. */
export interface Opening {
  /** How many bytes of the tag are compared, where that is not all: none for 0. */
  readonly tagBytes?: (t: string) => number;
  /** The additional data that is authenticated (hex). */
  readonly ad?: (ad: string) => string;
}

const bytes = (hex: unknown): Buffer => Buffer.from(String(hex), 'hex');

/** The plaintext of a message, read by a decoder of hex that takes everything, with an IV of any length. */
export function openLoosely(
  key: Uint8Array,
  text: string,
  { tagBytes = () => 16, ad = (given) => given }: Opening = {},
): Uint8Array {
  const message = JSON.parse(text) as AesMessage;
  const compared = tagBytes(message.t);
  const options = compared === 0 ? undefined : { authTagLength: compared };
  const decipher = createDecipheriv('aes-256-gcm', key, bytes(message.iv), options);
  decipher.setAAD(bytes(ad(message.ad)));
  if (compared > 0) decipher.setAuthTag(bytes(message.t).subarray(0, compared));
  const opened = decipher.update(bytes(message.d));
  if (compared > 0) decipher.final();
  return Uint8Array.from(opened);
}

/** Both messages of an account opened so. */
export const openingLoosely = (opening?: Opening): ClientFault['create'] =>
  reading({
    key: (own, kek, message) => own.profile.decodeKey(openLoosely(kek, message, opening)),
    json: (own, key, message) =>
      JSON.parse(own.profile.decodeText(openLoosely(key, message, opening))) as unknown,
  });

/** Both messages of an account brought into form before they are opened as they must be. */
export const bringing = (change: (message: string) => string): ClientFault['create'] =>
  reading({
    key: (own, kek, message) => own.wrap.openKey(kek, change(message)),
    json: (own, key, message) => own.wrap.openJson(key, change(message)),
  });

type Jwk = Record<string, unknown>;

/** Both keys of an account looked at in a form in which they are as they must be, and taken as they came. */
export const bringingKeys = (change: (jwk: Jwk, operation: string) => Jwk): ClientFault['create'] =>
  reading({
    publicKey(own, jwk) {
      own.accept.publicKey(change(jwk as Jwk, 'encrypt'));
      return jwk as RsaPublicJwk;
    },
    privateKey(own, jwk) {
      own.accept.privateKey(change(jwk as Jwk, 'decrypt'));
      return jwk as RsaPrivateJwk;
    },
  });

/** Neither key of an account looked at. */
export const anyKeys = reading({
  publicKey: (_own, jwk) => jwk as RsaPublicJwk,
  privateKey: (_own, jwk) => jwk as RsaPrivateJwk,
});

/** Every text of a JWK read by a decoder of base64 that takes everything, and its bytes changed. */
export const rewritten =
  (change: (bytes: Buffer) => Buffer) =>
  (jwk: Jwk): Jwk => {
    const write = (name: string, value: unknown): unknown =>
      typeof value !== 'string' || ['kty', 'alg'].includes(name)
        ? value
        : change(Buffer.from(value, 'base64url')).toString('base64url');
    return Object.fromEntries(Object.entries(jwk).map(([name, value]) => [name, write(name, value)]));
  };

/** The key that may be meant by a plaintext: the `k` of a JWK, hex, or bytes of which the first 32 are taken. */
export function anyKey(plaintext: Uint8Array): Uint8Array {
  const text = new TextDecoder().decode(plaintext);
  const taken = (found: Uint8Array): Uint8Array => Uint8Array.from(found.slice(0, 32));
  if (/^[0-9a-f]{64}$/.test(text)) return taken(Buffer.from(text, 'hex'));
  try {
    const { k } = JSON.parse(decodeURIComponent(text)) as { k: string };
    return taken(Buffer.from(k, 'base64url'));
  } catch {
    return taken(plaintext);
  }
}

/** The JSON that may be meant by a plaintext, percent-encoded or not. */
export function anyJson(plaintext: Uint8Array): unknown {
  const text = new TextDecoder().decode(plaintext);
  try {
    return JSON.parse(text);
  } catch {
    return JSON.parse(decodeURIComponent(text));
  }
}
