/** Why a B has the wrong length (5.3): the mistakes that give a server such a B. */
import { randomBytes } from 'node:crypto';
import type { ProfileName } from '../../../reference/index.ts';
import { derivationOfServer } from '../../../spec/diagnose/server.ts';
import type { Mistake } from '../../../spec/mutate.ts';
import type { OwnAccount } from '../own-account.ts';
import { sentence, suspectsOf } from './suspects.ts';

/** How often a server is imagined to draw b: one B in 256 begins with a zero byte, every second one with a high bit. */
const DRAWS = 8;
const RARE_DRAWS = 2000;

/** The mistake that gives a B of this length; undefined where none does, or where it is right. */
export function explainLengthOfB(
  profile: ProfileName,
  { body }: OwnAccount,
  srpB: string,
): string | undefined {
  const length = srpB.length / 2;
  if (!/^[0-9a-f]+$/.test(srpB) || length === body.verifier.length / 2) return undefined;
  const given = {
    'normalized.email': body.email,
    SRP_Verifier: Uint8Array.from(Buffer.from(body.verifier, 'hex')),
  };
  const yields = (mistake: Mistake): boolean => {
    const draws = mistake.zero === 'srp.B' ? RARE_DRAWS : DRAWS;
    return Array.from({ length: draws }).some(() => {
      const b = Uint8Array.from(randomBytes(32));
      const B = derivationOfServer(profile, { ...given, b }).value('srp.B', [mistake]);
      return B instanceof Uint8Array && B.length === length;
    });
  };
  const found = suspectsOf(profile).find((one) => typeof one !== 'string' && one.nodes.has('srp.B') && yields(one));
  return found && sentence(profile, ['srp.B'], found);
}
