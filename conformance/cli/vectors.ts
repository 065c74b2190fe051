/** `e2ee-sync vectors verify`: the reference held to the published vectors, with the time of each family. */
import type { ProfileName } from '../../reference/index.ts';
import { verifyCorpus, type FamilyResult } from '../vectors/corpus.ts';
import { referenceImplementation } from '../vectors/reference.ts';
import { EXIT, type ExitStatus } from '../verdict.ts';

export interface VerifyOptions {
  readonly profile?: ProfileName;
  /** Families, with commas between; `*` stands for any characters. */
  readonly only?: string;
}

export async function verifyVectors({ profile, only = '*' }: VerifyOptions): Promise<ExitStatus> {
  const patterns = only
    .split(',')
    .map((glob) => new RegExp(`^${glob.trim().split('*').map(escape).join('.*')}$`));
  const wanted = (family: string) => patterns.some((pattern) => pattern.test(family));
  const results: FamilyResult[] = [];
  for await (const result of verifyCorpus(referenceImplementation(), {
    ...(profile && { profile }),
    wanted,
  })) {
    results.push(result);
    process.stdout.write(line(result));
    for (const [id, fault] of result.faults) process.stdout.write(`  ${id} ${fault}\n`);
  }
  if (results.length === 0) {
    process.stderr.write(`error: no family of vectors is named ${only}\n`);
    return EXIT.usage;
  }
  const faults = results.reduce((sum, { faults: { length } }) => sum + length, 0);
  const count = results.reduce((sum, { valid, invalid }) => sum + valid + invalid, 0);
  process.stdout.write(
    `${count} vectors, ${faults === 0 ? 'all as they must be' : `${faults} are not as they must be`}\n`,
  );
  return faults === 0 ? EXIT.conformant : EXIT.notConformant;
}

const line = ({ family, valid, invalid, milliseconds }: FamilyResult): string =>
  `${family.padEnd(18)} ${column(valid, 4)} valid ${column(invalid, 4)} invalid ${column(Math.round(milliseconds), 6)} ms\n`;

const column = (value: number, width: number): string => String(value).padStart(width);

const escape = (text: string): string => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
