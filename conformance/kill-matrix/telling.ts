/** Whether a client or server that makes a mistake is told so: by the first diagnosis that its implementer reads, and by every other. */
import {
  mechanicalMistakes,
  namedMistakes,
  namedMistakesOfServers,
  type Mistake,
} from '../../spec/mutate.ts';
import type { CheckResult } from '../verdict.ts';
import { judgeEdit, type Edited } from './edits.ts';
import { lineOf } from './line.ts';
import { excuseOf, isSame, type Excuse } from './wire.ts';

/**
 * `named`: the first diagnosis names the mistake and nothing else, and no other names another. `among others`: the first
 * names it, and one that a judge can tell from it. `misnamed`: the first names others alone, or a later one does. `failed`: a
 * check fails, and none has a diagnosis. `unnoticed`: none fails, and one should. `no fault`, `cannot be built`: none fails,
 * and it is not to be expected (`Status`). What comes to the very same wherever a judge looks is one mistake here (`isSame`).
 */
export type Telling = 'named' | 'among others' | 'misnamed' | 'failed' | 'unnoticed' | Excuse['status'];

export interface TellingRow {
  /** Of the edit. */
  readonly id: string;
  readonly telling: Telling;
  /** The line that an implementer reads first that has a diagnosis, else the first of all; null where no check fails. For what is not to be expected, why. */
  readonly says: string | null;
  /** The later line that is to blame, where the first names the mistake; null otherwise. */
  readonly but: string | null;
}

/** A high bit that a mistake needs is not there in every login: so often it is tried where no check fails. */
const TRIES = 6;

/** Judges until a check fails. */
export async function tryTelling(edit: Edited): Promise<TellingRow> {
  let row = await tryOnce(edit);
  const excuse = row.telling === 'unnoticed' ? excuseOf(edit) : undefined;
  if (excuse !== undefined) return { ...row, telling: excuse.status, says: excuse.why };
  for (let tried = 1; row.telling === 'unnoticed' && tried < TRIES; tried++) row = await tryOnce(edit);
  return row;
}

async function tryOnce(edit: Edited): Promise<TellingRow> {
  const failures: CheckResult[] = [];
  for await (const result of judgeEdit(edit)) if (result.verdict === 'fail') failures.push(result);
  return rowOf(edit, failures);
}

/** @param failures - in the order in which they are read */
export function rowOf(edit: Edited, failures: readonly CheckResult[]): TellingRow {
  const told = failures.filter(({ diagnosis }) => diagnosis !== null);
  const [first] = told;
  const line = first ?? failures[0];
  const row = { id: edit.id, says: line === undefined ? null : lineOf(line), but: null };
  if (first === undefined) return { ...row, telling: line === undefined ? 'unnoticed' : 'failed' };
  const naming = namingOf(edit, first);
  if (naming !== 'named') return { ...row, telling: naming };
  // What names no mistake at all, such as the other profile, names no wrong one.
  const others = told.slice(1).filter(({ mistakes }) => mistakes.length > 0);
  for (const naming of ['misnamed', 'among others'] as const) {
    const wrong = others.find((result) => namingOf(edit, result) === naming);
    if (wrong !== undefined) return { ...row, telling: naming, but: lineOf(wrong) };
  }
  return { ...row, telling: 'named' };
}

/** What a diagnosis names. */
function namingOf(edit: Edited, { mistakes }: CheckResult): 'named' | 'among others' | 'misnamed' {
  const right = mistakes.filter((id) => isOne(edit, id));
  if (right.length === 0) return 'misnamed';
  return right.length === mistakes.length ? 'named' : 'among others';
}

/** Whether it is the mistake itself, or one that is the same to a judge. */
function isOne({ role, profile, mistake }: Edited, id: string): boolean {
  if (id === mistake.id) return true;
  const own = role === 'client' ? [] : namedMistakesOfServers(profile);
  const known: readonly Mistake[] = [...own, ...namedMistakes(profile), ...mechanicalMistakes(profile)];
  const other = known.find((one) => one.id === id);
  return other !== undefined && isSame(role, profile, mistake, other);
}
