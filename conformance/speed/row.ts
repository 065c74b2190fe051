/** What was measured: one of our numbers beside one of another's, taken in the same run. */

/** A row of the table, as `--json` writes it. */
export interface Row {
  /** What was measured. */
  readonly name: string;
  /** The median of ours. */
  readonly ours: number;
  /** The median of what it is held against. */
  readonly peer: number;
  /** What it is held against. */
  readonly peerName: string;
  /** Of both numbers. */
  readonly unit: string;
  /** Ours divided by the other. */
  readonly ratio: number;
}

export const row = (name: string, unit: string, ours: number, peerName: string, peer: number): Row => ({
  name,
  ours,
  peer,
  peerName,
  unit,
  ratio: ours / peer,
});

/** The rows as text, in columns. */
export function tableOf(rows: readonly Row[]): string {
  const lines = [
    ['', 'ours', 'other', '', 'ours / other', 'other'],
    ...rows.map(({ name, ours, peer, unit, ratio, peerName }) => [
      name,
      short(ours),
      short(peer),
      unit,
      short(ratio),
      peerName,
    ]),
  ];
  const widths = lines[0]?.map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0))) ?? [];
  const isNumber = (i: number): boolean => i === 1 || i === 2 || i === 4;
  const written = (cell: string, i: number): string =>
    isNumber(i) ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0);
  return lines.map((line) => `${line.map(written).join('  ').trimEnd()}\n`).join('');
}

/** Three digits that count. */
const short = (value: number): string => (value < 100 ? value.toPrecision(3) : value.toFixed(0));
