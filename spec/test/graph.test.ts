/** The derivation graph: the published ones build, and every way in which a graph could not be executed is refused. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import derivations from '../derivations.json' with { type: 'json' };
import protocol from '../protocol.json' with { type: 'json' };
import requirementsFile from '../requirements.json' with { type: 'json' };
import { buildGraph, evaluate, graphSource, loadGraph, type ProfileName } from '../index.ts';
import { brokenGraphs, build, withValue } from './broken-graphs.ts';
import { specFolder } from '../schemas.ts';

const PROFILES: readonly ProfileName[] = ['documented', 'deployed'];

t.test('the untouched graphs build', (t) => {
  for (const profile of PROFILES) t.ok(buildGraph(graphSource(profile)).nodes.size > 40, profile);
  t.doesNotThrow(() => build(() => undefined), 'as a copy');
  t.equal(loadGraph('documented'), loadGraph('documented'), 'built once');
  t.end();
});

t.test('numbers that follow from a constant are that number', (t) => {
  const { constants, keys } = protocol;
  const sealed = derivations.templates['aes-message'].of.members;
  t.equal(sealed.t.of.start, -constants.TAG_BYTES.value, 'the tag is the end of a sealed message');
  t.equal(sealed.d.of.end, -constants.TAG_BYTES.value, 'the ciphertext is what comes before it');
  t.equal(8 * constants.RSA_MODULUS_BYTES.value, constants.RSA_MODULUS_BITS.value);
  t.equal(constants.N.value.length, 2 * constants.GROUP_BYTES.value);
  for (const [name, key] of Object.entries(keys)) {
    const length = { salt: 'SALT_BYTES', verifier: 'GROUP_BYTES', 'wrapped key': 'RSA_MODULUS_BYTES' }[
      key.kind
    ];
    if ('bytes' in key)
      t.equal(key.bytes, constants[(length ?? 'KEY_BYTES') as 'KEY_BYTES'].value, `${name} in protocol.json`);
  }
  t.end();
});

t.test('every node comes after those that it uses', (t) => {
  for (const profile of PROFILES) {
    const names = [...loadGraph(profile).nodes.keys()];
    t.ok(names.indexOf('srp.K') < names.indexOf('srp.M2'), profile);
  }
  t.end();
});

t.test('a graph that cannot be executed is refused with the name of the node', (t) => {
  for (const [what, node, message, edit] of brokenGraphs)
    t.throws(() => build(edit), { name: 'GraphError', node, message }, `${what}: ${node}`);
  t.end();
});

t.test('xor of lengths that turn out to be unequal is refused under the name of the node', (t) => {
  const graph = build(withValue('srp.x', { op: 'xor', of: ['SLT_Auth_2', 'a'] }));
  const given = (length: number) => ({ a: new Uint8Array(length), SLT_Auth_2: new Uint8Array(32) });
  t.equal(evaluate(graph, given(32)).values.has('srp.x'), true, 'the accepting twin');
  t.throws(() => evaluate(graph, given(33)), { node: 'srp.x', message: /length|33/ }, '33 and 32 bytes');
  t.end();
});

t.test('every derived value is bound to one requirement in each profile, and an input to none', (t) => {
  const requirements = new Map(requirementsFile.requirements.map((item) => [item.id, item]));
  for (const profile of PROFILES)
    for (const { name, value, requirements: ids = [] } of loadGraph(profile).nodes.values()) {
      const found = ids.map((id) => requirements.get(id)?.profile ?? `${id} is none`);
      const own = found.filter((one) => ['both', profile].includes(one));
      t.equal(own.length, value === undefined ? 0 : 1, `${profile}, ${name}: ${ids.join(', ')}`);
    }
  t.end();
});

t.test('every node names a section that is a heading of the specification', (t) => {
  const chapters = readdirSync(specFolder).filter((file) => file.endsWith('.md'));
  const text = chapters.map((file) => readFileSync(join(specFolder, file), 'utf8')).join('\n');
  const headings = new Set([...text.matchAll(/^#+ (\d+(?:\.\d+)?) /gm)].map(([, number]) => number));
  for (const profile of PROFILES)
    for (const { name, section } of loadGraph(profile).nodes.values())
      t.ok(headings.has(section), `${profile}, ${name}: ${section}`);
  t.end();
});
