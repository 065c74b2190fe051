/** Mechanical mistakes that yield the right values all the same, by id, each with the reason. */
import type { ProfileName } from '../../spec/index.ts';
import type { Mistake } from '../../spec/mutate.ts';

/** A reason, and the mistakes that it is true of. */
export interface Equivalence {
  readonly ids: RegExp;
  /** Both where it is left out. */
  readonly profile?: ProfileName;
  readonly why: string;
}

export const equivalences: readonly Equivalence[] = [
  {
    ids: /^enc(SymmetricKey|PrivateKey)\/of\/members\/t\/of\/of:strip-zeros$/,
    why: 'The last 16 bytes are the tag whatever is missing in front, unless the whole ciphertext is zero bytes: 32 of them or more, of a key that was drawn at random.',
  },
];

/** Why a mistake yields the right values in a profile, if it does: by its own entry, or by the table. */
export const equivalence = (profile: ProfileName, { id, kind, equivalent }: Mistake): string | undefined =>
  equivalent ??
  (kind === 'mechanical'
    ? equivalences.find((entry) => (entry.profile ?? profile) === profile && entry.ids.test(id))?.why
    : undefined);
