/**
 * How an expression is written in a formula. Whatever is not listed here is a call: the name of the operator
 * in capitals, with its arguments in the order of the operator table. Section 1.6.
 */
import { literals, type Operator } from '../operators.ts';
import type { Source, SourceMap } from '../resolve.ts';
import type { SpecData } from './data.ts';

/** A written expression: on one line, and over several where it can be broken. */
export interface Piece {
  readonly text: string;
  /** How strongly it holds together; a part that binds no stronger than what surrounds it gets brackets. */
  readonly binds: number;
  readonly broken?: (indent: string) => string;
  /** For what is reduced: the same without its `mod`. */
  readonly unreduced?: { readonly of: Piece; readonly modulus: string };
}

const [BYTES, MOD, SUM, PRODUCT, POWER, ATOM] = [1, 2, 3, 4, 5, 6];
const WIDTH = 92;

/** What a writer is given: the arguments of one application of an operator, written already. */
interface Arguments {
  readonly one: (name: string) => Piece;
  readonly many: (name: string) => readonly Piece[];
  readonly literal: (name: string) => string;
  readonly members: () => readonly (readonly [name: string, piece: Piece])[];
  /** All that were given but those named, each with its name. */
  readonly rest: (...except: readonly string[]) => readonly (readonly [name: string, piece: Piece])[];
}

const writers: Readonly<Record<string, (given: Arguments) => Piece>> = {
  text: ({ literal }) => atom(literal('value')),
  bytes: ({ literal }) => atom(literal('hex') || 'empty'),
  value: ({ literal }) => atom(literal('json')),
  normalize: ({ literal, one }) => call(literal('form'), [['', one('of')]]),
  object: ({ members }) =>
    list(
      '{',
      members().map(([name, piece]) => [`${JSON.stringify(name)}: `, piece]),
      '}',
    ),
  concat: ({ many }) => infix('|', BYTES, many('of')),
  xor: ({ many }) => infix('⊕', BYTES, many('of')),
  slice: ({ one, literal }) => atom(`${bracketed(one('of'), POWER)}[${literal('start')}:${literal('end')}]`),
  hash: ({ literal, one }) => call(literal('hash'), [['', one('of')]]),
  hkdf: ({ literal, rest }) => call(`HKDF-${literal('hash')}`, named(rest('hash'))),
  pbkdf2: ({ literal, rest }) => call(`PBKDF2-HMAC-${literal('hash')}`, named(rest('hash'))),
  integer: ({ one }) => one('of'),
  pad: ({ one, literal }) => atom(`PAD(${one('of').text}, ${literal('length')})`),
  add: ({ many }) => infix('+', SUM, many('of')),
  mul: ({ many }) => infix('·', PRODUCT, many('of')),
  'mod-add': (given) => reduced(given, (whole) => infix('+', SUM, given.many('of').map(whole))),
  'mod-sub': (given) => reduced(given, (whole) => infix('−', SUM, given.many('of').map(whole))),
  'mod-mul': (given) => reduced(given, (whole) => infix('·', PRODUCT, given.many('of').map(whole))),
  'mod-exp': (given) => reduced(given, (whole) => power(whole(given.one('base')), given.one('exponent'))),
};

/** Writes an expression of the data in which templates and variation points are filled in. */
export function write(expression: Source, operators: SpecData['operators']): Piece {
  if (typeof expression === 'string') return atom(symbol(expression));
  const { constant, op } = expression as Readonly<Record<string, string | undefined>>;
  if (constant !== undefined) return atom(constant);
  const operator = operators[op ?? ''];
  if (op === undefined || operator === undefined) throw new Error(`${op ?? 'nothing'} is not an operator`);
  return apply(op, readArguments(operator, expression as SourceMap, operators));
}

/** How the table shows an operator: applied to `t` for text, `p` for bytes, `m` for an integer, `j` for JSON. */
export function sample(op: string, operator: Operator): string {
  const values = Object.entries(operator.args).map(([name, kind]) => [name, placeholder(name, kind)]);
  const { text } = apply(op, readArguments(operator, Object.fromEntries(values) as SourceMap, {}));
  return text.replace(/([\w-]+) = [\w-]+/g, '$1 = …');
}

/** The name of a value in formulas: `srp.x` is written x. */
export const symbol = (name: string): string => name.replace(/^srp\./, '');

