/**
 * A login with a mistaken client: the same as whoever logs it in can compute. The server does not know a, but A = g^a; it
 * chooses B so that the base of the client's S is g^b, and then S is a product of powers of A and g (5.3, 5.4).
 */
import type { Given, Pbkdf2Cache } from '../evaluate.ts';
import type { Argument, Call, Expression, ProfileName } from '../graph.ts';
import { rightGraph } from '../mistaken/graph.ts';
import type { Mistake } from '../mutate.ts';
import { references } from '../operators.ts';
import { createDerivation } from './derivation.ts';

/** What is known of a login: what was typed, the salts, b, and `srp.A` and `srp.B` as they crossed the wire. */
export interface LoginSeen {
  /** A value as a client with a mistake has it; undefined where it cannot be known. */
  value(name: string, mistake: Mistake): Uint8Array | undefined;
  /** The B with which the base of S would be g^b under a mistake, 256 bytes; undefined where there is none. */
  B(mistake: Mistake): Uint8Array | undefined;
  /** The B of an honest server, 256 bytes. */
  readonly honestB: Uint8Array | undefined;
  /** Whether a mistake has a part in a value, and no run of PBKDF2 is needed to know it. */
  isQuick(mistake: Mistake, name: string): boolean;
}

/** @param given - as of `LoginSeen` */
export function loginSeen(profile: ProfileName, given: Given, cache: Pbkdf2Cache): LoginSeen {
  const derivation = createDerivation(profile, given, cache);
  const { 'srp.B': _, ...beforeB } = given;
  const choosing = createDerivation(profile, beforeB, cache);
  const bytesOf = (value: unknown) => (value instanceof Uint8Array ? value : undefined);
  return {
    value: (name, mistake) => bytesOf(derivation.value(name, [asSeen(profile, mistake)])),
    B: (mistake) => bytesOf(choosing.value('srp.B', [withB(profile, mistake)])),
    honestB: bytesOf(choosing.value('srp.B')),
    isQuick: (mistake, name) => derivation.touches(mistake, name) && !derivation.isSlow(mistake, name),
  };
}

const formula = (profile: ProfileName, mistake: Mistake, name: string): Expression =>
  mistake.nodes.get(name) ?? rightGraph(profile).nodes.get(name)?.value ?? name;

/** A mistake with the S that it leads to written in terms of A and b, where its base is g^b. */
function asSeen(profile: ProfileName, mistake: Mistake): Mistake {
  const S = formula(profile, mistake, 'srp.S');
  const g = powersIn(formula(profile, mistake, 'srp.A'))[0]?.base;
  const seen = g === undefined ? S : (withoutA(S, g) as Expression);
  return { ...mistake, id: `${mistake.id} as seen`, nodes: new Map([...mistake.nodes, ['srp.S', seen]]) };
}

/** A mistake with the B that gives the base of S the value g^b. */
function withB(profile: ProfileName, mistake: Mistake): Mistake {
  const [power] = powersIn(formula(profile, mistake, 'srp.S')).filter(({ exponent }) => isOfA(exponent));
  const g = powersIn(formula(profile, mistake, 'srp.A'))[0]?.base;
  const B =
    power && g && solved(power, { op: 'mod-exp', base: g, exponent: B_SECRET, modulus: power.modulus });
  const nodes = new Map(mistake.nodes);
  if (B === undefined)
    nodes.set('srp.B', 'b'); // has not the length of a B
  else nodes.set('srp.B', { op: 'pad', of: B, length: GROUP_BYTES });
  return { ...mistake, id: `${mistake.id} B`, nodes };
}

const GROUP_BYTES = 256;
const integer = (of: Expression): Call => ({ op: 'integer', of });
const number = (hex: string): Call => integer({ op: 'bytes', hex });
const B_SECRET = integer('b');
const isOfA = (expression: Expression): boolean => references(expression).includes('a');

type Power = Call & { base: Expression; exponent: Expression; modulus: Expression };
const isCall = (value: unknown): value is Call =>
  typeof value === 'object' && value !== null && 'op' in value;
const isPower = (value: unknown): value is Power => isCall(value) && value.op === 'mod-exp';

/** The powers in an expression, outer ones first. */
function powersIn(value: Argument): Power[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values<Argument>(value).flatMap(powersIn);
  return isPower(value) ? [value, ...inner] : inner;
}

/** B from what the base of S is to be: B less something, the distance between both, or B itself. */
function solved({ base, modulus }: Power, wanted: Expression): Expression | undefined {
  if (!isCall(base)) return undefined;
  if (JSON.stringify(base) === JSON.stringify(integer('srp.B'))) return wanted;
  const [B, other] = Array.isArray(base['of']) ? (base['of'] as Expression[]) : [];
  if (other === undefined || JSON.stringify(B) !== JSON.stringify(integer('srp.B'))) return undefined;
  if (base.op === 'mod-sub') return { op: 'mod-add', of: [other, wanted], modulus };
  return base.op === 'distance' ? { op: 'mod-sub', of: [other, wanted], modulus } : undefined;
}

/** An expression in which every power with a in its exponent is one of A and g: (g^b)^(m·a + n) = A^(b·m) · g^(b·n). */
function withoutA(value: Argument, g: Expression): Argument {
  if (isPower(value) && isOfA(value.exponent)) {
    const { ofA, rest } = linear(value.exponent);
    const { modulus } = value;
    const power = (base: Expression, exponent: Expression): Expression => ({
      ...{ op: 'mod-exp', base, modulus },
      exponent: { op: 'mul', of: [B_SECRET, exponent] },
    });
    return { op: 'mod-mul', of: [power(integer('srp.A'), ofA), power(g, rest)], modulus };
  }
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: Argument) => withoutA(item, g));
  const entries: [string, Argument][] = Object.entries(value);
  return Object.fromEntries(entries.map(([name, inner]) => [name, withoutA(inner, g)]));
}

interface Linear {
  readonly ofA: Expression;
  readonly rest: Expression;
}

/** An exponent as m·a + n. One that is reduced once modulo N is less by N: the power is one of -N, or of N - 2 (Fermat). */
function linear(exponent: Expression): Linear {
  if (!isOfA(exponent)) return { ofA: number('00'), rest: exponent };
  if (!isCall(exponent) || exponent.op === 'integer') return { ofA: number('01'), rest: number('00') };
  const parts = exponent['of'] as readonly [Expression, Expression];
  const [one, other] = [linear(parts[0]), linear(parts[1])];
  if (exponent.op === 'mul') {
    const [inA, factor] = isOfA(parts[0]) ? [one, parts[1]] : [other, parts[0]];
    return { ofA: { op: 'mul', of: [inA.ofA, factor] }, rest: { op: 'mul', of: [inA.rest, factor] } };
  }
  const sum: Linear = {
    ofA: { op: 'add', of: [one.ofA, other.ofA] },
    rest: { op: 'add', of: [one.rest, other.rest] },
  };
  if (exponent.op !== 'mod-add') return sum;
  const less: Expression = { op: 'distance', of: [exponent['modulus'] as Expression, number('02')] };
  return { ...sum, rest: { op: 'add', of: [sum.rest, less] } };
}
