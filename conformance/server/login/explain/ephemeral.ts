/** Why a B is out of range (5.3): the mistakes that give a server a B of such a length, or as large. */
import { randomBytes } from 'node:crypto';
import { toHex, type ProfileName } from '../../../../reference/index.ts';
import type { Diagnosed } from '../../../../spec/diagnose/explanation.ts';
import { derivationOfServer } from '../../../../spec/diagnose/server.ts';
import protocol from '../../../../spec/protocol.json' with { type: 'json' };
import type { Mistake } from '../../../../spec/mutate.ts';
import type { OwnAccount } from '../../bench/own-account.ts';
import { diagnosed, suspectsOf } from './suspects.ts';

/** How often a server is imagined to draw b: one B in 256 begins with a zero byte, every second one with a high bit. */
const DRAWS = 8;
const RARE_DRAWS = 2000;

/** As 512 lower-case hex digits, in the order of the numbers. */
const N = protocol.constants.N.value;
const GROUP_DIGITS = N.length;

/** The mistake that gives a B of this length, and of N or more where it is; undefined where none does, or where it is right. */
export function explainB(profile: ProfileName, { body }: OwnAccount, srpB: string): Diagnosed | undefined {
  const isInRange = srpB.length === GROUP_DIGITS && srpB < N;
  if (!/^[0-9a-f]+$/.test(srpB) || isInRange) return undefined;
  const given = {
    'normalized.email': body.email,
    SRP_Verifier: Uint8Array.from(Buffer.from(body.verifier, 'hex')),
  };
  const yields = (mistake: Mistake): boolean => {
    const draws = mistake.zero === 'srp.B' ? RARE_DRAWS : DRAWS;
    return Array.from({ length: draws }).some(() => {
      const b = Uint8Array.from(randomBytes(32));
      const B = derivationOfServer(profile, { ...given, b }).value('srp.B', [mistake]);
      return (
        B instanceof Uint8Array &&
        2 * B.length === srpB.length &&
        (srpB.length !== GROUP_DIGITS || toHex(B) >= N)
      );
    });
  };
  const found = suspectsOf(profile).find(
    (one) => typeof one !== 'string' && one.nodes.has('srp.B') && yields(one),
  );
  return found && diagnosed(profile, ['srp.B'], found);
}
