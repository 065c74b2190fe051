/** The rules of mechanical mistakes: what could stand in a place instead of what is right. */
import type { Call, Expression, Node, Type } from '../graph.ts';
import { allOperators, literals } from '../operators.ts';
import { describe } from './describe.ts';
import type { Position } from './positions.ts';

/** A place in a value, and what is known of it. */
export interface Place {
  /** The value. */
  readonly node: Node;
  readonly position: Position;
  /** Type of what stands there. */
  readonly type: Type;
  /** Other values of its form that it could be confused with. */
  readonly alike: readonly string[];
  /** Whether no input has a part in it. */
  readonly fixed: boolean;
  /** Whether it is the encoding of a text, which has no zero bytes in front. */
  readonly text: boolean;
}

/** What is put in its place. The title goes before "in VALUE". */
export interface Change {
  /** What is done, for the id. */
  readonly what: string;
  readonly title: string;
  readonly put: Expression;
  /** The value that must begin with a zero byte for it to show. */
  readonly zero?: string;
  /** Why it changes nothing. */
  readonly equivalent?: string;
}

type Rule = (place: Place) => Change[];

/** A rule for calls. */
const forCalls =
  (rule: (call: Call) => Change[]): Rule =>
  ({ position: { expression } }) =>
    typeof expression === 'string' ? [] : rule(expression);

const leftOut = forCalls((call) => {
  if (call.op === 'object') return membersLeftOut(call);
  const parts = call.op === 'concat' ? (call['of'] as Expression[]) : [];
  return parts.map((part, i) => ({
    what: `drop-${i}`,
    title: `${describe(part)} left out`,
    put: { ...call, of: parts.filter((_, other) => other !== i) },
  }));
});

function membersLeftOut(call: Call): Change[] {
  const members = Object.entries(call['members'] as Record<string, Expression>);
  return members.map(([name]) => ({
    what: `drop-${name}`,
    title: `the member ${name} left out`,
    put: { ...call, members: Object.fromEntries(members.filter(([other]) => other !== name)) },
  }));
}

/** Operators whose two arguments are easily taken for each other. */
const PAIRS: Readonly<Record<string, readonly [string, string]>> = {
  hkdf: ['salt', 'ikm'],
  pbkdf2: ['password', 'salt'],
  'mod-exp': ['base', 'exponent'],
};

const swapped = forCalls((call) => {
  const pair = PAIRS[call.op];
  if (pair !== undefined) {
    const [one, other] = pair.map((name) => call[name] as Expression) as [Expression, Expression];
    return [
      { what: 'swap', title: swapTitle(one, other), put: { ...call, [pair[0]]: other, [pair[1]]: one } },
    ];
  }
  const parts = ['concat', 'mod-sub'].includes(call.op) ? (call['of'] as Expression[]) : [];
  return parts.flatMap((one, i) =>
    parts.slice(i + 1).map((other, after) => {
      const j = i + 1 + after;
      return {
        what: `swap-${i}-${j}`,
        title: swapTitle(one, other),
        put: { ...call, of: parts.with(i, other).with(j, one) },
      };
    }),
  );
});

const swapTitle = (one: Expression, other: Expression): string =>
  `${describe(one)} and ${describe(other)} swapped`;

/** Argument → what it is commonly set to. */
const CONSTANTS: Readonly<Record<string, readonly (string | number)[]>> = {
  'pbkdf2 iterations': [1, 1000, 10_000, 99_999, 100_001],
  'pbkdf2 length': [16, 64],
  'hkdf length': [16, 64],
  'pad length': [257, 512],
  'slice start': [-12],
  'slice end': [-12],
  'normalize form': ['NFC', 'NFD', 'NFKC'],
  'bytes hex': ['00'],
};
const HASHES = ['sha-1', 'sha-512'];

const constants = forCalls((call) =>
  Object.entries(call).flatMap(([argument, right]) => {
    const literal = typeof right === 'number' || typeof right === 'string';
    if (!literal || argument === 'op' || (argument === 'hex' && right !== '') || right === 0) return [];
    const isHash = argument === 'mgf' || (argument === 'hash' && call.op !== 'rsa-oaep');
    const values = isHash ? HASHES : (CONSTANTS[`${call.op} ${argument}`] ?? []);
    return values
      .filter((value) => value !== right)
      .map((value) => ({
        what: `${argument}-${value}`,
        title: `${value === '00' ? 'a zero byte' : value} in place of ${right === '' ? 'the empty string' : right} as ${argument} of ${call.op}`,
        put: { ...call, [argument]: value },
      }));
  }),
);

/** Encodings that are taken for one another: operator → others that take the same argument. */
const ENCODINGS: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>> = {
  utf8: [
    { op: 'encode', charset: 'latin-1' },
    { op: 'encode', charset: 'utf-16le' },
  ],
  hex: [{ op: 'base64' }, { op: 'base64url' }],
  base64url: [{ op: 'base64' }, { op: 'hex' }],
  'percent-encode': [
    { op: 'percent-encode-as', style: 'uri' },
    { op: 'percent-encode-as', style: 'form' },
  ],
  json: [
    { op: 'json-as', style: 'spaced' },
    { op: 'json-as', style: 'ascii' },
  ],
};

