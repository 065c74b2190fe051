/** Ids that nothing has. */
import { randomInt } from 'node:crypto';

/** Characters of ids: those of one kind stand for each other, in hex, base64url and what else there is. */
const KINDS = ['0123456789', 'abcdef', 'ABCDEF', 'ghijklmnopqrstuvwxyz', 'GHIJKLMNOPQRSTUVWXYZ'];

/** An id like this one: its last characters drawn again, each from those of its kind, or some more where it is short. */
export function absentId(id: string): string {
  const longer = `${id}${String(randomInt(10 ** 9, 10 ** 10))}`;
  if (id.length < 16) return longer;
  const drawn = Array.from(id.slice(-12), (character) => {
    const kind = KINDS.find((characters) => characters.includes(character)) ?? character;
    return kind[randomInt(kind.length)] ?? character;
  });
  const made = id.slice(0, -12) + drawn.join('');
  return made === id ? longer : made;
}
