/** Emptying and deleting an account (7.9, 7.10). */
import { ProtocolError } from '../errors.ts';
import type { SessionContext } from './session.ts';

/** That the user was asked, and said yes: a reset loses everything for good. */
export interface Consent {
  /** The user was asked, and said yes. */
  readonly userAcceptsLoss: true;
}

/** @throws ProtocolError `state/not-allowed` without the consent, with nothing sent */
export async function reset(session: SessionContext, consent: Consent): Promise<void> {
  // For callers that no type checker watches.
  if ((consent as Partial<Consent> | undefined)?.userAcceptsLoss !== true)
    throw new ProtocolError('state/not-allowed', 'a reset loses all data: ask the user first');
  const { sessionId, groupKeys } = session.secrets();
  await session.calls.reset(sessionId);
  groupKeys.clear();
  session.device.clear();
}

/** The session ends with the account; its secrets go when the server has deleted it. */
export async function deleteAccount(session: SessionContext): Promise<void> {
  await session.calls.deleteAccount(session.secrets().sessionId);
  session.drop();
}
