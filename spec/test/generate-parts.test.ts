/** The generated parts say what the data says: every value, every operator, every constant, every member. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, resolveConfig } from 'prettier';
import t from 'tap';
import { allNodes, graphsOf, readSpecData, type SpecData } from '../generate/data.ts';
import { readIds } from '../generate/files.ts';
import { formula } from '../generate/formulas.ts';
import { idsText } from '../generate/ids.ts';
import { sample, symbol } from '../generate/notation.ts';
import { generatedParts } from '../generate/parts.ts';
import type { Expression } from '../graph.ts';
import { operands } from '../operators.ts';
import { specFolder } from '../schemas.ts';

const data = readSpecData();
const parts = generatedParts(data);
const graphs = graphsOf(data);
const nodes = [...allNodes(graphs).values()];

/** The data, to be changed. */
interface Draft {
  readonly protocol: {
    readonly keys: Record<string, object>;
    readonly constants: Record<string, { type: string; value: unknown; description: string }>;
  };
  readonly profiles: Record<'documented' | 'deployed', Record<'variations' | 'policies', object>>;
  readonly schemas: Map<string, { readonly properties: object }>;
}

/** The parts after a change of the data, and the names of those that are then others. */
function edited(edit: (draft: Draft) => void): { parts: ReadonlyMap<string, string>; changed: string[] } {
  const draft: unknown = structuredClone(data);
  edit(draft as Draft);
  const found = generatedParts(draft as SpecData);
  return {
    parts: found,
    changed: [...found].flatMap(([name, text]) => (parts.get(name) === text ? [] : name)),
  };
}
const change = (target: object | undefined, members: object): unknown => Object.assign(target ?? {}, members);

const textOf = (name: string): string => parts.get(name) ?? '';

t.test('every value stands in one part: the derived in formulas, the inputs in the graph', (test) => {
  const formulas = [...parts].filter(([name]) => name.startsWith('formulas '));
  for (const { name, section, value } of nodes) {
    const row = `\n| \`${name}\` `;
    const definition = new RegExp(`^${symbol(name).replaceAll('.', '\\.')} =`, 'm');
    const places = formulas.filter(([, text]) => text.includes(row) && definition.test(text));
    test.same(
      places.map(([part]) => part),
      value === undefined ? [] : [`formulas ${section}`],
      name,
    );
    test.equal(textOf('graph').split(row).length - 1, value === undefined ? 1 : 0, `${name}, an input`);
  }
  test.end();
});

t.test('names without their prefix are still names of one value each', (test) => {
  const names = [...nodes.map(({ name }) => symbol(name)), ...Object.keys(data.protocol.constants), 'given'];
  test.equal(new Set(names).size, names.length);
  test.end();
});

/** The operators of an expression and of those within it. */
const operatorsIn = (expression: Expression): string[] =>
  typeof expression === 'string' ? [] : [expression.op, ...operands(expression).flatMap(operatorsIn)];

