/**
 * Every derivation, wrapping and acceptance step of the protocol in one record. A client or server is handed the record
 * and calls nothing else, so replacing one entry replaces one step of a whole peer.
 */
import { accept, type Accept } from './accept.ts';
import { toHex, utf8 } from './bytes.ts';
import { KEY_BYTES, PBKDF2_ITERATIONS, SALT_BYTES } from './constants.ts';
import { thumbprint } from './jwk.ts';
import type { Primitives, RsaKeyPair, RsaPublicJwk } from './primitives/primitives.ts';
import { profiles, type Profile, type ProfileName } from './profile.ts';
import { createSrp, type Srp } from './srp.ts';
import { createWrap, type Wrap } from './wrap.ts';

/** The steps of a profile, named by the specification's symbols. */
export interface Steps {
  /** What the profile does at the variation points. */
  readonly profile: Profile;
  /** The cryptography that the steps stand on. */
  readonly primitives: Primitives;
  /** The values of SRP (chapter 5). */
  readonly srp: Srp;
  /** Wrapping and opening (chapter 6). */
  readonly wrap: Wrap;
  /** What is taken from the other side, and what is refused. */
  readonly accept: Accept;
  /** Trimmed and lower-cased (4.1). */
  email(raw: string): string;
  /** Trimmed and NFKD (4.1). */
  passphrase(raw: string): string;
  /** SLT_TMP_1 from SLT_Auth_1, SLT_TMP_2 from SLT_Enc; 32 bytes each (4.2). */
  SLT_TMP(salt: Uint8Array, email: string): Uint8Array;
  /** SEC_PWD_Auth from SLT_TMP_1, SEC_PWD_Enc from SLT_TMP_2; 32 bytes each (4.3). */
  SEC_PWD(passphrase: string, SLT_TMP: Uint8Array): Promise<Uint8Array>;
  /** The SRP identity I (5.2). */
  I(email: string): Uint8Array;
  /** The SRP password P (5.2). */
  P(SEC_PWD_Auth: Uint8Array): Uint8Array;
  /** PUB_Account and PRV_Account, new (3.4). */
  keyPair(): Promise<RsaKeyPair>;
  /** What two people compare of a public key (12.4): 43 characters. */
  thumbprint(publicKey: RsaPublicJwk): string;
  /** What a device remembers of SYM_ResourceGroup in place of the key: its SHA-256 as hex (8.1). */
  fingerprint(SYM_ResourceGroup: Uint8Array): string;
  /** Whose edit wins a conflict (8.7). */
  winner(client: Edited, server: Edited): Winner;
}

/** Whose edit it is. */
export type Winner = 'client' | 'server';

/** What decides a conflict. */
export interface Edited {
  /** Milliseconds since 1970, by the clock of the editing device. */
  readonly lastEdited: number;
}

/** The steps of a profile over a provider of primitives. */
export function createStepsOver(primitives: Primitives, profileName: ProfileName): Steps {
  const profile = profiles[profileName];
  return {
    profile,
    primitives,
    srp: createSrp(profile, primitives),
    wrap: createWrap(profile, primitives),
    accept,
    email: (raw) => wellFormed(raw).trim().toLowerCase(),
    passphrase: (raw) => wellFormed(raw).trim().normalize('NFKD'),
    // SLT_TMP = HKDF-SHA-256(salt, ikm = email, info = empty, 32)
    SLT_TMP: (salt, email) =>
      primitives.hkdfSha256({
        salt: profile.hkdfSalt(salt),
        ikm: utf8(email),
        info: new Uint8Array(),
        length: SALT_BYTES,
      }),
    // SEC_PWD = PBKDF2-HMAC-SHA-256(passphrase, SLT_TMP, 100 000, 32)
    SEC_PWD: (passphrase, SLT_TMP) =>
      primitives.pbkdf2Sha256({
        password: utf8(passphrase),
        salt: SLT_TMP,
        iterations: PBKDF2_ITERATIONS,
        length: KEY_BYTES,
      }),
    I: (email) => utf8(email),
    P: (SEC_PWD_Auth) => profile.srpPassword(SEC_PWD_Auth),
    keyPair: () => primitives.generateRsaKeyPair(),
    thumbprint: (publicKey) => thumbprint(publicKey, primitives.sha256),
    fingerprint: (SYM_ResourceGroup) => toHex(primitives.sha256(SYM_ResourceGroup)),
    // The later edit, on a tie the local one
    winner: (client, server) => (server.lastEdited > client.lastEdited ? 'server' : 'client'),
  };
}

function wellFormed(text: string): string {
  utf8(text);
  return text;
}
