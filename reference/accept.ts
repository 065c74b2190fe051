/** The refusals of the protocol, one step each: what a peer takes from the other side, and what it does not. */
import { equal } from './bytes.ts';
import { ProtocolError } from './errors.ts';
import { checkKeyPair, readPrivateKey, readPublicKey } from './jwk.ts';
import type { RsaPrivateJwk, RsaPublicJwk } from './primitives/primitives.ts';
import { readGroupElement } from './srp.ts';
import type { WhoamiResponse } from './wire.ts';

/** Whose session it is. */
export interface Owner {
  /** Normalised. */
  readonly email: string;
  /** Missing in the middle of a login: `whoami` is what tells it. */
  readonly accountId?: string;
}

/** What a device edits. */
export interface Waiting {
  /** Whether it waits to be pushed. */
  readonly unpushed: boolean;
}

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
  /** What `whoami` answers: the account of the session, and no other (7.4). @throws ProtocolError `state/not-allowed` */
  account(owner: Owner, answer: WhoamiResponse): WhoamiResponse;
  /** SYM_Account, opened: the one that the session holds (7.6). @throws ProtocolError `decrypt/other-key` */
  accountKey(held: Uint8Array, opened: Uint8Array): void;
  /** A group's key by its fingerprint: the one that was used before, if any (8.1). @throws ProtocolError `decrypt/other-key` */
  groupKey(known: string | undefined, opened: string): void;
  /** The accounts, or their addresses, that keys came for (8.2). @throws ProtocolError `state/not-asked-for` */
  accounts(asked: readonly string[], answered: readonly string[]): void;
  /** The thumbprint of an account's key, and the one seen before, if any (8.2). @throws ProtocolError `state/key-changed` */
  thumbprint(known: string | undefined, answered: string): void;
  /** What an answer lists: each once (8.5, 8.6). @throws ProtocolError `schema/message` */
  distinct(names: readonly string[]): void;
  /** The groups that were deleted, of those that were named (8.10). @throws ProtocolError `state/not-asked-for` */
  deletedGroups(named: readonly string[], deleted: readonly string[]): void;
  /**
   * Whether a document is removed because the server says so: it was listed, and nobody has touched it since (8.6).
   *
   * @param listed - the resource as it was listed in the pull
   * @param present - the resource as it is now
   */
  removal<T extends Waiting>(listed: T | undefined, present: T | undefined): boolean;
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
  account(owner, answer) {
    if (answer.email !== owner.email)
      throw new ProtocolError('state/not-allowed', 'whoami answered with the address of another account');
    if (owner.accountId !== undefined && answer.accountId !== owner.accountId)
      throw new ProtocolError('state/not-allowed', 'whoami answered with another account');
    return answer;
  },
  accountKey(held, opened) {
    if (!equal(held, opened))
      throw new ProtocolError('decrypt/other-key', 'encSymmetricKey holds another key than SYM_Account');
  },
  groupKey(known, opened) {
    if (known !== undefined && known !== opened)
      throw new ProtocolError('decrypt/other-key', 'SYM_Link holds another key than the group had before');
  },
  accounts(asked, answered) {
    const [wanted, given] = [new Set(asked), new Set(answered)];
    const strange = answered.find((one) => !wanted.has(one));
    if (strange !== undefined)
      throw new ProtocolError('state/not-asked-for', `a key came for ${strange}, which was not asked for`);
    const missing = asked.find((one) => !given.has(one));
    if (missing !== undefined || answered.length !== asked.length)
      throw new ProtocolError('state/not-asked-for', `not one key came for ${missing ?? 'each account'}`);
  },
  thumbprint(known, answered) {
    if (known !== undefined && known !== answered)
      throw new ProtocolError(
        'state/key-changed',
        `the public key has the thumbprint ${answered}, and had ${known} before: compare it with its owner`,
      );
  },
  distinct(names) {
    const seen = new Set<string>();
    for (const name of names) {
      if (seen.has(name))
        throw new ProtocolError('schema/message', `the answer holds ${JSON.stringify(name)} twice`);
      seen.add(name);
    }
  },
  deletedGroups(named, deleted) {
    const known = new Set(named);
    const strange = deleted.find((id) => !known.has(id));
    if (strange !== undefined)
      throw new ProtocolError(
        'state/not-asked-for',
        `the server deleted the group ${strange}, which was not named`,
      );
  },
  removal: (listed, present) => listed !== undefined && listed === present && !listed.unpushed,
};
