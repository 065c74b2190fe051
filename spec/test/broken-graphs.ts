/** Graphs that cannot be executed: the published graph of `documented`, each with one change. */
import { buildGraph, graphSource, type Graph, type GraphSource } from '../index.ts';

/** The published data of `documented`, to be changed. */
export interface Draft {
  readonly profile: { readonly variations: Record<string, unknown>; readonly nodes: Record<string, unknown> };
  readonly derivations: {
    readonly inputs: Record<string, unknown>;
    readonly templates: Record<string, unknown>;
    readonly nodes: Record<string, Record<string, unknown>>;
  };
  readonly constants: Record<string, { value: unknown }>;
}

/** Builds a changed copy of the published graph. */
export function build(edit: (draft: Draft) => void): Graph {
  const draft = structuredClone(graphSource('documented')) as unknown as Draft;
  edit(draft);
  return buildGraph(draft as unknown as GraphSource);
}

/** The graph with one member of one node replaced. */
const withMember = (node: string, member: string, value: unknown) => (draft: Draft) => {
  draft.derivations.nodes[node] = { ...draft.derivations.nodes[node], [member]: value };
};
export const withValue = (node: string, value: unknown) => withMember(node, 'value', value);
const hash = (of: unknown) => ({ op: 'hash', hash: { constant: 'HASH' }, of });
const integer = (of: unknown) => ({ op: 'integer', of });
const three = ['SLT_Auth_1', 'SLT_Auth_2', 'SLT_Enc'];
const N = integer({ constant: 'N' });

/** What is wrong, the node that is to be named, what is said, and the change. */
type Case = readonly [what: string, node: string, message: RegExp, edit: (draft: Draft) => void];

export const brokenGraphs: readonly Case[] = [
  ['a node derived from itself', 'srp.x', /from itself: srp.x → srp.x/, withValue('srp.x', hash('srp.x'))],
  [
    'a cycle',
    'SLT_TMP_1',
    /from itself: SLT_TMP_1 → SEC_PWD_Auth → SLT_TMP_1/,
    withValue('SLT_TMP_1', hash('SEC_PWD_Auth')),
  ],
  [
    'an unknown operator',
    'srp.x',
    /hmac, which is not an operator/,
    withValue('srp.x', { op: 'hmac', of: 'a' }),
  ],
  [
    'an unknown operator deep inside',
    'srp.x',
    /uses sha3, which is not an operator/,
    withValue('srp.x', hash({ op: 'concat', of: ['a', { op: 'sha3', of: 'b' }] })),
  ],
  [
    'an unknown reference',
    'srp.x',
    /refers to srp.y, which is not a node/,
    withValue('srp.x', hash('srp.y')),
  ],
  ['a reference alone', 'session.id', /refers to srp.Q/, withValue('session.id', 'srp.Q')],
  ['an unknown constant', 'srp.x', /no constant SALT/, withValue('srp.x', hash({ constant: 'SALT' }))],
  [
    'an unknown constant as length',
    'srp.x',
    /no constant X/,
    withMember('srp.x', 'length', { constant: 'X' }),
  ],
  ['an unknown template', 'srp.A', /no template power/, withValue('srp.A', { template: 'power', of: 'a' })],
  ['an unknown variation', 'srp.k', /no variation k/, withValue('srp.k', { variation: 'k' })],
  [
    'a variation that the profile lacks',
    'srp.k',
    /no variation srp-multiplier/,
    (draft) => delete draft.profile.variations['srp-multiplier'],
  ],
  [
    'a template without its argument',
    'encContent.sealed',
    /nothing was given for \$key/,
    withValue('encContent.sealed', { template: 'aes-seal', iv: 'encContent.iv', of: 'encContent.plaintext' }),
  ],
  ['a placeholder outside a template', 'srp.x', /nothing was given for \$/, withValue('srp.x', hash('$'))],
  ['a missing argument', 'srp.x', /argument of$/, withValue('srp.x', { op: 'hash', hash: 'sha-256' })],
  [
    'an extra argument',
    'srp.x',
    /argument salt, which it does not take/,
    withValue('srp.x', { ...hash('a'), salt: 'b' }),
  ],
  ['text for bytes', 'srp.x', /is text, expected bytes/, withValue('srp.x', hash('email'))],
  ['an integer for bytes', 'srp.x', /is integer, expected bytes/, withValue('srp.x', hash(integer('a')))],
  [
    'bytes for an integer',
    'srp.A',
    /is bytes, expected/,
    withValue('srp.A', { op: 'pad', of: 'a', length: 256 }),
  ],
  [
    'bytes for JSON',
    'encContent',
    /is bytes, expected json/,
    withValue('encContent', { op: 'json', of: 'a' }),
  ],
  [
    'a wrong declared type',
    'srp.x',
    /is declared text, its value is bytes/,
    withMember('srp.x', 'type', 'text'),
  ],
  [
    'a wrong declared length',
    'srp.x',
    /is declared 31 bytes long, its value has 32/,
    withMember('srp.x', 'length', 31),
  ],
  [
    'a reference of another length',
    'session.id',
    /is declared 32 bytes long, its value has 256/,
    withValue('session.id', 'srp.S'),
  ],
  [
    'a constant of another length',
    'SLT_TMP_1',
    /33/,
    withValue('SLT_TMP_1', {
      ...{ op: 'hkdf', hash: 'sha-256', salt: 'SLT_Auth_1', ikm: 'srp.I', info: 'a', length: 33 },
    }),
  ],
  [
    'one expression for a list',
    'srp.x',
    /must be a list/,
    withValue('srp.x', hash({ op: 'concat', of: 'a' })),
  ],
  ['a list for one expression', 'srp.x', /must be one expression/, withValue('srp.x', hash(['a', 'b']))],
  [
    'an unknown hash',
    'srp.x',
    /"md5", expected a hash name/,
    withValue('srp.x', { ...hash('a'), hash: 'md5' }),
  ],
  ['half a byte', 'srp.x', /expected a literal hex/, withValue('srp.x', hash({ op: 'bytes', hex: '0' }))],
  [
    'no iterations',
    'SEC_PWD_Auth',
    /iterations of pbkdf2 is 0, expected a count/,
    (draft) =>
      void (draft.constants['PBKDF2_ITERATIONS'] = { ...draft.constants['PBKDF2_ITERATIONS'], value: 0 }),
  ],
  [
    'xor of unequal lengths',
    'srp.x',
    /xor.*32 and 12 bytes/,
    withValue('srp.x', { op: 'xor', of: ['SLT_Enc', 'encContent.iv'] }),
  ],
  ['xor of three', 'srp.x', /xor/, withValue('srp.x', { op: 'xor', of: three })],
  ['xor of one', 'srp.x', /xor/, withValue('srp.x', { op: 'xor', of: ['SLT_Enc'] })],
  ['a difference of three', 'srp.A', /mod-sub/, withValue('srp.A', modular('mod-sub'))],
  [
    'a key of a wrong length',
    'encContent.sealed',
    /256 bytes long, expected 32/,
    withValue('encContent.sealed', {
      template: 'aes-seal',
      key: 'srp.A',
      iv: 'encContent.iv',
      of: 'encContent.plaintext',
    }),
  ],
  ['null in place of a value', 'srp.x', /expression/, withValue('srp.x', null)],
  ['null in place of an operand', 'srp.x', /expression/, withValue('srp.x', hash(null))],
  ['a number in place of an operand', 'srp.x', /./, withValue('srp.x', hash(5))],
];

function modular(op: string): object {
  return { op: 'pad', of: { op, of: three.map(integer), modulus: N }, length: 256 };
}
