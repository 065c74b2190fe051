/** The two profiles as code: what each does at the variation points that concern bytes (chapter 11). */
import { concat, fromUtf8, pad, toHex, utf8, xor } from './bytes.ts';
import { g, GROUP_BYTES, N } from './constants.ts';
import { ProtocolError } from './errors.ts';
import { symmetricKeyFromJwk, symmetricKeyToJwk } from './jwk.ts';

/** The two byte-level readings of the protocol. */
export type ProfileName = 'documented' | 'deployed';

/** SHA-256 of the bytes, 32 bytes. */
export type Sha256 = (data: Uint8Array) => Uint8Array;

/** What the proofs are made from; all of fixed length (I apart), see chapter 5. */
export interface ProofInput {
  /** The identity, UTF-8 of the email. */
  readonly I: Uint8Array;
  /** SLT_Auth_2, 32 bytes. */
  readonly s: Uint8Array;
  /** 256 bytes. */
  readonly A: Uint8Array;
  /** 256 bytes. */
  readonly B: Uint8Array;
  /** 256 bytes. */
  readonly S: Uint8Array;
  /** 32 bytes. */
  readonly K: Uint8Array;
}

/** One profile. */
export interface Profile {
  /** Its name. */
  readonly name: ProfileName;
  /** The HKDF salt that a stored salt (32 bytes) stands for. */
  hkdfSalt(salt: Uint8Array): Uint8Array;
  /** The SRP password P that SEC_PWD_Auth (32 bytes) stands for. */
  srpPassword(SEC_PWD_Auth: Uint8Array): Uint8Array;
  /** The multiplier k, 32 bytes. */
  multiplier(H: Sha256): Uint8Array;
  /** How the client's proof M1 (32 bytes) is made. What is the same in every login is computed here, once. */
  clientProof(H: Sha256): (input: ProofInput) => Uint8Array;
  /** A symmetric key (32 bytes) as plaintext, and back. */
  encodeKey(key: Uint8Array): Uint8Array;
  /** The key (32 bytes) that a plaintext holds. @throws ProtocolError where it holds none */
  decodeKey(plaintext: Uint8Array): Uint8Array;
  /** JSON text as plaintext, and back. */
  encodeText(json: string): Uint8Array;
  /** The JSON text that a plaintext holds. @throws ProtocolError where it is not encoded as it must be */
  decodeText(plaintext: Uint8Array): string;
  /** Whether a message with additional data is opened (and the data authenticated) or refused. */
  readonly additionalDataAllowed: boolean;
  /** Whether an account may log in before its address is confirmed. */
  readonly loginBeforeConfirmation: boolean;
  /** Whether a change of passphrase draws three fresh salts or keeps the present ones (7.6). */
  readonly saltsOnChange: 'fresh' | 'kept';
  /** Whether a mailed code can take the place of the old passphrase (7.8). */
  readonly mailedCodes: boolean;
}

const documented: Profile = {
  name: 'documented',
  hkdfSalt: (salt) => salt,
  srpPassword: (SEC_PWD_Auth) => utf8(toHex(SEC_PWD_Auth)),
  // k = H(N | g), g as one byte
  multiplier: (H) => H(concat(pad(N, GROUP_BYTES), pad(g, 1))),
  // M1 = H((H(N) xor H(g)) | H(I) | s | A | B | K)
  clientProof(H) {
    const group = xor(H(pad(N, GROUP_BYTES)), H(pad(g, 1)));
    return ({ I, s, A, B, K }) => H(concat(group, H(I), s, A, B, K));
  },
  encodeKey: (key) => key,
  decodeKey: (plaintext) => plaintext,
  encodeText: utf8,
  decodeText: fromUtf8,
  additionalDataAllowed: false,
  loginBeforeConfirmation: false,
  saltsOnChange: 'fresh',
  mailedCodes: false,
};

const deployed: Profile = {
  name: 'deployed',
  hkdfSalt: (salt) => utf8(toHex(salt)),
  srpPassword: (SEC_PWD_Auth) => SEC_PWD_Auth,
  // k = H(N | PAD(g))
  multiplier: (H) => H(concat(pad(N, GROUP_BYTES), pad(g, GROUP_BYTES))),
  // M1 = H(A | B | S)
  clientProof:
    (H) =>
    ({ A, B, S }) =>
      H(concat(A, B, S)),
  encodeKey: (key) => utf8(encodeURIComponent(JSON.stringify(symmetricKeyToJwk(key)))),
  decodeKey: (plaintext) => symmetricKeyFromJwk(parseJson(percentDecode(plaintext))),
  encodeText: (json) => utf8(encodeURIComponent(json)),
  decodeText: percentDecode,
  additionalDataAllowed: true,
  loginBeforeConfirmation: true,
  saltsOnChange: 'kept',
  mailedCodes: true,
};

export const profiles: Readonly<Record<ProfileName, Profile>> = { documented, deployed };

function percentDecode(plaintext: Uint8Array): string {
  try {
    return decodeURIComponent(fromUtf8(plaintext));
  } catch {
    throw new ProtocolError('encoding/percent', 'plaintext is not percent-encoded UTF-8');
  }
}

/** @throws ProtocolError `encoding/json`, without the text: it may be secret. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new ProtocolError('encoding/json', 'text is not JSON');
  }
}
