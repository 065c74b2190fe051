/** The order of explanations: what explains most, then what is most likely. */
import type { Explanation } from './explanation.ts';

/** At most this many are of use. */
const MOST = 20;

export function rank(explanations: readonly Explanation[]): Explanation[] {
  const all = explanations.map((explanation) => ({ explanation, key: keyOf(explanation) }));
  return all
    .sort((one, other) => compare(one.key, other.key))
    .slice(0, MOST)
    .map(({ explanation }) => explanation);
}

function compare(one: readonly number[], other: readonly number[]): number {
  const differ = one.findIndex((part, i) => part !== other[i]);
  return (one[differ] ?? 0) - (other[differ] ?? 0);
}

/** What counts first stands first; less is better. */
function keyOf({ kind, explains, mistakes }: Explanation): readonly number[] {
  const [first] = explains;
  const mechanical = mistakes.filter((mistake) => mistake.kind === 'mechanical').length;
  const elsewhere = mistakes.filter(({ nodes }) => first === undefined || !nodes.has(first)).length;
  const changed = mistakes.reduce((sum, { nodes }) => sum + nodes.size, 0);
  return [
    -explains.length,
    mistakes.length > 1 ? mistakes.length : 0,
    mechanical,
    ORDER.indexOf(kind),
    elsewhere,
    changed,
  ];
}

/** Mechanical mistakes come after another value of the same run, named ones before it. */
const ORDER = ['correct', 'other-profile', 'mistake', 'other-value', 'pair', 'several'];
