/** Whether a failure of a client or server that makes a mistake names it. */
import { namedMistakes, namedMistakesOfServers, type Mistake } from '../../spec/mutate.ts';
import { judgeEdit, type Edited } from './edits.ts';
import { excuseOf, isSame, type Excuse } from './wire.ts';

/**
 * `named`: a failure names the mistake, or one that writes the same bytes wherever a judge looks. `failed`: a check fails,
 * and names none or another. `unnoticed`: none fails, and one should. `no fault`, `cannot be built`: none fails, and it is
 * not to be expected (`Status`).
 */
export type Telling = 'named' | 'failed' | 'unnoticed' | Excuse['status'];

export interface TellingRow {
  /** Of the edit. */
  readonly id: string;
  readonly telling: Telling;
  /** The mistake that is named, where it is another that writes the same bytes; null otherwise. */
  readonly as: string | null;
  /** What the failures say, the diagnosis or else the reason. */
  readonly says: readonly string[];
}

/** A high bit that a mistake needs is not there in every login: so often it is tried where no check fails. */
const TRIES = 6;

/** Judges until a failure names the mistake. */
export async function tryTelling(edit: Edited): Promise<TellingRow> {
  let row = await tryOnce(edit);
  const excuse = row.telling === 'unnoticed' ? excuseOf(edit) : undefined;
  if (excuse !== undefined) return { id: edit.id, telling: excuse.status, as: null, says: [excuse.why] };
  for (let tried = 1; row.telling === 'unnoticed' && tried < TRIES; tried++) row = await tryOnce(edit);
  return row;
}

async function tryOnce(edit: Edited): Promise<TellingRow> {
  const { id, mistake } = edit;
  const says: string[] = [];
  for await (const { verdict, reason, diagnosis } of judgeEdit(edit)) {
    if (verdict !== 'fail') continue;
    says.push(diagnosis ?? reason ?? '');
    const named = namedIn(edit, diagnosis ?? '');
    if (named !== undefined)
      return { id, telling: 'named', as: named === mistake ? null : named.id, says: says.slice(-1) };
  }
  return { id, telling: says.length > 0 ? 'failed' : 'unnoticed', as: null, says };
}

/** The mistake itself, where a text names it; else one of those that it names which is the same to a judge. */
function namedIn({ role, profile, mistake }: Edited, text: string): Mistake | undefined {
  const isIn = ({ title, section }: Mistake): boolean => text.includes(`${title} (§${section})`);
  if (isIn(mistake)) return mistake;
  const known = role === 'client' ? namedMistakes(profile) : namedMistakesOfServers(profile);
  return known.filter(isIn).find((other) => isSame(role, profile, mistake, other));
}
