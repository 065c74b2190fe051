/** `e2ee-sync diagnose --profile P NAME=HEX … FILE|-`: which known mistake yields these values. */
import { InvalidArgumentError } from 'commander';
import type { ProfileName } from '../../reference/index.ts';
import { diagnoseInBackground, type Diagnosis, type Question } from '../../spec/diagnose/diagnose.ts';
import { EvaluationError } from '../../spec/evaluate.ts';
import { EXIT, type ExitStatus } from '../verdict.ts';
import { jsonFile } from './options.ts';

export interface DiagnoseOptions {
  readonly profile: ProfileName;
  /** Prints everything that was found as JSON. */
  readonly json?: boolean;
  /** Tries every pair of mistakes, however long it takes. */
  readonly thorough?: boolean;
}

/** Further explanations of the same values that are printed. */
const OTHERS = 4;

/** @param words - the observed values as NAME=HEX, and last the file of inputs; standard input by default */
export async function diagnose(words: readonly string[], options: DiagnoseOptions): Promise<ExitStatus> {
  const { profile, json = false, thorough = false } = options;
  const progress = createProgress(process.stderr);
  try {
    const found = await diagnoseInBackground({ profile, thorough, ...read(words) }, progress.show);
    progress.clear();
    process.stdout.write(json ? `${JSON.stringify(asJson(found), null, 2)}\n` : asText(found));
    return found.explanations.length > 0 ? EXIT.conformant : EXIT.notConformant;
  } catch (error) {
    progress.clear();
    if (!(error instanceof EvaluationError || error instanceof InvalidArgumentError)) throw error;
    process.stderr.write(`error: ${error.message}\n`);
    return EXIT.usage;
  }
}

/** A line on a terminal that says how far a long search has come. */
function createProgress(output: NodeJS.WriteStream): { show: (tried: number) => void; clear: () => void } {
  let shown = Date.now();
  const write = (text: string): void => {
    if (output.isTTY) output.write(`\r\u001b[K${text}`);
  };
  return {
    show(tried) {
      if (Date.now() - shown < 500) return;
      shown = Date.now();
      write(`${tried} mistakes and pairs of mistakes tried …`);
    },
    clear: () => {
      write('');
    },
  };
}

function read(words: readonly string[]): Pick<Question, 'inputs' | 'observed'> {
  const [file = '-', ...more] = words.filter((word) => !word.includes('='));
  const pairs = words
    .filter((word) => word.includes('='))
    .map((word) => word.split('=', 2) as [string, string]);
  if (pairs.length === 0 || more.length > 0)
    throw new InvalidArgumentError('Expected one or more NAME=HEX, then one file of inputs or -.');
  const inputs = jsonFile(file);
  if (typeof inputs !== 'object' || inputs === null || Array.isArray(inputs))
    throw new EvaluationError('input', 'must be a JSON object of values by name');
  return { inputs: inputs as Record<string, unknown>, observed: Object.fromEntries(pairs) };
}

function asText({ explanations, correct, unexplained, unknown, tried, untried }: Diagnosis): string {
  const [first, ...others] = explanations;
  const lines = first === undefined ? [] : [first.sentence];
  const alike = others.filter(({ explains }) => explains.length === first?.explains.length);
  lines.push(...alike.slice(0, OTHERS).map(({ sentence }) => `Or: ${sentence}`));
  if (alike.length > OTHERS) lines.push(`${alike.length - OTHERS} more explain the same; --json shows them.`);
  if (correct.length > 0 && first?.kind !== 'correct') lines.push(`Right: ${correct.join(', ')}.`);
  if (unknown.length > 0) lines.push(`Not computed, since the inputs do not suffice: ${unknown.join(', ')}.`);
  if (unexplained.length > 0)
    lines.push(
      `Nothing explains ${unexplained.join(', ')}: ${tried} mistakes and pairs of mistakes were tried.`,
      ...(untried > 0 ? [`${untried} more take longer: --thorough tries them too.`] : []),
    );
  return `${lines.join('\n')}\n`;
}

/** Without the expressions that a mistake puts into the graph. */
const asJson = ({ explanations, ...found }: Diagnosis): object => ({
  explanations: explanations.map(({ mistakes, ...explanation }) => ({
    ...explanation,
    mistakes: mistakes.map(({ nodes, edits: _, ...mistake }) => ({ ...mistake, values: [...nodes.keys()] })),
  })),
  ...found,
});
