/** Builds one family of known answers from the specification's evaluator (`spec/schemas/vector-file.schema.json`). */
import protocol from '../../spec/protocol.json' with { type: 'json' };
import { derivedHex, evaluate, loadGraph, readGiven, type ProfileName } from '../../spec/index.ts';

/** What is particular about the vectors that carry a flag. */
export interface Note {
  readonly bugType: string;
  readonly description: string;
  readonly effect?: string;
  readonly links?: readonly string[];
}

/** One scenario, before its values are computed. */
export interface Scenario {
  readonly id: string;
  readonly comment: string;
  readonly flags: readonly string[];
  /** Hex for bytes, text for text, any value for JSON. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

export interface Family {
  readonly family: string;
  /** The file that generates it. */
  readonly source: string;
  readonly notes: Readonly<Record<string, Note>>;
  /** The requirements that the family bears on. */
  readonly requirements: readonly string[];
  /** The values that an implementation must reach; all others are intermediates. */
  readonly outputs: readonly string[];
  readonly scenarios: readonly Scenario[];
}

/** The text of a vector file: every scenario in every profile, with all intermediates. */
export function vectorFile({ family, source, requirements, notes, outputs, scenarios }: Family): string {
  const groups = (protocol.profiles as ProfileName[]).map((profile) => {
    const graph = loadGraph(profile);
    const vectors = scenarios.map(({ id, comment, flags, inputs }) => {
      const values = derivedHex(graph, evaluate(graph, readGiven(graph, inputs)));
      const named = (wanted: boolean) =>
        Object.entries(values).filter(([name]) => outputs.includes(name) === wanted);
      return {
        id: `${profile}.${id}`,
        comment,
        flags,
        result: 'valid',
        inputs,
        intermediates: Object.fromEntries(named(false)),
        outputs: Object.fromEntries(named(true)),
      };
    });
    return { profile, vectors };
  });
  const { version } = protocol;
  const file = {
    $schema: '../spec/schemas/vector-file.schema.json',
    family,
    version,
    source,
    requirements,
    notes,
    groups,
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}
