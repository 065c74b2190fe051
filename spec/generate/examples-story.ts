/**
 * `story.json`: what the people of the examples typed, drew and named. Everything else in the examples is computed from
 * it.
 */
import type { SpecData } from './data.ts';

/** Inputs of the derivation graph by name, as `derive-input.schema.json` says. */
export type GivenSource = Readonly<Record<string, unknown>>;

/** Somebody who has an account. */
export interface Person {
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly created: string;
  readonly given: GivenSource;
}

/** `story.json`. */
export interface Story {
  readonly jane: Person;
  readonly bob: Person;
  readonly login: { readonly sessionStarterId: string; readonly given: GivenSource };
  /** What is other after the change of passphrase; the salts only where the profile draws new ones. */
  readonly change: { readonly code: string; readonly email: string; readonly given: GivenSource };
  readonly group: {
    readonly id: string;
    readonly parentResourceId: string;
    readonly name: string;
    readonly created: string;
    readonly given: GivenSource;
    readonly links: { readonly jane: GivenSource; readonly bob: GivenSource };
  };
  /** A second group for the same document (8.10). */
  readonly duplicate: { readonly id: string };
  readonly team: { readonly id: string; readonly name: string };
  readonly resource: {
    readonly id: string;
    readonly name: string;
    readonly type: string;
    readonly version: string;
    readonly lastEdited: number;
    readonly given: GivenSource;
  };
  readonly adapter: {
    readonly server: string;
    readonly session: string;
    readonly describe: object;
    readonly errors: Readonly<Record<string, object>>;
  };
  /** Code of 10.2 → what a server says. */
  readonly errors: Readonly<Record<string, Refusal>>;
}

/** An error body in words, without its code. */
export interface Refusal {
  readonly summary: string;
  readonly message: string;
  readonly field?: string;
}

/**
 * @throws Error in words where the story is not of this protocol in what the graph does not see: the size and exponent
 * of the RSA keys, and the list of error codes
 */
export function checkStory({ story, protocol, errors }: SpecData): void {
  const bits = protocol.constants['RSA_MODULUS_BITS']?.value;
  const exponent = protocol.constants['RSA_EXPONENT']?.value;
  for (const name of ['jane', 'bob'] as const)
    for (const key of ['PUB_Account', 'PRV_Account']) {
      const { n, e } = story[name].given[key] as Readonly<Record<string, string>>;
      if (integer(n).toString(2).length !== bits || integer(e) !== BigInt(exponent ?? 0))
        throw new Error(
          `story.json: ${key} of ${name} is no key of ${bits ?? 0} bits with e = ${exponent ?? 0}`,
        );
    }
  const codes = Object.keys(errors.codes).sort().join(', ');
  if (Object.keys(story.errors).sort().join(', ') !== codes)
    throw new Error(`story.json: the errors are not those of errors.json: ${codes}`);
}

const integer = (base64url = ''): bigint =>
  BigInt(`0x0${Buffer.from(base64url, 'base64url').toString('hex')}`);
