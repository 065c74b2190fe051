/** Text in a message is well-formed Unicode, also where it is written with JSON escapes (2.6). */
import { escaped } from './checker.ts';

/** The JSON pointer of a text, or of what has a member with a name, that holds half of a surrogate pair. */
export function findIllFormed(value: unknown): string | undefined {
  // Not by recursion: a message can be nested more deeply than functions can call each other.
  const waiting: Place[] = [{ value, above: undefined, name: '' }];
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    const { value } = place;
    if (typeof value === 'string' && !value.isWellFormed()) return pointerOf(place);
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, member] of Object.entries(value)) {
      if (!name.isWellFormed()) return pointerOf(place);
      waiting.push({ value: member, above: place, name });
    }
  }
  return undefined;
}

/** A value, and where it was found. */
interface Place {
  readonly value: unknown;
  /** What it is in; undefined for the whole. */
  readonly above: Place | undefined;
  readonly name: string;
}

function pointerOf({ above, name }: Place): string {
  const names: string[] = [];
  for (let at = { above, name }; at.above !== undefined; at = at.above) names.push(`/${escaped(at.name)}`);
  return names.reverse().join('');
}
