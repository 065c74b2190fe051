/** The tables of keys, fields, constants, operators, errors and profiles. */
import type { Source, SourceMap } from '../resolve.ts';
import type { SpecData } from './data.ts';
import { GIVEN, writeSource } from './formulas.ts';
import { block, code, codes, prose, table, wrap } from './markdown.ts';
import { sample, symbol } from './notation.ts';

/** `keys`: every key, salt and secret. */
export function keys({ protocol }: SpecData): string {
  const yes = (is: boolean): string => (is ? 'yes' : 'no');
  const rows = Object.entries(protocol.keys).map(([name, key]) => [
    code(name),
    phrase(key.description),
    key.kind,
    key.bytes === undefined ? 'a JWK (6.6)' : String(key.bytes),
    yes(key.stored),
    yes(key.locked),
    key.lockedBy === undefined ? '' : code(key.lockedBy),
    key.field === undefined ? 'nowhere' : `${code(key.field)}: ${key.form ?? ''}`,
  ]);
  return table(['value', 'what it is', 'kind', 'bytes', 'stored', 'locked', 'locked by', 'sent as'], rows);
}

/** `constants`: every number that the protocol fixes; a long one stands below the table. */
export function constants({ protocol }: SpecData): string {
  const all = Object.entries(protocol.constants);
  const long = all.filter(([, { value }]) => String(value).length > 64);
  const rows = all.map(([name, { value, description }]) => [
    code(name),
    long.some(([other]) => other === name) ? 'below' : code(String(value)),
    description,
  ]);
  const blocks = long.map(([name, { value }]) => [
    '',
    block('text', [`${name} =`, ...(String(value).match(/.{1,64}/g) ?? [])]),
  ]);
  return [table(['constant', 'value', 'what it is'], rows), ...blocks.flat()].join('\n');
}

/** `operators`: what each takes and gives, how it is written, and the rules of writing. */
export function operators(data: SpecData): string {
  const rows = Object.entries(data.operators).map(([op, operator]) => [
    code(op),
    Object.entries(operator.args)
      .map(([name, kind]) => `${code(name)}: ${kind}${operator.optional?.includes(name) ? ', optional' : ''}`)
      .join('; '),
    operator.result,
    code(sample(op, operator)),
    prose(operator.meaning),
  ]);
  return [table(['operator', 'arguments', 'gives', 'written', 'meaning'], rows), '', RULES].join('\n');
}

const RULES = [
  wrap(
    `In the column "written" ${code('t')} stands for text, ${code('p')} and ${code('q')} for bytes, ${code('m')} and ${code('n')} for integers, ${code('j')} for JSON, and capitals for the name of a hash or form. Besides:`,
  ),
  '',
  ...[
    `- A value is written by its name, without the prefix ${code('srp.')}: ${code(symbol('srp.x'))} is the value ${code('srp.x')} of the graph and of the vectors. ${code('N')} and ${code('g')} are constants (3.1).`,
    `- Bytes that stand in arithmetic are read as an unsigned integer, most significant byte first (${code('integer')}).`,
    `- ${code('mod N')} covers everything before it within its brackets and gives a number from 0 to N − 1. It is written once, at the end; an exponent is never reduced. ${code('^')} binds stronger than ${code('·')}, and that stronger than ${code('+')} and ${code('−')}.`,
    `- ${code('empty')} is the string of no bytes. Text is written in quotation marks, other bytes as hex.`,
    '- Where the profiles differ, a formula has a line for each. A value with a line for one profile exists in that profile only.',
  ].map((rule) => wrap(rule, '  ')),
].join('\n');

/** `error-codes`: what a server answers with. */
export function errorCodes({ errors }: SpecData): string {
  const rows = Object.entries(errors.codes).map(([name, { status, reason }]) => [
    code(name),
    String(status),
    reason,
  ]);
  return table(['code', 'status', 'reason'], rows);
}

/** `stages`: where a client refuses. */
export function stages({ errors }: SpecData): string {
  return table(
    ['stage', 'refused because'],
    Object.entries(errors.stages).map(([name, reason]) => [code(name), reason]),
  );
}

/** `profiles`: what each profile puts at each variation point. */
export function profiles(data: SpecData): string {
  const names = data.protocol.profiles;
  const [first] = names;
  if (first === undefined) throw new Error('protocol.json names no profile');
  const { variations, policies } = data.profiles[first];
  const expressions = Object.keys(variations).map((point) => [
    code(point),
    describe(data, 'variations', point),
    codes(usersOf(data, point)),
    ...names.map((profile) =>
      code(writeSource(data, profile, data.profiles[profile].variations[point] ?? '').text),
    ),
  ]);
  const rules = Object.keys(policies).map((point) => [
    code(point),
    describe(data, 'policies', point),
    '',
    ...names.map((profile) => code(data.profiles[profile].policies[point] ?? '')),
  ]);
  const header = ['variation point', 'what it is', 'values', ...names.map(code)];
  return [
    table(header, [...expressions, ...rules]),
    '',
    `${code(GIVEN)} stands for what the variation point is applied to.`,
  ].join('\n');
}

/** A title for a cell: no capital at its beginning unless the word has more, no full stop. */
const phrase = (title: string): string =>
  title.replace(/^[A-Z](?![A-Z])/, (letter) => letter.toLowerCase()).replace(/\.$/, '');

/** What the profile schema says of a variation point. */
function describe(data: SpecData, kind: 'variations' | 'policies', point: string): string {
  const schema = data.schemas.get('profile') as unknown as Described;
  return phrase(schema.properties?.[kind]?.properties?.[point]?.description ?? '');
}
interface Described {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Described>>;
}

/** The values at which the graph has a variation point. */
function usersOf({ derivations }: SpecData, point: string): string[] {
  const uses = (source: Source | undefined): boolean => {
    if (typeof source !== 'object' || source === null) return false;
    const { variation, template } = source as SourceMap;
    return (
      variation === point ||
      (typeof template === 'string' && uses(derivations.templates[template])) ||
      Object.values(source).some(uses)
    );
  };
  return Object.keys(derivations.nodes).filter((name) => uses(derivations.nodes[name]));
}
