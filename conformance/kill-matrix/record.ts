/** The kill matrix as it is recorded, `matrix.json`: what the documentation and the ledger show of the newest whole run. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { specFolder } from '../../spec/schemas.ts';
import type { ControlRow } from './control.ts';
import { matrixOf, type Matrix, type Outcome, type Row } from './row.ts';

export const matrixFile = join(specFolder, '..', 'conformance', 'kill-matrix', 'matrix.json');

export const readMatrix = (): Matrix => JSON.parse(readFileSync(matrixFile, 'utf8')) as Matrix;

/** The file: one line for each fault and each control. */
export function matrixText({ faults, harmless, idleChecks, score, controls }: Matrix): string {
  return `{\n  "faults": ${listText(faults)},\n  "harmless": ${listText(harmless)},\n  "idleChecks": ${JSON.stringify(idleChecks)},\n  "score": ${score},\n  "controls": ${listText(controls)}\n}\n`;
}

/** A list of a record: a line for each item. */
export const listText = (items: readonly object[]): string =>
  `[\n${items.map((item) => `    ${JSON.stringify(item)}`).join(',\n')}\n  ]`;

/** What is recorded of a run, and compared. */
export interface Recorded {
  readonly faults: readonly Outcome[];
  readonly harmless: readonly Outcome[];
  /** Absent where it is not of all faults that the checks are for. */
  readonly idleChecks?: readonly string[];
  readonly controls: readonly ControlRow[];
}

/** What has a part in the matrix today. */
export interface Present {
  /** Those that are tried more often than once show by chance. */
  readonly faults: readonly Pick<Row, 'id' | 'requirement'>[];
  readonly checks: readonly { readonly id: string; readonly requirements: readonly string[] }[];
  /** Of all faults. */
  readonly controls: readonly Pick<ControlRow, 'id'>[];
}

/** Ids of the checks that kill some of these faults. */
export function killersOf({ faults }: Recorded, ids: readonly string[]): ReadonlySet<string> {
  const wanted = new Set(ids);
  return new Set(faults.filter(({ id }) => wanted.has(id)).flatMap(({ killedBy }) => killedBy));
}

/** What a run saw. */
export type Seen = Pick<Matrix, 'faults' | 'harmless' | 'controls'>;

/** The record with rows that are newer, and without those of faults and controls that there are no more. */
export const merged = (before: Matrix, seen: Seen, { faults, checks, controls }: Present): Matrix =>
  matrixOf(
    newer([...before.faults, ...before.harmless], [...seen.faults, ...seen.harmless], faults),
    checks.map(({ id }) => id),
    newer(before.controls, seen.controls, controls),
  );

/** What is there of items, in the order of those that there are: the newer one where one was seen. */
export function newer<Item extends Pick<Row, 'id'>>(
  before: readonly Item[],
  seen: readonly Item[],
  present: readonly Pick<Row, 'id'>[],
): Item[] {
  const known = new Map([...before, ...seen].map((item) => [item.id, item]));
  return present.flatMap(({ id }) => known.get(id) ?? []);
}

/**
 * What is not as it is recorded: faults that came, went or break something else, and checks that are gone, are not bound
 * any more, or kill nothing. It takes no run to see that.
 */
export function staleness({ faults, harmless, idleChecks, controls }: Recorded, present: Present): string[] {
  const now = new Map(present.faults.map((fault) => [fault.id, fault]));
  const checks = new Map(present.checks.map((check) => [check.id, check]));
  const ofRow = ({ id, requirement, killedBy }: Outcome): string[] => {
    if (now.get(id) === undefined) return [`${id} is recorded, and there is no such fault`];
    if (now.get(id)?.requirement !== requirement) return [`${id} does not break ${requirement} any more`];
    return killedBy
      .filter((name) => checks.get(name)?.requirements.includes(requirement) !== true)
      .map((name) => `${id} was killed by ${name}, which is gone or not bound to ${requirement} any more`);
  };
  const all = [...faults, ...harmless];
  const known = new Set(all.map(({ id }) => id));
  const busy = new Set(faults.flatMap(({ killedBy }) => killedBy));
  return [
    ...all.flatMap(ofRow),
    ...present.faults.filter(({ id }) => !known.has(id)).map(({ id }) => `${id} is not recorded`),
    ...present.checks
      .filter(({ id }) => idleChecks?.includes(id) === false && !busy.has(id))
      .map(({ id }) => `${id} is not recorded`),
    ...present.controls
      .filter(({ id }) => !controls.some((row) => row.id === id))
      .map(({ id }) => `control ${id} is not recorded`),
    ...controls
      .filter(({ id }) => !present.controls.some((row) => row.id === id))
      .map(({ id }) => `control ${id} is recorded, and no fault is judged beside it any more`),
  ];
}

/** The controls that pass more checks than is recorded, or fewer. */
export function controlDifferences(record: Recorded, seen: readonly ControlRow[]): string[] {
  const recorded = new Map(record.controls.map((row) => [row.id, row.passed]));
  return seen
    .filter(({ id, passed }) => recorded.has(id) && recorded.get(id) !== passed)
    .map(
      ({ id, passed }) => `control ${id} is recorded with ${recorded.get(id)} verdicts, and has ${passed}`,
    );
}

/** What the id of a fault begins with that shows only where two calls meet. */
const RACE = 'server.race-';

/**
 * What a run, of all faults or of some, saw otherwise than it is recorded: what came of a fault, and who kills it. Who does
 * must be who is recorded, not one more nor one fewer, as what may be taken away unnoticed follows from it. Every run has one
 * seed (`SEED`). The order does not count, as checks that run beside each other end in any, nor does what a failure says,
 * which may hold a port or a time.
 *
 * @param drawing - ids of those that draw what they need to show, so that which checks see it is chance: edits of the graph.
 * That they are killed, or are no faults, is not.
 */
export function differences(
  { faults, harmless }: Recorded,
  seen: readonly Outcome[],
  drawing: ReadonlySet<string> = new Set(),
): string[] {
  const recorded = new Map([...faults, ...harmless].map((row) => [row.id, row]));
  return seen.flatMap(({ id, status, killedBy }) => {
    const known = recorded.get(id);
    if (known === undefined) return []; // that it is not recorded takes no run to see
    const became = known.status === status ? [] : [`${id} is recorded as ${known.status}, and is ${status}`];
    if (drawing.has(id)) return became;
    // Who meets a race is chance; none of several killers is the only one.
    if (id.startsWith(RACE) && known.killedBy.length > 1 && killedBy.length > 1) return became;
    const gone = known.killedBy.filter((name) => !killedBy.includes(name));
    const come = killedBy.filter((name) => !known.killedBy.includes(name));
    return [
      ...became,
      ...gone.map((name) => `${id} is recorded as killed by ${name}, which does not kill it`),
      ...come.map((name) => `${id} is killed by ${name} too, which is not recorded`),
    ];
  });
}
