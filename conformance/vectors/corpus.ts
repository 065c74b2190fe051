/** The whole corpus held against an implementation, family by family. */
import type { ProfileName } from '../../reference/index.ts';
import { createOracle, type Oracle } from '../oracle.ts';
import { vectorFiles, type Vector } from './files.ts';
import { faultOf, type Attempt, type Fault, type Implementation } from './verify.ts';

/** What came of a family. */
export interface FamilyResult {
  readonly family: string;
  /** How many vectors were verified. */
  readonly valid: number;
  readonly invalid: number;
  /** Vector and what is wrong, in words. */
  readonly faults: readonly (readonly [id: string, fault: string])[];
  /** How many vectors were left out, for want of what. */
  readonly skipped: ReadonlyMap<string, number>;
  readonly milliseconds: number;
}

export interface Selection {
  /** All profiles where they are left out. */
  readonly profiles?: readonly ProfileName[] | undefined;
  /** Whether a family is wanted. */
  readonly wanted?: (family: string) => boolean;
}

/** The vectors of a family are verified side by side. */
export async function* verifyCorpus(
  implementation: Implementation<Attempt>,
  { profiles, wanted = () => true }: Selection = {},
): AsyncGenerator<FamilyResult, void, void> {
  for (const [family, { groups }] of vectorFiles()) {
    if (!wanted(family)) continue;
    const started = performance.now();
    const vectors = groups
      .filter((group) => profiles?.includes(group.profile) ?? true)
      .flatMap((group) => group.vectors.map((vector) => ({ profile: group.profile, vector })));
    const all = await Promise.all(vectors.map((item) => judge(implementation, item)));
    const judged = all.filter((item): item is Judged => !('skipped' in item));
    const valid = judged.filter(({ vector }) => vector.result === 'valid').length;
    yield {
      family,
      valid,
      invalid: judged.length - valid,
      faults: await faultsOf(judged),
      skipped: counted(all.flatMap((item) => ('skipped' in item ? [item.skipped] : []))),
      milliseconds: performance.now() - started,
    };
  }
}

interface Item {
  readonly profile: ProfileName;
  readonly vector: Vector;
}

interface Judged extends Item {
  readonly fault: Fault | undefined;
}

async function judge(
  implementation: Implementation<Attempt>,
  item: Item,
): Promise<Judged | { readonly skipped: string }> {
  const attempt = await implementation(item.profile, item.vector);
  return 'skipped' in attempt ? attempt : { ...item, fault: faultOf(item.vector, attempt) };
}

/** A refusal shows something only where something else of the same step is accepted. */
async function faultsOf(judged: readonly Judged[]): Promise<FamilyResult['faults']> {
  const kind = ({ profile, vector }: Judged) => `${profile} ${vector.step}`;
  const accepting = new Set(
    judged.filter(({ vector, fault }) => vector.result === 'valid' && fault === undefined).map(kind),
  );
  const explained = explainer();
  const faults: [id: string, fault: string][] = [];
  for (const item of judged) {
    const { id, result, step } = item.vector;
    if (item.fault !== undefined) faults.push([id, await explained(item, item.fault)]);
    else if (result !== 'valid' && !accepting.has(kind(item)))
      faults.push([id, `was refused, as is everything of the step ${step}`]);
  }
  return faults;
}

/** Explains the first wrong value of each name in a family: the others mostly come of the same mistake. */
function explainer(): (item: Item, fault: Fault) => Promise<string> {
  const oracles = new Map<ProfileName, Oracle>();
  const asked = new Set<string>();
  return async ({ profile, vector }, { text, wrong = {} }) => {
    const name = [profile, ...Object.keys(wrong)].join(' ');
    if (vector.step !== 'derive' || Object.keys(wrong).length === 0 || asked.has(name)) return text;
    asked.add(name);
    const oracle = oracles.get(profile) ?? createOracle(profile);
    oracles.set(profile, oracle);
    const diagnosed = await oracle.inputs(vector.inputs).explain(wrong);
    return diagnosed === undefined ? text : `${text}. ${diagnosed.text}`;
  };
}

function counted(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
