/**
 * What a judge sees of the values of a graph: whether two mistakes, or a mistake and none, come to the same wherever one
 * looks. It is found by computing both with inputs on which everything shows, and reading them as their receiver does.
 */
import { createHash } from 'node:crypto';
import { createDerivation, readGiven, loadGraph, valueToHex } from '../../spec/index.ts';
import type { Inputs, Mistake, ProfileName, Value } from '../../spec/index.ts';
import { derivationOfServer } from '../../spec/diagnose/server.ts';
import protocol from '../../spec/protocol.json' with { type: 'json' };
import { quickPbkdf2 } from '../../spec/quick-pbkdf2.ts';
import { tellingInputs } from '../../spec/telling.ts';
import { keyPair } from '../../vectors/generate/keys.ts';
import type { Jwk } from '../../vectors/generate/rsa.ts';
import { isMadeOn, lackingOn, OCCASIONS, shownBy, type Occasion } from '../faults/knowledge.ts';
import { tellingAccounts } from '../inputs.ts';
import { linkAsRead, messageAsRead } from './as-read.ts';
import type { Edited } from './edits.ts';
import type { Role } from '../verdict.ts';

/** In so many accounts and logins two mistakes are held against each other: every second number has a high bit. */
const WORLDS = 32;
/** One value in 256 begins with a zero byte: so many logins in which the one that a mistake needs does. */
const ZERO_WORLDS = 2;
/** So many inputs are drawn for that. */
const DRAWS = 4000;

const random = (label: string, length: number): Uint8Array =>
  Uint8Array.from(createHash('shake256', { outputLength: length }).update(`${label} of a world`).digest());

/** What users type: now and then an address with white space within it, of which no account can be made. */
function inputsOf(profile: ProfileName, number: number): Inputs {
  const numbered = (label: string, length: number) => random(`${label} ${String(number)}`, length);
  const accounts = tellingAccounts(`.${String(number)}`);
  const { email, passphrase } = accounts[number % accounts.length] ?? {};
  const keys = keyPair(number % 2 === 0 ? 'jane' : 'bob');
  const typed = number % 4 === 1 ? email?.replace('@', ' x@') : email;
  return { ...tellingInputs(numbered, keys), email: typed, passphrase };
}

interface World {
  /** What a judge sees of it with a mistake, by occasion and value; `nothing` for one that the operations do not yield. */
  seen(mistake?: Mistake): readonly string[];
}

const NOTHING = 'nothing';

/** A value that is looked at, on the occasion of its computation. */
interface Part {
  readonly occasion: Occasion;
  readonly name: string;
}

const partsOf = (role: Role): Part[] =>
  OCCASIONS[role].flatMap((occasion) => occasion.shows.map((name) => ({ occasion, name })));

/** How what a client sends is read, with the keys that it should be under. */
function readerOf(
  profile: ProfileName,
  name: string,
  valueOf: (name: string) => Value,
): (value: Value) => string {
  const key = {
    encSymmetricKey: 'SEC_PWD_Enc',
    encPrivateKey: 'SYM_Account',
    encContent: 'SYM_ResourceGroup',
  }[name];
  if (key !== undefined)
    return (message) => messageAsRead(profile, valueOf(key) as Uint8Array, message as string);
  if (name !== 'SYM_Link') return valueToHex;
  const { json } = valueOf('PRV_Account') as { readonly json: unknown };
  return (link) => linkAsRead(profile, json as Jwk, link as Uint8Array);
}

/** A client meets any B; a server is told whatever a client sends. */
function worldOf(role: Role, profile: ProfileName, inputs: Inputs): World {
  const given = readGiven(loadGraph(profile), inputs);
  const right = createDerivation(profile, given, quickPbkdf2);
  const valueOf = (name: string): Value => right.value(name) ?? new Uint8Array();
  const derivations = new Map(
    OCCASIONS[role].map((occasion) => {
      const known = Object.fromEntries(occasion.knows.map((name) => [name, valueOf(name)]));
      const derivation =
        role === 'client'
          ? createDerivation(profile, known, quickPbkdf2)
          : derivationOfServer(profile, { ...known, email: valueOf('normalized.email') });
      return [occasion, derivation] as const;
    }),
  );
  return {
    seen: (mistake) =>
      partsOf(role).map(({ occasion, name }) => {
        // What is not known cannot be taken: there the value is right.
        const isMade = mistake !== undefined && lackingOn(occasion, profile, mistake, name).length === 0;
        const value = derivations.get(occasion)?.value(name, isMade ? [mistake] : []);
        if (value === undefined) return NOTHING;
        return role === 'client' ? readerOf(profile, name, valueOf)(value) : valueToHex(value);
      }),
  };
}

const worlds = new Map<string, World>();

/** Made when it is first asked for: most mistakes are told in the first one. */
function world(role: Role, profile: ProfileName, number: number, zero?: string): World | undefined {
  const key = [role, profile, number, zero].join(' ');
  if (worlds.has(key)) return worlds.get(key);
  const inputs = zero === undefined ? inputsOf(profile, number) : inputsWithZero(profile, number, zero);
  const made = inputs && worldOf(role, profile, inputs);
  if (made !== undefined) worlds.set(key, made);
  return made;
}

