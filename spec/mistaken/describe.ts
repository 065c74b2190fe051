/** Expressions in words, for the titles of mechanical mistakes: the notation of the formulas (section 1.6), if short. */
import { write } from '../generate/notation.ts';
import { graphSource, type Call, type Expression, type Node } from '../graph.ts';
import { operators, type Operator } from '../operators.ts';
import type { Source } from '../resolve.ts';

const LONGEST = 60;
const table = operators as Readonly<Record<string, Operator>>;

/** The name of a value, or a formula; a long formula by its outermost operator alone. */
export function describe(expression: Expression): string {
  if (typeof expression === 'string') return expression;
  const known = described.get(expression) ?? inWords(expression);
  described.set(expression, known);
  return known;
}
const described = new WeakMap<Call, string>();

function inWords(expression: Call): string {
  const text = formula(expression);
  if (text === '""' || text === 'empty') return 'the empty string';
  return text.length <= LONGEST ? text : `the ${expression.op} of ${shortened(expression)}`;
}

/** The formula of a value, as the chapters have it. */
export function formulaOf({ name, value = '' }: Node): string {
  const text = typeof value === 'string' ? value : (formulas.get(value) ?? formula(value));
  if (typeof value !== 'string') formulas.set(value, text);
  return `${name} = ${text}`;
}
const formulas = new WeakMap<Call, string>();

const formula = (expression: Expression): string => write(withConstants(expression), table).text;

function shortened({ op, ...rest }: Call): string {
  const [first] = Object.values(rest).flat();
  const inner = typeof first === 'string' || (typeof first === 'object' && first !== null && 'op' in first);
  return inner ? describe(first as Expression) : op;
}

/** Long bytes that are a constant by its name. */
function withConstants(source: Source): Source {
  if (Array.isArray(source)) return source.map(withConstants);
  if (typeof source !== 'object' || source === null) return source;
  if ('op' in source && source['op'] === 'bytes') {
    const known = constants.find(({ hex }) => hex === source['hex']);
    return known === undefined ? source : { constant: known.name };
  }
  return Object.fromEntries(Object.entries(source).map(([key, item]) => [key, withConstants(item)]));
}

const constants = Object.entries(graphSource('documented').constants)
  .filter(([, { type }]) => type === 'bytes')
  .map(([name, { value }]) => ({ name, hex: value }));
