/** The requirements that checks are bound to, as the specification states them. */
import requirements from '../spec/requirements.json' with { type: 'json' };

/** One normative sentence of the specification. */
export interface Requirement {
  readonly id: string;
  readonly level: string;
  readonly role: string;
  readonly profile: string;
  readonly section: string;
  readonly text: string;
}

const byId: ReadonlyMap<string, Requirement> = new Map(
  requirements.requirements.map((item) => [item.id, item]),
);

export const allRequirements: readonly Requirement[] = requirements.requirements;

/** @throws Error for an id that the specification does not have. */
export function requirement(id: string): Requirement {
  const found = byId.get(id);
  if (found === undefined) throw new Error(`${id} is not a requirement of the specification`);
  return found;
}

/** The strictest level among requirements: what failing a check bound to them means. */
export function strictest(ids: readonly string[]): string {
  const order = ['MUST', 'MUST NOT', 'SHOULD', 'SHOULD NOT', 'MAY'];
  return (
    ids
      .map((id) => requirement(id).level)
      .sort((left, right) => order.indexOf(left) - order.indexOf(right))[0] ?? 'MAY'
  );
}
