/**
 * The written faults that are for no profile, in the other one, as they are recorded: `deployed.json`. It holds what is
 * compared, and no words.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProfileName } from '../../spec/index.ts';
import { specFolder } from '../../spec/schemas.ts';
import { listText, newer, readMatrix, type Present, type Recorded, type Seen } from './record.ts';
import type { Outcome } from './row.ts';

/** The profile in which they are judged once more; without it, they are judged in `documented`. */
export const OTHER = 'deployed';

/** A written fault is no edit, which may be harmless. */
export type Deployed = Pick<Recorded, 'faults' | 'controls'>;

export const deployedFile = join(specFolder, '..', 'conformance', 'kill-matrix', 'deployed.json');

export const readDeployed = (): Recorded => ({
  ...(JSON.parse(readFileSync(deployedFile, 'utf8')) as Deployed),
  harmless: [],
});

/** What is recorded of faults in a profile, where they are written for none; of all where absent. */
export const recordIn = (profile?: ProfileName): Recorded =>
  profile === OTHER ? readDeployed() : readMatrix();

/** The file: one line for each fault and each control. */
export const deployedText = ({ faults, controls }: Deployed): string =>
  `{\n  "faults": ${listText(faults)},\n  "controls": ${listText(controls)}\n}\n`;

/** The record with what is newer, and without what there is no more. */
export const withSeen = (before: Deployed, seen: Seen, { faults, controls }: Present): Deployed => ({
  faults: newer(before.faults, seen.faults.map(outcomeOf), faults),
  controls: newer(before.controls, seen.controls, controls),
});

const outcomeOf = ({ id, requirement, killedBy, status }: Outcome): Outcome => ({
  ...{ id, requirement, killedBy, status },
});
