/**
 * A login with a mistaken server: what the server computes, and the same as whoever logs in to it can compute. A client
 * knows a and x where the server knows b, and so the S of the server is a power of g^b, which B gives away (5.3, 5.4).
 */
import type { Given } from '../evaluate.ts';
import type { Argument, Call, Expression, ProfileName } from '../graph.ts';
import { rightGraph } from '../mistaken/graph.ts';
import type { Mistake } from '../mutate.ts';
import { references } from '../operators.ts';
import { createDerivation, type Derivation } from './derivation.ts';

/** What a server computes for others to see, by name. */
export const TOLD_BY_SERVER = ['srp.B', 'srp.M1', 'srp.M2', 'session.id'] as const;

/** What a server is told, and does not compute: mistakes in it are those of clients. */
const TOLD_TO_SERVER = ['SLT_Auth_1', 'SLT_Auth_2', 'SRP_Verifier', 'srp.A'];

/** The S of a server stands where the formulas say S. */
export const AT_SERVER = { 'srp.S': 'srp.S_server' };

/**
 * The values of a login as a server computes them.
 *
 * @param given - `normalized.email`, `SLT_Auth_2`, `SRP_Verifier` and b, and `srp.A` where it came
 */
export const derivationOfServer = (profile: ProfileName, given: Given): Derivation =>
  createDerivation(profile, { ...emailAsTold(given), ...given }, new Map(), AT_SERVER);

/** A server is told the address in its normal form, so that this is what was typed as far as it knows. */
const emailAsTold = (given: Given): Given =>
  given['normalized.email'] === undefined ? {} : { email: given['normalized.email'] };

/** Whether a mistake has a part in something that a server computes for others to see. */
export function isMadeByServers(profile: ProfileName, mistake: Mistake): boolean {
  const told = Object.fromEntries(TOLD_TO_SERVER.map((name) => [name, new Uint8Array()]));
  const derivation = derivationOfServer(profile, { ...told, 'normalized.email': '' });
  return TOLD_BY_SERVER.some((name) => derivation.touches(mistake, name));
}

/**
 * The values of a login as a server with a mistake computes them, from what the client knows.
 *
 * @param given - what a server is told, `srp.B` as it came, a, and `srp.x` as bytes
 */
export function derivationAtClient(profile: ProfileName, given: Given): Derivation {
  const derivation = createDerivation(profile, { ...emailAsTold(given), ...given }, new Map(), AT_SERVER);
  const seen = (mistakes: readonly Mistake[]): Mistake[] =>
    mistakes.map((mistake) => asSeen(profile, mistake));
  return {
    ...derivation,
    value: (name, mistakes = []) =>
      derivation.value(name, mistakes.length === 0 ? [asSeen(profile, NONE)] : seen(mistakes)),
  };
}

const NONE: Mistake = {
  id: 'none',
  kind: 'named',
  title: 'no mistake',
  hint: '',
  section: '5.4',
  requirement: 'SRP-25',
  seen: [],
  nodes: new Map(),
};

/** A mistake with the S that it leads to written in terms of a, x and B; without one where that cannot be. */
function asSeen(profile: ProfileName, mistake: Mistake): Mistake {
  const known = views.get(mistake)?.get(profile);
  if (known !== undefined) return known;
  const { nodes } = rightGraph(profile);
  const formula = (name: string): Expression => mistake.nodes.get(name) ?? nodes.get(name)?.value ?? name;
  const [S, powerOfB] = [formula('srp.S_server'), powerIn(formula('srp.B'))];
  const seen = powerOfB === undefined ? undefined : (withPower(S, powerOfB) as Expression);
  const isKnown = seen !== undefined && !references(seen).includes('b');
  const view = { ...mistake, nodes: new Map([...mistake.nodes, ['srp.S_server', isKnown ? seen : 'b']]) };
  views.set(mistake, (views.get(mistake) ?? new Map<ProfileName, Mistake>()).set(profile, view));
  return view;
}
const views = new WeakMap<Mistake, Map<ProfileName, Mistake>>();

const integer = (of: Expression): Call => ({ op: 'integer', of });
const isCall = (value: unknown): value is Call =>
  typeof value === 'object' && value !== null && 'op' in value;

/** g^b, or the like: a power whose exponent is b. */
const isPowerOfB = (value: unknown): value is Call & { base: Expression; modulus: Expression } =>
  isCall(value) && value.op === 'mod-exp' && isIntegerOf(value['exponent'], 'b');
const isIntegerOf = (value: unknown, name: string): boolean =>
  isCall(value) && value.op === 'integer' && value['of'] === name;

/** g^b in terms of B: B less what is added to it. Undefined where B is no such sum. */
function powerIn(B: Expression): Expression | undefined {
  if (!isCall(B)) return undefined;
  if (isPowerOfB(B)) return integer('srp.B');
  if (B.op !== 'mod-add' && B.op !== 'add') return powerIn(B['of'] as Expression);
  const terms = B['of'] as readonly Expression[];
  const power = terms.find(isPowerOfB);
  const other = terms.find((term) => term !== power);
  if (power === undefined || other === undefined || terms.length !== 2) return undefined;
  return { op: 'mod-sub', of: [integer('srp.B'), other], modulus: power.modulus };
}

/** An expression with g^b, raised to the logarithm of what was raised to b, for every power of that; b stays where it is not known. */
function withPower(value: Argument, powerOfB: Expression): Argument {
  if (isPowerOfB(value)) {
    const exponent = logarithm(value.base) ?? integer('b');
    return { op: 'mod-exp', base: powerOfB, exponent, modulus: value.modulus };
  }
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: Argument) => withPower(item, powerOfB));
  const entries: [string, Argument][] = Object.entries(value);
  return Object.fromEntries(entries.map(([name, inner]) => [name, withPower(inner, powerOfB)]));
}

/** What g is raised to for a product of powers of A and v. */
function logarithm(base: Expression): Expression | undefined {
  if (isIntegerOf(base, 'srp.A')) return integer('a');
  if (isIntegerOf(base, 'SRP_Verifier')) return integer('srp.x');
  if (!isCall(base)) return undefined;
  if (base.op === 'mod-exp') {
    const inner = logarithm(base['base'] as Expression);
    return inner && { op: 'mul', of: [inner, base['exponent'] as Expression] };
  }
  if (base.op !== 'mod-mul') return undefined;
  const factors = (base['of'] as readonly Expression[]).map(logarithm);
  return factors.every((factor) => factor !== undefined) ? { op: 'add', of: factors } : undefined;
}
