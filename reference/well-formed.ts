/** Text in a message is well-formed Unicode, also where it is written with JSON escapes (2.6). */
import { escaped } from './messages.ts';

/** The JSON pointer of the first text, or name of a member, that holds half of a surrogate pair. */
export function findIllFormed(value: unknown, pointer = ''): string | undefined {
  if (typeof value === 'string') return value.isWellFormed() ? undefined : pointer;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, member] of Object.entries(value)) {
    const inner = `${pointer}/${escaped(name)}`;
    if (!name.isWellFormed()) return pointer;
    const found = findIllFormed(member, inner);
    if (found !== undefined) return found;
  }
  return undefined;
}
