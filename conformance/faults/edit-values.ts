/** The values of a client that makes a mistake of the derivation graph, computed from what it knows (chapters 4 to 6). */
import {
  createDerivation,
  loadGraph,
  readGiven,
  valueToHex,
  type Derivation,
  type Mistake,
  type Pbkdf2Cache,
  type ProfileName,
} from '../../spec/index.ts';
import { lacking } from './lacking.ts';

/** What a client knows when it computes values, in the form of `readGiven`. */
export type Known = Readonly<Record<string, unknown>>;

/** Values, computed with the mistake. */
export interface Values {
  /** Bytes as hex. @throws Error where the mistake leaves nothing to compute */
  hex(name: string): string;
  text(name: string): string;
}

export interface EditedValues {
  /** What follows from what is known. What the mistake would take and is not known, it cannot take: there the value is right. */
  of(known: Known): Values;
  /** The right values that follow. */
  right(known: Known): Values;
  /** What was drawn so that the mistake makes a difference to one of these values, if it can to any. */
  drawn(names: readonly string[], draw: () => Known): { known: Known; values: Values };
}

/** One value in 256 begins with a zero byte; so often inputs are drawn until the mistake shows. */
const DRAWS = 4000;

/**
 * @param cache - results of PBKDF2
 * @param isRight - whether what the mistake needs is drawn, and the values are right all the same
 */
export function editedValues(
  profile: ProfileName,
  edit: Mistake,
  cache: Pbkdf2Cache,
  isRight = false,
): EditedValues {
  const graph = loadGraph(profile);
  const derive = (known: Known): Derivation => createDerivation(profile, readGiven(graph, known), cache);

  const valuesIn = (derivation: Derivation, mistakesIn: (name: string) => readonly Mistake[]): Values => {
    const hex = (name: string): string => {
      const found = derivation.value(name, mistakesIn(name));
      if (found === undefined) throw new Error(`${edit.id} leaves nothing of ${name}`);
      return valueToHex(found);
    };
    return { hex, text: (name) => Buffer.from(hex(name), 'hex').toString() };
  };
  const valuesOf = (derivation: Derivation, known: Known): Values =>
    valuesIn(derivation, (name) =>
      isRight || lacking(profile, name, edit, (other) => Object.hasOwn(known, other)).length > 0
        ? []
        : [edit],
    );

  const shows = (derivation: Derivation, names: readonly string[]): boolean => {
    const value = (name: string, mistakes: readonly Mistake[]): string => {
      const found = derivation.value(name, mistakes);
      return found === undefined ? '' : valueToHex(found);
    };
    const shown = names.filter((name) => name === edit.zero || derivation.touches(edit, name));
    if (shown.length === 0 || edit.zero === undefined) return true;
    if (shown.some((name) => value(name, [edit]) !== value(name, []))) return true;
    return names.includes(edit.zero) && value(edit.zero, []).startsWith('00');
  };

  return {
    of: (known) => valuesOf(derive(known), known),
    right: (known) => valuesIn(derive(known), () => []),
    drawn(names, draw) {
      let known = draw();
      let derivation = derive(known);
      for (let i = 0; i < DRAWS && !shows(derivation, names); i++) {
        known = draw();
        derivation = derive(known);
      }
      return { known, values: valuesOf(derivation, known) };
    },
  };
}
