/** `e2ee-sync derive --profile P [FILE|-]`: every derived value that follows from the inputs, as hex. */
import { InvalidArgumentError } from 'commander';
import type { ProfileName } from '../../reference/index.ts';
import { derivedHex, readGiven, valueToHex } from '../../spec/encode.ts';
import { evaluate, EvaluationError } from '../../spec/evaluate.ts';
import { loadGraph } from '../../spec/graph.ts';
import { EXIT, type ExitStatus } from '../verdict.ts';
import { jsonFile } from './options.ts';

export interface DeriveOptions {
  readonly profile: ProfileName;
  /** Adds every operator that was applied, in order. */
  readonly steps?: boolean;
}

export function derive(file: string, { profile, steps = false }: DeriveOptions): ExitStatus {
  const graph = loadGraph(profile);
  try {
    const input = jsonFile(file);
    if (typeof input !== 'object' || input === null || Array.isArray(input))
      throw new EvaluationError('input', 'must be a JSON object of values by name');
    const evaluation = evaluate(graph, readGiven(graph, input as Record<string, unknown>));
    const trace = evaluation.steps.map((step) => ({ ...step, value: valueToHex(step.value) }));
    const output = { profile, values: derivedHex(graph, evaluation), ...(steps && { steps: trace }) };
    process.stdout.write(`${JSON.stringify(output, null, 2)}\n`);
    return EXIT.conformant;
  } catch (error) {
    if (!(error instanceof EvaluationError || error instanceof InvalidArgumentError)) throw error;
    process.stderr.write(`error: ${error.message}\n`);
    return EXIT.usage;
  }
}
