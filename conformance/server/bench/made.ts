/** The accounts that the suite has made at a server, learned from everything that crosses the wire (7.1, 7.5, 7.6, 7.10). */
import { jsonOf, textOf, type Exchange } from '../../peer/exchange.ts';

/** What may open an account. */
export interface Opening {
  readonly email: string;
  /** 512 hex digits. */
  readonly verifier: string;
}

/** An account that may still be there. */
export interface MadeAccount {
  readonly id: string;
  /** The newest first; older ones, should the server not have taken a change. */
  openings: readonly Opening[];
  /** Those that were seen to live, the newest first. */
  sessions: readonly string[];
  /** Whether a session of it was ever seen. */
  isEntered: boolean;
  /** False where no answer came to its signup, or to its deletion. */
  isCertain: boolean;
}

/** A request with its answer; the status is 0 where none came. */
export type Seen = Pick<Exchange, 'method' | 'target' | 'requestBody' | 'status' | 'responseBody'> & {
  readonly sessionId: string | undefined;
};

export interface Made {
  /** The oldest first. */
  readonly accounts: readonly MadeAccount[];
  /** Told of every call. */
  see(seen: Seen): void;
  /** Told of every verifier that the suite sends: x, 64 hex digits, leads to it. */
  opens(verifier: string, x: () => string): void;
  /** x of a verifier, 64 hex digits; undefined where the suite does not know it. */
  xOf(verifier: string): string | undefined;
}

export function createMade(): Made {
  let accounts: MadeAccount[] = [];
  const secrets = new Map<string, () => string>();
  const withSession = (id: string | undefined): MadeAccount | undefined =>
    accounts.find(({ sessions }) => id !== undefined && sessions.includes(id));

  const signedUp = ({ status, requestBody, responseBody }: Seen): void => {
    const [sent, answered] = [jsonOf(requestBody), jsonOf(responseBody)];
    const member = (name: string): string => textOf(answered, name) || textOf(sent, name);
    accounts.push({
      id: member('id'),
      openings: [{ email: member('email'), verifier: textOf(sent, 'verifier') }],
      ...{ sessions: [], isEntered: false, isCertain: status !== 0 },
    });
  };
  const entered = ({ sessionId, responseBody }: Seen): void => {
    const id = textOf(jsonOf(responseBody), 'accountId');
    const account = accounts.findLast((one) => one.id === id);
    if (account === undefined || sessionId === undefined) return;
    account.isEntered = true;
    account.sessions = [sessionId, ...account.sessions.filter((one) => one !== sessionId)];
  };
  /** Of a session that was never seen to live, the account is found by what the change leaves as it was. */
  const changed = ({ sessionId, requestBody, status }: Seen): void => {
    const body = jsonOf(requestBody);
    const [email, verifier] = [textOf(body, 'newEmail'), textOf(body, 'newVerifier')];
    const newest = (is: (opening: Opening) => boolean): MadeAccount | undefined =>
      accounts.findLast(({ openings: [opening] }) => opening !== undefined && is(opening));
    const account =
      withSession(sessionId) ??
      newest((opening) => opening.email === email) ??
      newest((opening) => opening.verifier === textOf(body, 'verifier'));
    if (account === undefined) return;
    account.openings = [{ email, verifier }, ...account.openings];
    if (status !== 0) account.sessions = account.sessions.filter((one) => one === sessionId);
  };
  const deleted = ({ sessionId, status }: Seen): void => {
    const account = withSession(sessionId);
    if (account === undefined) return;
    account.isCertain = false;
    if (status !== 0) accounts = accounts.filter((one) => one !== account);
  };
  const loggedOut = ({ sessionId }: Seen): void => {
    const account = withSession(sessionId);
    if (account !== undefined) account.sessions = account.sessions.filter((one) => one !== sessionId);
  };
  /** By the end of the call; a server may have a path before it. */
  const calls: Readonly<Record<string, (seen: Seen) => void>> = {
    'POST /auth/signup': signedUp,
    'GET /auth/whoami': entered,
    'POST /auth/change-password': changed,
    'POST /auth/logout': loggedOut,
    'DELETE /auth/delete-account': deleted,
  };
  return {
    get accounts() {
      return accounts;
    },
    see(seen) {
      if (seen.status !== 0 && (seen.status < 200 || seen.status >= 300)) return;
      const path = seen.target.split('?')[0] ?? '';
      calls[`${seen.method} ${/\/auth\/[^/]*$/.exec(path)?.[0] ?? ''}`]?.(seen);
    },
    opens(verifier, x) {
      if (!secrets.has(verifier)) secrets.set(verifier, x);
    },
    xOf: (verifier) => secrets.get(verifier)?.(),
  };
}
