/** The whole corpus held against an implementation, family by family. */
import type { ProfileName } from '../../reference/index.ts';
import { vectorFiles, type Vector } from './files.ts';
import { verify, type Implementation } from './verify.ts';

/** What came of a family. */
export interface FamilyResult {
  readonly family: string;
  readonly valid: number;
  readonly invalid: number;
  /** Vector and what is wrong, in words. */
  readonly faults: readonly (readonly [id: string, fault: string])[];
  readonly milliseconds: number;
}

export interface Selection {
  /** All profiles where it is left out. */
  readonly profile?: ProfileName;
  /** Whether a family is wanted. */
  readonly wanted?: (family: string) => boolean;
}

/** The vectors of a family are verified side by side. */
export async function* verifyCorpus(
  implementation: Implementation,
  { profile, wanted = () => true }: Selection = {},
): AsyncGenerator<FamilyResult, void, void> {
  for (const [family, { groups }] of vectorFiles()) {
    if (!wanted(family)) continue;
    const started = performance.now();
    const vectors = groups
      .filter((group) => profile === undefined || group.profile === profile)
      .flatMap((group) => group.vectors.map((vector) => ({ profile: group.profile, vector })));
    const judged = await Promise.all(
      vectors.map(async (item) => ({
        ...item,
        fault: await verify(implementation, item.profile, item.vector),
      })),
    );
    const valid = vectors.filter(({ vector }) => vector.result === 'valid').length;
    yield {
      family,
      valid,
      invalid: vectors.length - valid,
      faults: faultsOf(judged),
      milliseconds: performance.now() - started,
    };
  }
}

interface Judged {
  readonly profile: ProfileName;
  readonly vector: Vector;
  readonly fault: string | undefined;
}

/** A refusal shows something only where something else of the same step is accepted. */
function faultsOf(judged: readonly Judged[]): FamilyResult['faults'] {
  const kind = ({ profile, vector }: Judged) => `${profile} ${vector.step}`;
  const accepting = new Set(
    judged.filter(({ vector, fault }) => vector.result === 'valid' && fault === undefined).map(kind),
  );
  return judged.flatMap((item) => {
    const shown = item.vector.result === 'valid' || accepting.has(kind(item));
    const fault =
      item.fault ?? (shown ? undefined : `was refused, as is everything of the step ${item.vector.step}`);
    return fault === undefined ? [] : [[item.vector.id, fault] as const];
  });
}
