/** The kill matrix in words: what is not killed, which checks kill nothing or who is right, and the score. */
import { isRight, verdictsOf, type ControlRow } from './control.ts';
import { triesOf, type Matrix, type Row } from './row.ts';

export function formatMatrix({ faults, harmless, idleChecks, score, controls }: Matrix): string {
  const missed = faults.filter(({ status }) => status !== 'killed');
  const idle = idleChecks.map((id) => `${id} kills no fault: add one to conformance/faults that it is for\n`);
  const killed = faults.length - missed.length;
  const percent = Math.floor(score * 1000) / 10;
  return [
    ...controls.flatMap(({ id, wrong }) => wrong.map((what) => formatWrong(id, what))),
    ...missed.map(formatMissed),
    ...idle,
    `${killed} of ${faults.length} faults killed (${percent} %), ${idleChecks.length} checks that kill none${besides(harmless)}\n`,
    tried(faults),
    controlled(controls),
  ].join('');
}

function tried(faults: readonly Row[]): string {
  const { again, most } = triesOf(faults);
  return again === 0 ? '' : `${again} that show by chance took more than one try, at most ${most}\n`;
}

const formatWrong = (id: string, what: string): string =>
  `control ${id}: ${what}; who is right must pass, or what the check kills counts for nothing\n`;

function controlled(controls: readonly ControlRow[]): string {
  const wrong = controls.filter((row) => !isRight(row)).length;
  if (wrong > 0) return `${wrong} of ${controls.length} controls do not pass\n`;
  return controls.length === 0
    ? ''
    : `nobody right is killed: ${controls.length} controls, ${verdictsOf(controls)} verdicts\n`;
}

/** Edits of the derivation graph that do not count. */
const besides = (harmless: readonly Row[]): string => {
  const count = (wanted: Row['status']): number => harmless.filter(({ status }) => status === wanted).length;
  const [none, unbuilt] = [count('no fault'), count('cannot be built')];
  return [
    none > 0 ? `; ${none} edits of the derivation graph are no faults` : '',
    unbuilt > 0 ? `; ${unbuilt} cannot be built` : '',
  ].join('');
};

function formatMissed({ id, requirement, status, caughtBy }: Row): string {
  const found = status === 'survived' ? 'no check fails' : `fails ${caughtBy.join(', ')} only`;
  return `${id} (${status}): it breaks ${requirement}, and ${found}; bind a check that finds it to ${requirement}\n`;
}