t.test('formulas write each operator as the table shows it', (test) => {
  for (const [op, operator] of Object.entries(data.operators)) {
    const written = sample(op, operator).replaceAll('|', '\\|');
    test.ok(textOf('operators').includes(`\n| \`${op}\` `), op);
    test.ok(textOf('operators').includes(`| \`${written}\` `), written);
  }
  for (const [profile, { nodes }] of graphs)
    for (const { name, value } of nodes.values()) {
      if (value === undefined) continue;
      const text = formula(data, profile, name).text;
      for (const op of new Set(operatorsIn(value))) {
        const shown = sample(op, data.operators[op] ?? { args: {}, result: 'text', meaning: '' })
          .replace('HASH', 'SHA-256')
          .replace('FORM', 'NFKD');
        const signs = shown.match(/[A-Z][A-Z0-9-]*\(|[|⊕·+−^[{]|mod/g) ?? [];
        for (const sign of signs) test.ok(text.includes(sign), `${profile}, ${name}: ${op} as ${sign}`);
      }
    }
  test.end();
});

t.test('formulas, one where the profiles agree and two where they do not', (test) => {
  const formulas: readonly (readonly [part: string, lines: string])[] = [
    ['formulas 4.1', 'normalized.email = LOWER-CASE(TRIM(email))\n'],
    ['formulas 4.3', '  salt = SLT_TMP_1,\n  iterations = 100000,\n  length = 32\n)'],
    ['formulas 5.1', 'k =\n  documented: SHA-256(N | g)\n  deployed: SHA-256(N | PAD(g, 256))\n'],
    ['formulas 5.2', '\nSRP_Verifier = PAD(g^x mod N, 256)\n'],
    ['formulas 5.3', '\nB = PAD((k · SRP_Verifier + g^b) mod N, 256)\n'],
    ['formulas 5.4', '\nS = PAD((B − k · g^x)^(a + u · x) mod N, 256)\n'],
    ['formulas 5.4', '\nS_server = PAD((A · SRP_Verifier^u)^b mod N, 256)\n'],
    ['formulas 6.3', '32 bytes in `documented`, 190 bytes in `deployed`; secret |\n'],
    ['formulas 6.4', '  "d": HEX(encContent.sealed[0:-16]),\n'],
  ];
  for (const [part, lines] of formulas) test.ok(textOf(part).includes(lines), `${part}: ${lines.trim()}`);
  test.end();
});

t.test('a changed constant changes what is generated', (test) => {
  for (const [name, { type, description }] of Object.entries(data.protocol.constants)) {
    const other = type === 'bytes' ? { value: '03' } : { description: `${description}, changed` };
    const { changed } = edited(({ protocol }) => change(protocol.constants[name], other));
    test.same(changed, ['constants'], name);
  }
  const rounds = edited(({ protocol }) => change(protocol.constants['PBKDF2_ITERATIONS'], { value: 10_000 }));
  test.same(rounds.changed, ['constants', 'formulas 4.3', 'example account-key']);
  test.match(rounds.parts.get('formulas 4.3'), /iterations = 10000,/);
  const group = edited(({ protocol }) => change(protocol.constants['GROUP_BYTES'], { value: 384 }));
  const where = ['5.1', '5.2', '5.3', '5.4'].map((section) => `formulas ${section}`);
  test.same(group.changed.sort(), ['constants', ...where, 'graph', 'profiles']);
  test.match(group.parts.get('formulas 5.2'), 'SRP_Verifier = PAD(g^x mod N, 384)');
  test.end();
});

t.test('a changed profile, key or schema changes what is generated', (test) => {
  const proof = { 'client-proof': { op: 'hash', hash: { constant: 'HASH' }, of: 'srp.S' } };
  const shorter = edited(({ profiles }) => change(profiles.deployed.variations, proof));
  test.same(shorter.changed.sort(), ['formulas 5.5', 'graph', 'profiles']);
  const fresh = edited(({ profiles }) => change(profiles.deployed.policies, { 'salts-on-change': 'fresh' }));
  test.same(fresh.changed.sort(), ['profiles', 'sequence change']);
  const form = edited(({ protocol }) => change(protocol.keys['SLT_Enc'], { form: 'base64url' }));
  test.same(form.changed, ['keys']);
  const member = edited(({ schemas }) =>
    change(schemas.get('login-a-request')?.properties, { srpZ: { description: 'More (srp.A).' } }),
  );
  test.same(member.changed.sort(), ['sequence login', 'symbols']);
  test.match(member.parts.get('sequence login'), 'email, srpA, srpZ?');
  test.end();
});

t.test('protocol.json and the graph must name the same locks', (test) => {
  const edit = ({ protocol }: Draft) => change(protocol.keys['PRV_Account'], { lockedBy: 'SEC_PWD_Enc' });
  const message = /PRV_Account locked by SEC_PWD_Enc, derivations.json by SYM_Account/;
  test.throws(() => edited(edit), { message });
  test.end();
});

t.test('what protocol.json says of members is what the schemas say', (test) => {
  const digits = (form: string): string => /\d+ digits/.exec(form)?.[0] ?? form;
  for (const [name, { field, form }] of Object.entries(data.protocol.keys)) {
    if (field === undefined) continue;
    const row =
      textOf('symbols')
        .split('\n')
        .find((line) => line.startsWith(`| \`${name}\` `)) ?? '';
    test.match(row, `| \`${field}\` `, name);
    test.ok(row.includes(digits(form ?? '')), `${name}: ${form ?? ''}`);
  }
  test.end();
});

t.test('the calls of the sequences are calls of chapter 9', (test) => {
  const calls = readFileSync(join(specFolder, '09-http.md'), 'utf8');
  const sequences = [...parts].filter(([name]) => name.startsWith('sequence ')).map(([, text]) => text);
  const named = new Set(sequences.join('\n').match(/(?:GET|POST|PUT|DELETE) [^<\s]+/g));
  test.ok(named.size > 8);
  for (const call of named) test.ok(calls.includes(`| \`${call}\` `), call);
  test.end();
});

t.test('parts are formatted as Prettier formats them', async (test) => {
  const filepath = join(specFolder, 'README.md');
  const options = { ...(await resolveConfig(filepath)), filepath };
  for (const [name, text] of parts) test.ok(await check(`${text}\n`, options), name);
  test.ok(
    await check(idsText(readIds()), { ...options, filepath: join(specFolder, 'ids.json') }),
    'ids.json',
  );
});
