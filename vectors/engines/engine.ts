/** An engine computes values of the protocol by means of its own, to be held against the published ones. */
import type { ProfileName } from '../../spec/index.ts';
import type { Call } from '../generate/vector.ts';

/** What a vector publishes, as it stands in the file: hex for bytes, text for text, any value for JSON. */
export interface Published {
  /** Its id. */
  readonly id: string;
  /** What is asked: `derive`, to take or open something, or to log in. */
  readonly step: string;
  /** What is given. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Every derived value, as hex. */
  readonly values: Readonly<Record<string, string>>;
  /** The calls that carry the values, with the answers to them. */
  readonly exchange?: readonly Call[];
}

/** Values by the names of the derivation graph, as hex. */
export type Values = Readonly<Record<string, string>>;

/**
 * The values that an engine computes, or that it refuses what it is given; of a login also, that it sends something else
 * than the exchange says, or ends elsewhere. No values: it does not do this.
 */
export type Outcome =
  { readonly values: Values } | { readonly refusal: string } | { readonly departure: string };

/** Something that computes values. */
export interface Engine {
  /** Its name in the table. */
  readonly name: string;
  /** What it is made of. */
  readonly about: string;
  /** What it makes of a vector; it does not see whether the vector is valid. */
  outcome(profile: ProfileName, vector: Published): Promise<Outcome>;
  /** Ends what it has started. */
  close?(): void;
}

/** An engine that derives some values, each from its published operands. */
export const derivingEngine = (
  name: string,
  about: string,
  derive: (profile: ProfileName, found: Collected) => Promise<void>,
): Engine => ({
  name,
  about,
  async outcome(profile, vector) {
    const found = new Collected(vector);
    if (vector.step === 'derive') await derive(profile, found);
    return { values: found.values };
  },
});

/** Collects values that follow from what a vector publishes, each from its own operands. */
export class Collected {
  readonly values: Record<string, string> = {};
  readonly #known: ReadonlyMap<string, string>;

  constructor({ inputs, values }: Published) {
    const given = Object.entries(inputs).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    );
    this.#known = new Map([...Object.entries(values), ...given]);
  }

  /** Computes a value where all of its operands are published; a constant names itself. */
  async add(
    name: string,
    operands: readonly string[],
    compute: (...operands: readonly string[]) => string | Promise<string>,
  ): Promise<void> {
    const known = operands.map((operand) => this.#known.get(operand));
    if (!known.includes(undefined)) this.values[name] = await compute(...(known as string[]));
  }
}
