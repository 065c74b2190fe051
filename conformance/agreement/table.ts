/** The table of agreement in `vectors/README.md`. */
import { table } from '../../spec/generate/markdown.ts';
import { nameOf, type Agreement, type Item } from './agreement.ts';

const BEGIN = '<!-- agreement -->';
const END = '<!-- /agreement -->';

/** How many engines have to agree on a vector. The two of the reference count as two: they share no cryptography. */
const LEAST = 3;

/** The README with a row for each engine; the rows of engines that did not run stay. */
export function withRows(text: string, items: readonly Item[], agreements: readonly Agreement[]): string {
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END, begin);
  if (begin === -1 || end === -1) throw new Error(`vectors/README.md has no ${BEGIN}`);
  const rows = new Map(rowsOf(text.slice(begin, end)));
  for (const agreement of agreements) rows.set(agreement.name, rowOf(agreement, items));
  const head = ['engine', 'what it computes', 'valid', 'valid, in part', 'invalid', 'deviates'];
  return `${text.slice(0, begin)}${BEGIN}\n\n${table(head, [...rows.values()])}\n\n${text.slice(end)}`;
}

function rowsOf(part: string): (readonly [name: string, row: string[]])[] {
  const lines = part.split('\n').filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) => {
    const row = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
    return [row[0] ?? '', row];
  });
}

function rowOf({ name, about, verdicts }: Agreement, items: readonly Item[]): string[] {
  const count = (result: string, wanted: string) => {
    const asked = items.filter((item) => item.vector.result === result);
    return asked.filter((item) => verdicts.get(nameOf(item)) === wanted).length;
  };
  const deviating = count('valid', 'deviates') + count('invalid', 'deviates');
  return [
    name,
    about,
    String(count('valid', 'agrees')),
    String(count('valid', 'agrees in part')),
    String(count('invalid', 'agrees')),
    String(deviating),
  ];
}

/** Vectors on which fewer engines agree in full than it takes to believe them. */
export function thinlyAgreed(items: readonly Item[], agreements: readonly Agreement[]): string[] {
  return items.flatMap((item) => {
    const agreeing = agreements.filter(({ verdicts }) => verdicts.get(nameOf(item)) === 'agrees');
    const engines = agreeing.length + (isEvaluated(item) ? 1 : 0);
    return engines < LEAST
      ? [`${nameOf(item)}: only ${engines} engines agree on it, of ${LEAST} that it takes`]
      : [];
  });
}

/** Whether the evaluator, which is no engine of the table, has computed the outputs, or what the server sends for them. */
const isEvaluated = ({ vector: { step, result } }: Item): boolean =>
  result === 'valid' && (step === 'derive' || step === 'log-in');
