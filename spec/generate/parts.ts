/** Every generated part of the chapters, by the name of its marker. */
import type { SpecData } from './data.ts';
import { graph } from './diagrams.ts';
import { exampleTexts } from './examples-texts.ts';
import { formulas } from './formulas.ts';
import { hierarchy } from './hierarchy.ts';
import { sequences } from './sequences.ts';
import { symbols } from './symbols.ts';
import { constants, errorCodes, keys, operators, profiles, stages } from './tables.ts';

const single: Readonly<Record<string, (data: SpecData) => string>> = {
  symbols,
  operators,
  keys,
  hierarchy,
  constants,
  graph,
  profiles,
  'error-codes': errorCodes,
  stages,
};
const several: Readonly<Record<string, (data: SpecData) => ReadonlyMap<string, string>>> = {
  formulas,
  sequence: sequences,
  example: exampleTexts,
};

/** Name of the marker → what stands between it and its end. */
export function generatedParts(data: SpecData): ReadonlyMap<string, string> {
  return new Map([
    ...Object.entries(single).map(([name, part]) => [name, part(data)] as const),
    ...Object.entries(several).flatMap(([name, parts]) =>
      [...parts(data)].map(([which, part]) => [`${name} ${which}`, part] as const),
    ),
  ]);
}