/** Inputs in which a value begins with a zero byte; undefined where none are found, as for text. */
function inputsWithZero(profile: ProfileName, number: number, zero: string): Inputs | undefined {
  const graph = loadGraph(profile);
  for (let i = 0; i < DRAWS; i++) {
    const inputs = inputsOf(profile, (number + 1) * DRAWS + i);
    const value = createDerivation(profile, readGiven(graph, inputs), quickPbkdf2).value(zero);
    if (value instanceof Uint8Array && value[0] === 0) return inputs;
  }
  return undefined;
}

/** The world in which a mistake shows, where it says which that is. */
const worldOfMistake = (role: Role, profile: ProfileName, { inputs }: Mistake): World[] =>
  inputs === undefined ? [] : [worldOf(role, profile, { ...inputsOf(profile, 0), ...inputs })];

/** Whether two mistakes, or one and none, are one to a judge. */
export function isSame(role: Role, profile: ProfileName, one: Mistake, other?: Mistake): boolean {
  // Of what could not be looked at, nobody can say that it is the same.
  const isSameIn = (found: World | undefined): boolean =>
    found !== undefined && found.seen(one).join() === found.seen(other).join();
  const both = [one, ...(other === undefined ? [] : [other])];
  const zeros = new Set(both.flatMap(({ zero }) => (zero === undefined ? [] : [zero])));
  const numbers = (count: number): number[] => Array.from({ length: count }, (_, number) => number);
  // Where one of them shows only with certain inputs or with a zero byte, it is looked for there first.
  return (
    both.every((mistake) => worldOfMistake(role, profile, mistake).every(isSameIn)) &&
    [...zeros].every((zero) =>
      numbers(ZERO_WORLDS).every((number) => isSameIn(world(role, profile, number, zero))),
    ) &&
    numbers(WORLDS).every((number) => isSameIn(world(role, profile, number)))
  );
}

const N = BigInt(`0x${protocol.constants.N.value}`);
const ELEMENT: Readonly<Record<Role, string>> = { client: 'srp.A', server: 'srp.B' };

/** Whether hex is that of a group element that the other side takes. */
const isTaken = (hex: string): boolean => /^[0-9a-f]+$/.test(hex) && BigInt(`0x${hex}`) < N;

/**
 * Whether an edit shows by chance: with a zero byte in front or with certain inputs, or in some accounts and logins alone, as
 * with a high bit. It also does where A or B is too large in some of them: who is refused there proves nothing any more.
 */
export function isChance({ role, profile, mistake }: Edited): boolean {
  if (mistake.zero !== undefined || mistake.inputs !== undefined) return true;
  const element = partsOf(role).findIndex(({ name }) => name === ELEMENT[role]);
  const outcomes = Array.from({ length: WORLDS }, (_, number) => {
    const found = world(role, profile, number);
    const seen = found?.seen(mistake) ?? [];
    return `${seen.join() === found?.seen().join()} ${isTaken(seen[element] ?? '')}`;
  });
  return new Set(outcomes).size > 1;
}

/** Why an edit that no check notices is none that one should. */
export interface Excuse {
  readonly status: 'no fault' | 'cannot be built';
  /** What was computed of it. */
  readonly why: string;
}

/**
 * The excuse of an edit: a judge cannot tell it from what is right, in any place, or whoever would make it lacks what it
 * takes whenever it computes the value. Undefined where it shows; what the operations do not yield, such as a message under
 * a key of another length, shows.
 */
export function excuseOf({ role, profile, mistake }: Edited): Excuse | undefined {
  const isMade = OCCASIONS[role].some((occasion) => isMadeOn(occasion, profile, mistake));
  if (!isMade) return { status: 'cannot be built', why: whatItLacks(role, profile, mistake) };
  if (!isSame(role, profile, mistake)) return undefined;
  const does = role === 'client' ? 'sends or compares' : 'answers or compares';
  const read = `in ${String(WORLDS)} accounts and logins all that a ${role} ${does} is read as what is right is`;
  return { status: 'no fault', why: `${read}: ${shownBy(role).join(', ')}` };
}

/** Why nobody can make a mistake: what it takes is never known, or not yet on any occasion of the value. */
function whatItLacks(role: Role, profile: ProfileName, mistake: Mistake): string {
  const lacks = partsOf(role)
    .map(({ occasion, name }) => ({ occasion, name, missing: lackingOn(occasion, profile, mistake, name) }))
    .filter(({ missing }) => missing.length > 0);
  const missing = [...new Set(lacks.flatMap((one) => one.missing))].sort();
  const known = new Set(OCCASIONS[role].flatMap(({ knows }) => knows));
  const never = missing.filter((name) => !known.has(name));
  if (never.length > 0) return `in no call of the protocol does a ${role} know ${never.join(', ')}`;
  const names = [...new Set(lacks.map(({ name }) => name))].join(', ');
  const occasions = [...new Set(lacks.map(({ occasion }) => occasion.when))].join(', ');
  return `a ${role} computes ${names} ${occasions} alone, and the account has no ${missing.join(', ')} by then`;
}
