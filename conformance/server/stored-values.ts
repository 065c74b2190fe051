/** What a server was given to keep in a run, and whether a text holds some of it (3.5, 10.1). */
import { httpCallOf } from '../../spec/calls.ts';
import { jsonOf, type Exchange } from '../peer/exchange.ts';
import { isSuccess } from './bench.ts';
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
    if (session !== undefined) found.set(session, 'the id of a session');
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

/** Whether a text holds one of the verifiers (256 bytes as hex), in hex, base64, base64url or decimal. */
export function createVerifierFinder(verifiers: readonly string[]): (text: string) => boolean {
  const bare = new Set(verifiers.map((hex) => hex.replace(/^0+/, '')));
  const base64 = new Set(verifiers.map((hex) => Buffer.from(hex, 'hex').toString('base64url')));
  const decimal = new Set(verifiers.map((hex) => String(BigInt(`0x${hex}`))));
  const has = (all: ReadonlySet<string>, run: string): boolean =>
    all.has(run) || [...all].some((one) => run.length > one.length && run.includes(one));
  return (text) =>
    (text.match(HEX) ?? []).some((run) => has(bare, run.toLowerCase().replace(/^0+/, ''))) ||
    (text.match(BASE64) ?? []).some((run) =>
      has(base64, run.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')),
    ) ||
    (text.match(DECIMAL) ?? []).some((run) => decimal.has(run));
}

/** Digits of 256 bytes that begin with fewer than sixteen zero bytes. */
const HEX = /[0-9a-f]{480,}/gi;
const BASE64 = /[\w+/-]{342,}={0,2}/g;
const DECIMAL = /\d{570,}/g;
