/** What push and pull tell their caller besides what went well: conflicts and failures, one resource at a time. */
import { ProtocolError } from '../errors.ts';
import { addressOf, type Address, type Conflict, type Failure } from './device.ts';

export interface Report {
  readonly conflicts: Conflict[];
  readonly failed: Failure[];
}

export const newReport = (): Report => ({ conflicts: [], failed: [] });

/**
 * Notes what hinders one resource and no other. What concerns the whole call goes on to the caller: the server cannot be
 * reached or does not know the session, or the session was logged out.
 */
export function note(report: Report, address: Address, error: unknown): void {
  const whole =
    !(error instanceof ProtocolError) ||
    error.stage === 'network' ||
    error.stage === 'auth' ||
    error.code === 'state/logged-out';
  if (whole) throw error;
  report.failed.push({ ...addressOf(address), error });
}
