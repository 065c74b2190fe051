/** Takes away everything that the suite has made at a server: every account is deleted, and with it what 7.9 and 7.10 name. */
import { Blocked, TargetGone } from '../../check.ts';
import { statusAndBody, isSuccess, type ServerBench } from './bench.ts';
import { readyLogin } from './credential.ts';
import type { MadeAccount, Opening } from './made.ts';
import type { Send } from './wire.ts';

/** An account that is still there. */
export interface LeftAccount {
  /** Its address. */
  readonly email: string;
  /** Why it could not be deleted, in words. */
  readonly why: string;
}

type Clearing = Pick<
  ServerBench,
  'made' | 'steps' | 'profile' | 'target' | 'capabilities' | 'linkMailedTo'
> & {
  readonly send: Send;
};

/** With how many of its sessions, and how many of its passphrases, an account is tried to be deleted. */
const SESSIONS = 2;
const OPENINGS = 3;
/** After so many calls in a row without an answer the server is not called any more. */
const UNANSWERED = 3;

/**
 * Deletes what was made, the newest first.
 *
 * @returns the accounts that are, or may be, still there
 */
export async function clearUp(bench: Clearing): Promise<readonly LeftAccount[]> {
  const left: LeftAccount[] = [];
  let unanswered = 0;
  for (const account of [...bench.made.accounts].reverse()) {
    const email = account.openings[0]?.email ?? '';
    try {
      if (unanswered >= UNANSWERED) throw new TargetGone('the server answers no more');
      const why = await removed(bench, account);
      unanswered = 0;
      if (why !== undefined) left.push({ email, why });
    } catch (error) {
      if (!(error instanceof TargetGone || error instanceof Blocked)) throw error;
      if (error instanceof TargetGone) unanswered++;
      left.push({ email, why: error.message });
    }
  }
  return left;
}

/** Why a server keeps what is made at it, as far as one can know beforehand; undefined where nothing says so. */
export function whyNotCleared({
  capabilities,
  target,
  profile,
}: Pick<ServerBench, 'capabilities' | 'target' | 'profile'>): string | undefined {
  if (!capabilities.includes('delete-account')) return 'the server cannot delete accounts';
  return profile === 'documented' && target.mailbox.kind === 'none'
    ? 'an account can be deleted only when its mail reaches the suite or no confirmation is needed'
    : undefined;
}

/** Deletes one account. @returns why it is still there; undefined where it is not */
async function removed(bench: Clearing, account: MadeAccount): Promise<string | undefined> {
  const knownWhy = whyNotCleared(bench);
  if (knownWhy !== undefined && account.sessions.length === 0) return knownWhy;
  let why = 'no passphrase is known that opens it';
  for (const sessionId of account.sessions.slice(0, SESSIONS)) {
    const failure = await deleteWith(bench, sessionId);
    if (failure === undefined) return undefined;
    why = failure;
  }
  for (const opening of account.openings.slice(0, OPENINGS)) {
    const entered = await enter(bench, account, opening);
    if (typeof entered === 'object') return await deleteWith(bench, entered.sessionId);
    why = entered;
  }
  return account.isCertain ? why : undefined; // nothing opens it, and there may never have been one
}

async function deleteWith({ send }: Clearing, sessionId: string): Promise<string | undefined> {
  const answer = await send('DELETE', '/auth/delete-account', { sessionId });
  return isSuccess(answer) ? undefined : `its deletion was refused: ${statusAndBody(answer)}`;
}

/** Logs in, confirmed where that is needed. @returns the session, or why there is none */
async function enter(
  bench: Clearing,
  account: MadeAccount,
  opening: Opening,
): Promise<{ readonly sessionId: string } | string> {
  const x = bench.made.xOf(opening.verifier);
  if (x === undefined) return 'no passphrase is known that opens it';
  const needsLink = bench.profile === 'documented' && bench.target.mailbox.kind === 'mail';
  const link = needsLink && !account.isEntered ? await bench.linkMailedTo(opening.email) : undefined;
  if (link !== undefined) await bench.send('GET', link);
  const first = await logIn(bench, opening.email, x);
  if (first.status !== 403 || !needsLink) return first.outcome;
  const newer = await bench.linkMailedTo(opening.email, link);
  if (newer === undefined) return first.outcome;
  await bench.send('GET', newer);
  return (await logIn(bench, opening.email, x)).outcome;
}

async function logIn(bench: Clearing, email: string, x: string) {
  const { session: sessionId, proof: body } = await readyLogin(bench, email, { x });
  const answer = await bench.send('POST', '/auth/login-m1', { body });
  const outcome = isSuccess(answer) ? { sessionId } : `a login was refused: ${statusAndBody(answer)}`;
  return { status: answer.status, outcome };
}
