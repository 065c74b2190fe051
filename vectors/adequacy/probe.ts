/**
 * Holds a mistake against a vector: an implementation that makes it, given the inputs of the vector, yields some
 * published value differently, or fails. Every value on the way is published, so it is enough to compute the values
 * that the mistake computes otherwise, each from what the vector publishes: where the first of them comes out right,
 * so does all that follows from it.
 */
import { valueToHex, type Graph, type Value } from '../../spec/index.ts';
import type { Mistake } from '../../spec/mutate.ts';
import { Absent, type Calculator } from './calculator.ts';
import type { Published } from './published.ts';

/** The value by which a vector tells a mistake, and how. */
export interface Finding {
  readonly node: string;
  readonly how: 'differs' | 'fails';
}

/**
 * @param graph - the right formulas of the values that a wrong one may refer to
 * @returns undefined where the mistake does not show
 */
export function probe(
  mistake: Mistake,
  vector: Published,
  graph: Graph,
  calculator: Calculator,
): Finding | undefined {
  const valueOf = mistakenValues(mistake, vector, graph, calculator);
  for (const node of mistake.nodes.keys()) {
    const published = vector.hex.get(node);
    if (published === undefined) continue;
    try {
      if (valueToHex(valueOf(node)) !== published) return { node, how: 'differs' };
    } catch (error) {
      if (!(error instanceof Absent)) return { node, how: 'fails' };
    }
  }
  return undefined;
}

/** What is given, else what the mistake makes of it, else what is published, else what follows from these. */
function mistakenValues(
  { nodes }: Mistake,
  { given, values }: Published,
  graph: Graph,
  { compute }: Calculator,
): (name: string) => Value {
  const valueOf = (name: string): Value => {
    const known = given[name] ?? (nodes.has(name) ? undefined : values.get(name));
    const formula = nodes.get(name) ?? graph.nodes.get(name)?.value;
    if (known !== undefined) return known;
    if (formula === undefined) throw new Absent(name);
    return compute(formula, valueOf);
  };
  return valueOf;
}
