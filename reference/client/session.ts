/** A session: the one place in which the secrets of a logged-in account live, until logout drops them (7.5). */
import { ProtocolError } from '../errors.ts';
import type { RsaPrivateJwk, RsaPublicJwk } from '../primitives/primitives.ts';
import type { WhoamiResponse } from '../wire.ts';
import type { Calls } from './calls.ts';

/** The keys of an account, opened. */
export interface AccountKeys {
  /** 32 bytes. */
  readonly SYM_Account: Uint8Array;
  readonly PRV_Account: RsaPrivateJwk;
  readonly PUB_Account: RsaPublicJwk;
}

/** What login leaves behind. */
export interface SessionSecrets {
  /** K as 64 hex digits: a bearer token. */
  readonly sessionId: string;
  readonly accountId: string;
  readonly keys: AccountKeys;
}

/** A logged-in account. */
export interface Session {
  /** `act_` and 64 hex digits. */
  readonly accountId: string;
  /** The account as the server has it. @throws ProtocolError `state/logged-out`, `auth/refused` */
  whoami(): Promise<WhoamiResponse>;
  /** Ends the session on the server and drops every secret here, also when the server cannot be reached. */
  logout(): Promise<void>;
}

export function createSession(calls: Calls, secrets: SessionSecrets): Session {
  let live: SessionSecrets | undefined = secrets;
  const secretsOrThrow = (): SessionSecrets => {
    if (live === undefined) throw new ProtocolError('state/logged-out', 'this session was logged out');
    return live;
  };
  return {
    accountId: secrets.accountId,
    whoami: async () => await calls.whoami(secretsOrThrow().sessionId),
    async logout() {
      const { sessionId } = secretsOrThrow();
      live = undefined;
      await calls.logout(sessionId);
    },
  };
}
