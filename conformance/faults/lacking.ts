/** What a mistake would take that whoever makes it does not know: the private number of the other side, a key that is drawn later. */
import { rightGraph } from '../../spec/mistaken/graph.ts';
import type { Mistake, ProfileName } from '../../spec/index.ts';
import { references } from '../../spec/operators.ts';

/**
 * The values that a value cannot be computed without, and that are not known.
 *
 * @param name - of the value
 * @param mistake - with which it is computed
 * @param knows - whether a value is known beforehand
 * @param standIns - names of values that are taken for others, each by the name of the other
 */
export function lacking(
  profile: ProfileName,
  name: string,
  mistake: Pick<Mistake, 'nodes'>,
  knows: (name: string) => boolean,
  standIns: Readonly<Record<string, string>> = {},
): string[] {
  const { nodes } = rightGraph(profile);
  const seen = new Set<string>();
  const found: string[] = [];
  const look = (value: string): void => {
    if (knows(value) || seen.has(value)) return;
    seen.add(value);
    const expression = mistake.nodes.get(value) ?? standIns[value] ?? nodes.get(value)?.value;
    if (expression === undefined) found.push(value);
    else references(expression).forEach(look);
  };
  look(name);
  return found;
}
