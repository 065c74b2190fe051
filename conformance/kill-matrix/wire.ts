/**
 * What a judge sees of the values of a graph: whether two mistakes, or a mistake and none, come to the same wherever one
 * looks. It is found by computing both with inputs on which everything shows, and reading them as their receiver does.
 */
import { createHash } from 'node:crypto';
import { createDerivation, readGiven, loadGraph, valueToHex } from '../../spec/index.ts';
import type { Derivation, Given, Inputs, Mistake, ProfileName, Value } from '../../spec/index.ts';
import { derivationOfServer, TOLD_BY_SERVER } from '../../spec/diagnose/server.ts';
import { quickPbkdf2 } from '../../spec/quick-pbkdf2.ts';
import { tellingInputs } from '../../spec/telling.ts';
import { keyPair } from '../../vectors/generate/keys.ts';
import type { Jwk } from '../../vectors/generate/rsa.ts';
import { SHOWN_BY_CLIENT } from '../faults/client-of-edit.ts';
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

/** Inputs of accounts that there can be: no address has white space within it. */
function inputsOf(profile: ProfileName, number: number): Inputs {
  const numbered = (label: string, length: number) => random(`${label} ${String(number)}`, length);
  const accounts = tellingAccounts(`.${String(number)}`);
  const { email, passphrase } = accounts[number % accounts.length] ?? {};
  const keys = keyPair(number % 2 === 0 ? 'jane' : 'bob');
  return { ...tellingInputs(numbered, keys), email, passphrase };
}

interface World {
  /** What a judge sees of it with a mistake, by value; `nothing` for one that cannot be computed. */
  seen(mistake?: Mistake): readonly string[];
}

const NOTHING = 'nothing';

/** What is looked at, each with the derivation that it is of, and how it is read. */
const view = (
  parts: readonly (readonly [Derivation, name: string, read: (value: Value) => string])[],
): World => ({
  seen: (mistake) =>
    parts.map(([derivation, name, read]) => {
      const value = derivation.value(name, mistake === undefined ? [] : [mistake]);
      return value === undefined ? NOTHING : read(value);
    }),
});

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

const AT_SIGNUP = [
  ...['email', 'passphrase', 'SLT_Auth_1', 'SLT_Auth_2', 'SLT_Enc', 'SYM_Account', 'PUB_Account'],
  ...['PRV_Account', 'encSymmetricKey.iv', 'encPrivateKey.iv'],
];
const AT_LOGIN = ['email', 'passphrase', 'SLT_Auth_1', 'SLT_Auth_2', 'a', 'srp.B'];
const IN_LOGIN = ['srp.A', 'srp.M1', 'srp.M2', 'session.id'];
const OF_GROUP = [...AT_SIGNUP, 'SYM_ResourceGroup', 'SYM_Link.seed'];
const OF_CONTENT = [...AT_SIGNUP, 'SYM_ResourceGroup', 'M_Resource', 'encContent.iv'];

/** What a client knows when it computes what it sends or compares. */
const KNOWS: readonly (readonly [name: string, knows: string[]])[] = SHOWN_BY_CLIENT.map((name) => [
  name,
  { SYM_Link: OF_GROUP, encContent: OF_CONTENT }[name] ?? (IN_LOGIN.includes(name) ? AT_LOGIN : AT_SIGNUP),
]);

/** A client meets any B; a server is told whatever a client sends. */
function worldOf(role: Role, profile: ProfileName, inputs: Inputs): World {
  const given = readGiven(loadGraph(profile), inputs);
  const right = createDerivation(profile, given, quickPbkdf2);
  const valueOf = (name: string): Value => right.value(name) ?? new Uint8Array();
  if (role === 'client') {
    const all: Given = { ...given, 'srp.B': valueOf('srp.B') };
    const derivations = new Map(
      [AT_SIGNUP, AT_LOGIN, OF_GROUP, OF_CONTENT].map((knows) => {
        const known = Object.entries(all).filter(([name]) => knows.includes(name));
        return [knows, createDerivation(profile, Object.fromEntries(known), quickPbkdf2)] as const;
      }),
    );
    return view(
      KNOWS.flatMap(([name, knows]) => {
        const derivation = derivations.get(knows);
        return derivation === undefined
          ? []
          : [[derivation, name, readerOf(profile, name, valueOf)] as const];
      }),
    );
  }
  const told = ['normalized.email', 'SLT_Auth_1', 'SLT_Auth_2', 'SRP_Verifier', 'srp.A', 'b'];
  const known = Object.fromEntries(told.map((name) => [name, valueOf(name)]));
  const derivation = derivationOfServer(profile, known);
  return view(TOLD_BY_SERVER.map((name) => [derivation, name, valueToHex]));
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

/** Why an edit is no fault: what was computed of it. Undefined where a judge can tell it from what is right. */
export function whyNoFault({ role, profile, mistake }: Edited): string | undefined {
  const names = role === 'client' ? SHOWN_BY_CLIENT : TOLD_BY_SERVER;
  // Where it needs a zero byte, in a world that has one.
  const seen = (world(role, profile, 0, mistake.zero) ?? world(role, profile, 0))?.seen(mistake);
  const missing = names.filter((_, i) => seen?.[i] === NOTHING);
  const [whose, does] =
    role === 'client' ? ['client', 'sends or compares'] : ['server', 'answers or compares'];
  if (missing.length > 0)
    return `a ${whose} cannot compute it: nothing is left of ${missing.join(', ')} with what it knows, or with keys and lengths that the operations take`;
  if (isSame(role, profile, mistake))
    return `in ${String(WORLDS)} accounts and logins all that a ${whose} ${does} is read as what is right is: ${names.join(', ')}`;
  return undefined;
}