/** A piece from a column on: on one line if it fits there, broken otherwise. */
export function layOut(piece: Piece, indent: string, column: number, force = false): string {
  if (piece.broken && (force || !fits(piece, column))) return piece.broken(indent);
  return piece.text;
}
export const fits = (piece: Piece, column: number): boolean => column + piece.text.length <= WIDTH;

const apply = (op: string, given: Arguments): Piece =>
  writers[op]?.(given) ?? call(op.toUpperCase(), named(given.rest()));

function placeholder(name: string, kind: string): Source {
  const known: Readonly<Record<string, Source>> = {
    text: 't',
    bytes: 'p',
    'bytes[]': ['p', 'q'],
    'bytes[2]': ['p', 'q'],
    integer: 'm',
    'integer[]': ['m', 'n'],
    'integer[2]': ['m', 'n'],
    json: 'j',
    members: { name: 'j' },
    'literal text': 'text',
    'literal hex': '0a',
    'literal json': true,
  };
  return name === 'of' || !['text', 'bytes', 'integer', 'json'].includes(kind) ? (known[kind] ?? name) : name;
}

function readArguments(operator: Operator, given: SourceMap, operators: SpecData['operators']): Arguments {
  const piece = (source: Source | undefined): Piece => write(source ?? '', operators);
  const kindOf = (name: string): string => operator.args[name] ?? '';
  const literal = (name: string): string => literalText(kindOf(name), given[name]);
  return {
    literal,
    one: (name) => piece(given[name]),
    many: (name) => (given[name] as readonly Source[]).map(piece),
    members: () => Object.entries(given['members'] as SourceMap).map(([name, of]) => [name, piece(of)]),
    rest: (...except) =>
      Object.entries(operator.args)
        .filter(([name]) => !except.includes(name) && given[name] !== undefined)
        .map(([name, kind]) => [name, kind in literals ? atom(literal(name)) : piece(given[name])]),
  };
}

function literalText(kind: string, value: Source | undefined): string {
  if (value === undefined) return '';
  if (kind === 'literal text' || kind === 'literal json') return JSON.stringify(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return kind === 'hash name' || kind === 'normalization form' ? text.toUpperCase() : text;
}

const atom = (text: string): Piece => ({ text, binds: ATOM });

/** Part of a call or object: what stands in front of it, and it. */
type Item = readonly [label: string, piece: Piece];

const named = (items: readonly Item[]): readonly Item[] =>
  items.map(([name, piece]) => [items.length === 1 ? '' : `${name} = `, piece]);
const call = (name: string, items: readonly Item[]): Piece => list(`${name}(`, items, ')');

/** A list in brackets. Broken, it has one item a line, unless there is only one. */
function list(open: string, items: readonly Item[], close: string): Piece {
  const text = open + items.map(([label, piece]) => label + piece.text).join(', ') + close;
  const broken = (indent: string): string => {
    const [first] = items;
    if (first && items.length === 1 && first[0] === '')
      return open + layOut(first[1], indent, 0, true) + close;
    const inner = `${indent}  `;
    const lines = items.map(
      ([label, piece]) => inner + label + layOut(piece, inner, inner.length + label.length),
    );
    return `${open}\n${lines.join(',\n')}\n${indent}${close}`;
  };
  return { text, binds: ATOM, broken };
}

const bracketed = (piece: Piece, around: number): string =>
  piece.binds > around ? piece.text : `(${piece.text})`;
const infix = (sign: string, binds: number, pieces: readonly Piece[]): Piece => ({
  text: pieces.map((piece) => bracketed(piece, binds)).join(` ${sign} `),
  binds,
});
const power = (base: Piece, exponent: Piece): Piece => ({
  text: `${bracketed(base, POWER)}^${bracketed(exponent, POWER)}`,
  binds: POWER,
});

/** An operation modulo a number. What is reduced by the same number within it needs no `mod` of its own. */
function reduced(given: Arguments, operation: (whole: (part: Piece) => Piece) => Piece): Piece {
  const modulus = bracketed(given.one('modulus'), POWER);
  const of = operation((part) => (part.unreduced?.modulus === modulus ? part.unreduced.of : part));
  return { text: `${bracketed(of, SUM)} mod ${modulus}`, binds: MOD, unreduced: { of, modulus } };
}
