/** The part of the kill matrix about who is right: that the checks which kill the faults kill nobody else there. */
import { isRight, verdictsOf, type ControlRow } from '../kill-matrix/control.ts';
import { anchor, code, groupBy, literal, table } from './markdown.ts';

/** What is said of those whose name ends so. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/\.drawing$/, 'the same, which draws what an edit needs to show, and has the right values'],
  [/\.change$/, 'the same, for edits that show in a change of passphrase alone'],
  [/\.graph\./, 'takes its values from the derivation graph, as the edits do'],
  [/\.in-full$/, 'the reference, with PBKDF2 as it is'],
  [/\.runs-\d+$/, 'the reference, with more cases of the checks over random inputs'],
  [/$/, 'the reference'],
];

const wordsOf = (name: string): string => WORDS.find(([pattern]) => pattern.test(name))?.[1] ?? '';

/** Who is right; of those that draw what an edit needs, whatever that is. */
const nameOf = ({ id }: ControlRow): string => id.replace(/(?<=\.drawing)-.*$| .*$/, '');

export function controlsPart(rows: readonly ControlRow[]): string {
  const wrong = rows.flatMap(({ id, wrong }) => wrong.map((what) => `- ${code(id)}: ${literal(what)}`));
  const killed = rows.filter((row) => !isRight(row)).length;
  const groups = [...groupBy(rows, nameOf)];
  return [
    `## ${anchor('controls')}Controls`,
    `${killed === 0 ? 'Nobody right is killed' : `${killed} are killed who are right`}: ${rows.length} groups of checks, ${verdictsOf(rows)} verdicts. A control is a client or server without a fault, judged in the same way as the faults beside it, with the same seed and options, by every check that may kill one of them. The checks are in groups by their first requirement. A check that failed it would fail anybody there, and what it kills would count for nothing.`,
    table(
      ['who is right', 'what it is', 'groups', 'verdicts'],
      groups.map(([name, own]) => [code(name), wordsOf(name), String(own.length), String(verdictsOf(own))]),
    ),
    ...(wrong.length === 0 ? [] : [wrong.join('\n')]),
  ].join('\n\n');
}
