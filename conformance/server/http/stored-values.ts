/** What a server was given to keep in a run, and whether a text holds some of it (3.5, 10.1). */
import { httpCallOf } from '../../../spec/calls.ts';
import { jsonOf, type Exchange } from '../../peer/exchange.ts';
import { isSuccess } from '../bench/bench.ts';
import type { RunAnswer } from './run-answers.ts';

/** One value, and what it is. */
export interface StoredValue {
  /** The call and the member that it came in: `verifier of POST /auth/signup`. */
  readonly what: string;
  readonly value: string;
}

/** Shorter values, such as a name, stand in a text by chance. */
const SHORTEST = 20;

/** Longer ones are no part of any error. */
const LONGEST = 20_000;

/** The texts in every body that was taken by a call which stores, and the sessions that were live. */
export function storedValues(answers: readonly RunAnswer[]): readonly StoredValue[] {
  const found = new Map<string, string>();
  for (const { exchange, target } of answers) {
    if (!isSuccess(exchange)) continue;
    const call = httpCallOf(exchange.method, target);
    const session = exchange.requestHeaders['x-session-id'];
    if (session !== undefined && call?.session === true) found.set(session, 'the id of a session');
    if (call === undefined || !STORING.includes(call.id)) continue;
    for (const { name, text } of textsIn(jsonOf(exchange.requestBody)))
      if (text.length >= SHORTEST && text.length <= LONGEST)
        found.set(text, `${name} of ${call.method} ${call.path}`);
  }
  return [...found].map(([value, what]) => ({ what, value }));
}

const STORING = ['signup', 'changePassword', 'createResourceGroup', 'shareB', 'push'];

/** The verifiers among them, but for those that are little numbers: their digits stand anywhere. */
export const verifiersOf = (stored: readonly StoredValue[]): readonly string[] =>
  stored
    .filter(({ what, value }) => /^\/(?:newV|v)erifier of/.test(what) && !value.startsWith(ZEROS))
    .map(({ value }) => value);

/** Sixteen zero bytes. */
const ZEROS = '00'.repeat(16);

/** Every text in a JSON value, with the JSON pointer to it. */
export function textsIn(
  value: unknown,
  at = '',
): readonly { readonly name: string; readonly text: string }[] {
  if (typeof value === 'string') return [{ name: at, text: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, held]) => [
    ...(Array.isArray(value) ? [] : [{ name: `${at}/${name}`, text: name }]),
    ...textsIn(held, `${at}/${name}`),
  ]);
}

/** A text and all texts of the JSON that it holds, to be looked through as one. */
export const readable = (text: string): string =>
  [text, ...textsIn(jsonOf(text)).map((held) => held.text)].join('\n');

/** Everything that a request says itself, as it stands and normalised (4.1): an error may repeat it. */
export function saidBy({ target, requestBody, requestHeaders }: Exchange): string {
  const said = [readable(requestBody), target, ...Object.values(requestHeaders)].join('\n');
  return [said, said.normalize('NFKC').toLowerCase(), decoded(target)].join('\n');
}

function decoded(target: string): string {
  try {
    return decodeURIComponent(target);
  } catch {
    return target;
  }
}

/** A way to write the bytes of a verifier: what stands for digits, and how few of them may be one. */
interface Notation {
  readonly run: RegExp;
  readonly least: number;
  /** A run as the verifiers are written, so that the two can be compared. */
  readonly normal: (run: string) => string;
  /** A verifier (hex) in this notation. */
  readonly write: (hex: string) => string;
}

/** Digits of 256 bytes that begin with fewer than sixteen zero bytes. */
const NOTATIONS: readonly Notation[] = [
  {
    run: /[0-9a-f]+/gi,
    least: 480,
    normal: (run) => run.toLowerCase().replace(/^0+/, ''),
    write: (hex) => hex.replace(/^0+/, ''),
  },
  {
    run: /[\w+/-]+/g,
    least: 342,
    normal: (run) => run.replaceAll('+', '-').replaceAll('/', '_'),
    write: (hex) => Buffer.from(hex, 'hex').toString('base64url'),
  },
  {
    run: /\d+/g,
    least: 570,
    normal: (run) => run,
    write: (hex) => String(BigInt(`0x${hex}`)),
  },
];

/** What may hold a verifier, in any notation: as long as the shortest of them, which is that of base64. */
const LONG_RUN = /(?<![\w+/-])[\w+/-]{342,}/g;

/** Whether a text is long enough to hold a verifier. */
export const mayHoldVerifier = ({ length }: string): boolean => length >= 342;

/** So many digits, and the verifiers that begin with them are few. */
const BEGINNING = 16;

/**
 * Whether a text holds one of the verifiers (256 bytes as hex), in hex, base64, base64url or decimal, alone or inside a
 * longer run. Answers repeat what is stored: a run is looked through once.
 */
export function createVerifierFinder(verifiers: readonly string[]): (text: string) => boolean {
  const finders = NOTATIONS.map((notation) => createRunFinder(notation, verifiers));
  const known = new Map<string, boolean>();
  return (text) =>
    (text.match(LONG_RUN) ?? []).some((run) => {
      const holds = known.get(run) ?? finders.some((finds) => finds(run));
      known.set(run, holds);
      return holds;
    });
}

/** The same in one notation. */
function createRunFinder(
  { run, least, normal, write }: Notation,
  verifiers: readonly string[],
): (text: string) => boolean {
  const beginning = new Map<string, string[]>();
  for (const written of new Set(verifiers.map(write))) {
    const start = written.slice(0, BEGINNING);
    beginning.set(start, [...(beginning.get(start) ?? []), written]);
  }
  const isFound = (digits: string): boolean => {
    for (let at = 0; at + least <= digits.length; at++)
      if (beginning.get(digits.slice(at, at + BEGINNING))?.some((one) => digits.startsWith(one, at)))
        return true;
    return false;
  };
  return (text) => (text.match(run) ?? []).some((found) => isFound(normal(found)));
}
