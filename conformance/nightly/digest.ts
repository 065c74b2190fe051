/** What decides the verdicts of a night, in one number: where it has changed, the nights before are of another state. */
import { digestOf, SOURCES, type Source } from '../kill-matrix/digest.ts';
import { root } from './programs.ts';

/** Whom a run judges: one of the two, or both in one process. */
export const JUDGED = ['client', 'server', 'both'] as const;
export type Judged = (typeof JUDGED)[number];

const ADAPTERS: Source = ['conformance/adapters', /\.(py|go|java|json)$/];
/** What is built of the suite and has no part in a verdict. */
const BESIDE = /^conformance\/(agreement|docs|faults|kill-matrix|ledger|nightly|speed)\//;
/** What judges a client imports no check of servers: `conformance/test/architecture.test.ts` sees to it. */
const BESIDE_A_CLIENT = new RegExp(`${BESIDE.source}|^conformance/server/`);

/** SHA-256 of what decides the verdicts of a night, in hex. */
export const nightDigest = (judged: Judged): string =>
  digestOf([...SOURCES, ADAPTERS], root, judged === 'client' ? BESIDE_A_CLIENT : BESIDE);
