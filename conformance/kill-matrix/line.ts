/** What an implementer reads of a failure, in one line: the check, what is wrong, and the diagnosis. */
import type { CheckResult } from '../verdict.ts';

export const lineOf = ({ id, reason, diagnosis }: Pick<CheckResult, 'id' | 'reason' | 'diagnosis'>): string =>
  `${id}: ${[reason, diagnosis].filter((text) => text !== null).join('. ')}`;
