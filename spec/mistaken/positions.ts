/** Every place in an expression: what stands there, and the whole expression with something else put there. */
import type { Argument, Call, Expression } from '../graph.ts';
import { allOperators, literals } from '../operators.ts';

export interface Position {
  /** Where, from the value on: `/of/of/1`; empty for the value as a whole. */
  readonly path: string;
  readonly expression: Expression;
  /** The operator that it is given to, and as what; undefined for the value as a whole. */
  readonly use?: { readonly op: string; readonly argument: string };
  /** The whole value with something else in this place. */
  readonly put: (replacement: Expression) => Expression;
}

export function positions(whole: Expression): Position[] {
  return within({ path: '', expression: whole, put: (replacement) => replacement });
}

function within(position: Position): Position[] {
  const { expression, path, put } = position;
  if (typeof expression === 'string') return [position];
  const kinds = Object.entries(allOperators[expression.op]?.args ?? {});
  const inner = kinds
    .filter(([name, kind]) => !(kind in literals) && expression[name] !== undefined)
    .flatMap(([argument]) =>
      items(expression, argument).map(({ key, item, replaced }) => ({
        path: `${path}/${[argument, ...key].join('/')}`,
        expression: item,
        use: { op: expression.op, argument },
        put: (replacement: Expression) => put({ ...expression, [argument]: replaced(replacement) }),
      })),
    );
  return [position, ...inner.flatMap(within)];
}

interface Item {
  readonly key: readonly string[];
  readonly item: Expression;
  readonly replaced: (replacement: Expression) => Argument;
}

/** The expressions that an argument holds: one, a list, or members by name. */
function items(call: Call, argument: string): Item[] {
  const value = call[argument] as Expression | readonly Expression[] | Readonly<Record<string, Expression>>;
  if (isList(value))
    return value.map((item, i) => ({
      key: [String(i)],
      item,
      replaced: (replacement) => value.with(i, replacement),
    }));
  if (isExpression(value)) return [{ key: [], item: value, replaced: (replacement) => replacement }];
  return Object.entries(value).map(([key, item]) => ({
    key: [key],
    item,
    replaced: (replacement) => ({ ...value, [key]: replacement }),
  }));
}

const isList = (value: unknown): value is readonly Expression[] => Array.isArray(value);
const isExpression = (value: Expression | object): value is Expression =>
  typeof value === 'string' || 'op' in value;
