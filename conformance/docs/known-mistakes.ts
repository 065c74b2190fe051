/** What the site says of the named mistakes of `spec/mistakes.json`: their words, what they change, what tells them. */
import protocol from '../../spec/protocol.json' with { type: 'json' };
import type { ProfileName } from '../../spec/index.ts';
import { namedMistakes, type Mistake } from '../../spec/mutate.ts';
import { listedMistakes, type ListedMistake } from '../catalogue.ts';
import { vectorFiles } from '../vectors/files.ts';

/** A named mistake in one profile. */
export interface MistakeInProfile {
  readonly profile: ProfileName;
  /** The values that are computed otherwise themselves; what follows from them comes out wrong too. */
  readonly values: readonly string[];
  /** Why it yields the right values all the same. */
  readonly equivalent?: string;
  /** The vectors that hold what comes of it, as their ids in the family `wrong-answers`. */
  readonly vectors: readonly string[];
}

/** A named mistake, in every profile in which it is one. */
export interface KnownMistake extends ListedMistake {
  readonly hint: string;
  readonly seen: readonly string[];
  readonly inProfiles: readonly MistakeInProfile[];
}

/** Those of all profiles, in the order of `mistakes.json`. */
export function knownMistakes(): readonly KnownMistake[] {
  const profiles = protocol.profiles as readonly ProfileName[];
  const found = profiles.flatMap((profile) =>
    namedMistakes(profile).map((mistake) => ({ mistake, part: inProfile(profile, mistake) })),
  );
  return listedMistakes.map((listed) => {
    const own = found.filter(({ mistake }) => mistake.id === listed.id);
    const { hint = '', seen = [] } = own[0]?.mistake ?? {};
    return { ...listed, hint, seen, inProfiles: own.map(({ part }) => part) };
  });
}

function inProfile(profile: ProfileName, { id, nodes, equivalent }: Mistake): MistakeInProfile {
  const vectors = wrongAnswers.filter((answer) => answer.profile === profile && answer.mistake === id);
  return {
    profile,
    values: [...nodes.keys()],
    ...(equivalent !== undefined && { equivalent }),
    vectors: vectors.map((vector) => vector.id),
  };
}

const wrongAnswers = (vectorFiles().get('wrong-answers')?.groups ?? []).flatMap(({ profile, vectors }) =>
  vectors.map(({ id, mistake }) => ({ profile, id, mistake })),
);
