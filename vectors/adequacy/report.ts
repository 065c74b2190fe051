/** What became of the mistakes, in words and numbers. */
import type { Verdict } from './adequacy.ts';

/** For example `2388 edits, 2334 caught, 54 equivalent`; survivors only where there are some. */
export function summary(verdicts: readonly Verdict[]): string {
  const survivors = survived(verdicts).length;
  const counts = [
    `${verdicts.length} edits`,
    `${verdicts.filter(({ caught }) => caught).length} caught`,
    `${equivalent(verdicts).length} equivalent`,
    ...(survivors > 0 ? [`${survivors} survive`] : []),
  ];
  return counts.join(', ');
}

/** Told by no vector, and nobody has said why. */
export const survived = (verdicts: readonly Verdict[]): readonly Verdict[] =>
  verdicts.filter(({ caught, equivalent: why }) => caught === undefined && why === undefined);

/** Told by no vector, because there is nothing to tell. */
export const equivalent = (verdicts: readonly Verdict[]): readonly Verdict[] =>
  verdicts.filter(({ caught, equivalent: why }) => caught === undefined && why !== undefined);

/** Said to yield the right values, and told by a vector. */
export const contradicted = (verdicts: readonly Verdict[]): readonly Verdict[] =>
  verdicts.filter(({ caught, equivalent: why }) => caught !== undefined && why !== undefined);

/** The whole report: each value with its mistakes counted, then reasons and survivors. */
export function report(verdicts: readonly Verdict[]): string {
  const reasons = equivalent(verdicts).map((verdict) => `  ${nameOf(verdict)}: ${verdict.equivalent ?? ''}`);
  const survivors = survived(verdicts).map((verdict) => `  ${nameOf(verdict)}: ${verdict.mistake.title}`);
  return [
    ...table(verdicts),
    ...(reasons.length > 0 ? ['', 'Equivalent:', ...reasons] : []),
    ...(survivors.length > 0 ? ['', 'Told by no vector:', ...survivors] : []),
    '',
    summary(verdicts),
  ].join('\n');
}

/** Its profile and id. */
export const nameOf = ({ profile, mistake }: Verdict): string => `${profile} ${mistake.id}`;

/** The first value that a mistake computes otherwise, or the one by which it was told. */
const valueOf = ({ caught, mistake }: Verdict): string => caught?.node ?? [...mistake.nodes.keys()][0] ?? '';

function table(verdicts: readonly Verdict[]): string[] {
  const names = [...new Set(verdicts.map(valueOf))];
  const rows = names.map((name) =>
    row(
      name,
      verdicts.filter((verdict) => valueOf(verdict) === name),
    ),
  );
  const head = ['value', 'named', 'caught', 'mechanical', 'caught', 'by failing', 'vectors'];
  return [head, ...rows, row('', verdicts)].map(([name = '', ...numbers]) =>
    [name.padEnd(28), ...numbers.map((number) => number.padStart(11))].join('').trimEnd(),
  );
}

/** How many there are and how many were told, how many of them by a failure, and by how many vectors. */
function row(name: string, verdicts: readonly Verdict[]): string[] {
  const caught = verdicts.filter((verdict) => verdict.caught);
  const byKind = (['named', 'mechanical'] as const).flatMap((kind) =>
    [verdicts, caught].map((of) => of.filter(({ mistake }) => mistake.kind === kind).length),
  );
  const failing = caught.filter((verdict) => verdict.caught?.how === 'fails').length;
  const vectors = new Set(caught.map((verdict) => verdict.caught?.vector)).size;
  return [name, ...[...byKind, failing, vectors].map(String)];
}
