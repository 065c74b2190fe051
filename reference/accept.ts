/** The refusals of the protocol, one step each: what a peer takes from the other side, and what it does not. */
import { equal } from './bytes.ts';
import { ProtocolError } from './errors.ts';
import { checkKeyPair, readPrivateKey, readPublicKey } from './jwk.ts';
import type { RsaPrivateJwk, RsaPublicJwk } from './primitives/primitives.ts';
import { readGroupElement } from './srp.ts';

/** Each step hands back what was accepted, or throws. */
export interface Accept {
  /** The client's public ephemeral, 512 hex digits (5.3). @throws ProtocolError `auth/group-element` */
  A(hex: string): Uint8Array;
  /** The server's public ephemeral, 512 hex digits (5.3). @throws ProtocolError `auth/group-element` */
  B(hex: string): Uint8Array;
  /** The client's proof (5.5); false where it is wrong. */
  M1(expected: Uint8Array, actual: Uint8Array): boolean;
  /** The server's proof (5.5). @throws ProtocolError `auth/server-proof` */
  M2(expected: Uint8Array, actual: Uint8Array): void;
  /** A public key of an account (6.6). @throws ProtocolError `schema/jwk` */
  publicKey(jwk: unknown): RsaPublicJwk;
  /** A private key of an account (6.6). @throws ProtocolError `schema/jwk`, `decrypt/key-pair` */
  privateKey(jwk: unknown): RsaPrivateJwk;
  /** The two keys of one account (6.4). @throws ProtocolError `decrypt/key-pair` */
  keyPair(publicKey: RsaPublicJwk, privateKey: RsaPrivateJwk): void;
}

export const accept: Accept = {
  A: (hex) => readGroupElement(hex, 'A'),
  B: (hex) => readGroupElement(hex, 'B'),
  M1: equal,
  M2(expected, actual) {
    if (!equal(expected, actual))
      throw new ProtocolError(
        'auth/server-proof',
        'the proof M2 of the server is wrong: it does not hold the verifier',
      );
  },
  publicKey: readPublicKey,
  privateKey: readPrivateKey,
  keyPair: checkKeyPair,
};
