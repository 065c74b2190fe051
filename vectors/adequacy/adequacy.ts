/** Every named and every mechanical mistake of a profile, held against the published vectors. */
import type { Graph, ProfileName } from '../../spec/index.ts';
import { rightGraph } from '../../spec/mistaken/graph.ts';
import { mechanicalMistakes, namedMistakes, type Mistake } from '../../spec/mutate.ts';
import { createCalculator, type Calculator } from './calculator.ts';
import { equivalence } from './equivalent.ts';
import { probe, type Finding } from './probe.ts';
import { publishedVectors, type Published } from './published.ts';

/** What became of a mistake. Where it has neither, it survives: no vector tells it. */
export interface Verdict {
  readonly profile: ProfileName;
  readonly mistake: Mistake;
  /** A vector that tells it, the smallest there is, and the value by which it does. */
  readonly caught?: Finding & { readonly vector: string };
  /** Why it yields the right values all the same. */
  readonly equivalent?: string;
}

/**
 * The verdict on each mistake of a profile.
 *
 * @param mistakes - all of them by default
 */
export function judge(profile: ProfileName, mistakes = allMistakes(profile)): readonly Verdict[] {
  const graph = rightGraph(profile);
  const vectors = publishedVectors(profile).toSorted((one, other) => one.hex.size - other.hex.size);
  const calculator = createCalculator();
  for (const vector of vectors) learnKeys(vector, graph, calculator);
  const tell = (mistake: Mistake): Verdict['caught'] => {
    for (const vector of likelyFirst(mistake, vectors)) {
      const finding = probe(mistake, vector, graph, calculator);
      if (finding !== undefined) return { ...finding, vector: vector.id };
    }
    return undefined;
  };
  return mistakes.map((mistake) => {
    const caught = tell(mistake);
    const equivalent = equivalence(profile, mistake);
    return { profile, mistake, ...(caught && { caught }), ...(equivalent !== undefined && { equivalent }) };
  });
}

const allMistakes = (profile: ProfileName): readonly Mistake[] => [
  ...namedMistakes(profile),
  ...mechanicalMistakes(profile),
];

/** Those in which the value begins with a zero byte, if that is what the mistake takes. */
function likelyFirst({ zero }: Mistake, vectors: readonly Published[]): readonly Published[] {
  if (zero === undefined) return vectors;
  const begins = ({ given, values }: Published): boolean => {
    const value = given[zero] ?? values.get(zero);
    return value instanceof Uint8Array && value[0] === 0;
  };
  return [...vectors.filter(begins), ...vectors.filter((vector) => !begins(vector))];
}

/** PBKDF2 need not run for what is published. */
function learnKeys({ given, values }: Published, graph: Graph, calculator: Calculator): void {
  for (const name of ['SEC_PWD_Auth', 'SEC_PWD_Enc']) {
    const [formula, value] = [graph.nodes.get(name)?.value, values.get(name)];
    if (typeof formula !== 'object' || value === undefined) continue;
    calculator.learn(formula, (operand) => given[operand] ?? values.get(operand) ?? '', value);
  }
}
