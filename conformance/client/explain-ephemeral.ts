/** Why an A is out of form (5.3): the mistakes that give a client an A of such a length, or as large. */
import { randomBytes } from 'node:crypto';
import { createDerivation } from '../../spec/diagnose/derivation.ts';
import { oneOf, type Diagnosed } from '../../spec/diagnose/explanation.ts';
import { namedMistakes, type Mistake } from '../../spec/mutate.ts';
import protocol from '../../spec/protocol.json' with { type: 'json' };
import type { ProfileName } from '../../reference/index.ts';

/** How often a client is imagined to draw a: one A in 256 begins with a zero byte, every second one with a high bit. */
const DRAWS = 8;
const RARE_DRAWS = 2000;
const SECRET_BYTES = 32;
/** How many bytes N has, and with it A, B, S and the verifier. */
export const GROUP_BYTES: number = protocol.constants.N.value.length / 2;

/** The mistakes that give an A of this length; undefined where none does, or where it has the right one. */
export function explainA(profile: ProfileName, srpA: string): Diagnosed | undefined {
  const length = srpA.length / 2;
  if (!/^([0-9a-f]{2})+$/.test(srpA) || length === GROUP_BYTES) return undefined;
  const yields = (mistake: Mistake): boolean =>
    Array.from({ length: mistake.zero === 'srp.A' ? RARE_DRAWS : DRAWS }).some(() => {
      const a = Uint8Array.from(randomBytes(SECRET_BYTES));
      const A = createDerivation(profile, { a }).value('srp.A', [mistake]);
      return A instanceof Uint8Array && A.length === length;
    });
  const found = namedMistakes(profile).filter((mistake) => mistake.nodes.has('srp.A') && yields(mistake));
  return oneOf(['srp.A'], found);
}
