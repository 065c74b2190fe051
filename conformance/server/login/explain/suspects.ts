/** The mistakes that a server is suspected of, and what each would make of a login that was begun (chapter 5). */
import { toHex, type ProfileName } from '../../../../reference/index.ts';
import { derivationAtClient, isMadeByServers } from '../../../../spec/diagnose/server.ts';
import { asOtherProfile, asTold, byMistakes, type Diagnosed } from '../../../../spec/diagnose/explanation.ts';
import type { Given } from '../../../../spec/index.ts';
import { namedMistakesOfServers, type Mistake } from '../../../../spec/mutate.ts';

/** A mistake, or the other profile as a whole. */
export type Suspect = Mistake | ProfileName;

/** Values of a login as a server with a mistake has them, as hex; undefined where they cannot be known. */
export type Suspicions = (name: string, suspect?: Suspect) => string | undefined;

/** Those for which the server would need an A and a verifier of another group or generator. */
export const isOfOtherGroup = (suspect: Suspect): suspect is Mistake =>
  typeof suspect !== 'string' && suspect.nodes.has('srp.A') && suspect.nodes.has('SRP_Verifier');

/** All that a server of a profile can be suspected of: the other profile first, then what was seen most. */
export function suspectsOf(profile: ProfileName): readonly Suspect[] {
  const known = lists.get(profile);
  if (known !== undefined) return known;
  const mistakes = namedMistakesOfServers(profile).filter((mistake) => isMadeByServers(profile, mistake));
  const list = [other(profile), ...mistakes.toSorted((one, two) => two.seen.length - one.seen.length)];
  lists.set(profile, list);
  return list;
}
const lists = new Map<ProfileName, readonly Suspect[]>();

const other = (profile: ProfileName): ProfileName => (profile === 'documented' ? 'deployed' : 'documented');

/**
 * What a server makes of a login under each suspicion.
 *
 * @param given - `normalized.email`, the salts, `SRP_Verifier`, `srp.x`, `srp.A`, a, and `srp.B` as it came
 */
export function suspicions(profile: ProfileName, given: Given): Suspicions {
  const own = derivationAtClient(profile, given);
  const theirs = derivationAtClient(other(profile), given);
  return (name, suspect) => {
    const value =
      typeof suspect === 'string'
        ? theirs.value(name)
        : own.value(name, suspect === undefined ? [] : [suspect]);
    return value instanceof Uint8Array ? toHex(value) : undefined;
  };
}

/**
 * That a server has made a mistake, in a sentence: what of its values shows it, and what is right.
 *
 * @param others - mistakes that come to the same
 */
export function diagnosed(
  profile: ProfileName,
  names: readonly string[],
  suspect: Suspect,
  others: readonly Suspect[] = [],
): Diagnosed {
  if (typeof suspect === 'string') return asTold(asOtherProfile(names, profile, suspect));
  const alike = others.filter((one) => typeof one !== 'string');
  return asTold(byMistakes(names, [suspect]), alike);
}