const encodings = forCalls((call) => {
  const encoded = call['of'] as Expression;
  if (call.op === 'hex' && isShort(encoded)) return [];
  const differ = (ENCODINGS[call.op] ?? []).filter(({ charset, style }) =>
    tells(charset ?? style ?? '', encoded),
  );
  const others = differ.map((other) => {
    const name =
      other['charset'] ?? (other['style'] === undefined ? other['op'] : `${call.op} (${other['style']})`);
    return {
      what: `as-${other['charset'] ?? other['style'] ?? other['op']}`,
      title: `${name} in place of ${call.op}`,
      put: { ...other, of: encoded } as unknown as Call,
    };
  });
  const upper: Change = {
    what: 'upper',
    title: 'upper-case hex digits',
    put: { op: 'upper-case', of: call },
  };
  return call.op === 'hex' ? [...others, upper] : others;
});

/** Whether an encoding has another form for a text; not every one has for ASCII without spaces, such as a JWK. */
function tells(alternative: string, of: Expression): boolean {
  const isAscii =
    typeof of === 'string' ? isJwk(of) : ASCII.includes(of.op) || (of.op === 'json' && isJwk(of['of']));
  return !(isAscii && SAME_FOR_ASCII.includes(alternative));
}
const isJwk = (of: unknown): boolean =>
  typeof of === 'string' ? ['PRV_Account', 'PUB_Account'].includes(of) : (of as Call).op === 'object';
const ASCII: readonly string[] = ['hex', 'base64url', 'percent-encode', 'text', 'object'];
const SAME_FOR_ASCII: readonly string[] = ['latin-1', 'ascii', 'form'];

/** What operators that are particular about lengths take no other form of. */
const RIGID: readonly string[] = ['integer of', 'aes-256-gcm key'];

const forms: Rule = (place) => {
  const { expression, use } = place.position;
  if (place.type !== 'bytes' || isShort(expression)) return [];
  const words = use === undefined ? 'the value' : describe(expression);
  const reversed = {
    what: 'reverse',
    title: `${words} in reverse order`,
    put: { op: 'reverse', of: expression },
  };
  if (use !== undefined && RIGID.includes(`${use.op} ${use.argument}`))
    return isLiteral(expression) ? [] : [reversed];
  const texts = TEXTS.map(({ what, name, of }) => ({
    what,
    title: `the ${name} text of ${words} in place of its bytes`,
    put: { op: 'utf8', of: of(expression) },
  }));
  return [...texts, ...(place.text && place.fixed ? [] : [reversed]), ...stripped(place, words)];
};

/** Without leading zero bytes, where there may be some. */
function stripped({ position: { expression }, node, text, fixed }: Place, words: string): Change[] {
  if (text || fixed || (typeof expression === 'object' && expression.op === 'concat')) return [];
  const zero = typeof expression === 'string' ? expression : node.name;
  const title = `${words} without its leading zero bytes`;
  return [{ what: 'strip-zeros', title, put: { op: 'strip-zeros', of: expression }, zero }];
}

const isLiteral = (expression: Expression): expression is Call =>
  typeof expression === 'object' && expression.op === 'bytes';
/** Bytes of which every form is the same. */
const isShort = (expression: Expression): boolean =>
  isLiteral(expression) && (expression['hex'] as string).length <= 2;

const TEXTS = [
  { what: 'hex', name: 'hex', of: (of: Expression): Call => ({ op: 'hex', of }) },
  {
    what: 'upper-hex',
    name: 'upper-case hex',
    of: (of: Expression): Call => ({ op: 'upper-case', of: { op: 'hex', of } }),
  },
  { what: 'base64', name: 'base64', of: (of: Expression): Call => ({ op: 'base64', of }) },
];

/** What an operation takes besides its subject: nobody takes it for the result. */
const MODULI: readonly string[] = ['modulus', 'key', 'iv', 'ad', 'info', 'label', 'seed', 'public-key'];

const stepLeftOut = forCalls((call) => {
  if (['concat', 'object'].includes(call.op)) return [];
  return Object.entries(allOperators[call.op]?.args ?? {})
    .filter(([argument, kind]) => !(kind in literals || MODULI.includes(argument)) && argument in call)
    .flatMap(([argument]) =>
      [call[argument] as Expression].flat().map((operand, i) => [`${argument}-${i}`, operand] as const),
    )
    .map(([which, operand]) => ({
      what: `only-${which}`,
      title: `${describe(operand)} in place of ${describe(call)}`,
      put: operand,
    }));
});

const SAME = 'both sides compute the same premaster secret';

const exchanged: Rule = ({ position: { expression }, alike }) =>
  alike.map((other) => ({
    what: `use-${other}`,
    title: `${other} in place of ${describe(expression)}`,
    put: other,
    ...(expression === 'srp.S' && other === 'srp.S_server' && { equivalent: SAME }),
  }));

/** Where nothing else fits: other lengths cannot be computed, or the same numbers are read from another key. */
const UNCHANGED: readonly string[] = ['xor of', 'rsa-oaep seed', 'rsa-oaep public-key', 'rsa-oaep plaintext'];

const all: readonly Rule[] = [leftOut, swapped, constants, encodings, forms, stepLeftOut, exchanged];

/** What every rule proposes for a place. */
export function changes(place: Place): Change[] {
  const { use } = place.position;
  if (use !== undefined && UNCHANGED.includes(`${use.op} ${use.argument}`)) return [];
  return all.flatMap((rule) => rule(place));
}
