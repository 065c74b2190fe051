/** The derivation graph: the published ones build, and every way in which a graph could not be executed is refused. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
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

t.test('every node names a section that is a heading of the specification', (t) => {
  const chapters = readdirSync(specFolder).filter((file) => file.endsWith('.md'));
  const text = chapters.map((file) => readFileSync(join(specFolder, file), 'utf8')).join('\n');
  const headings = new Set([...text.matchAll(/^#+ (\d+(?:\.\d+)?) /gm)].map(([, number]) => number));
  for (const profile of PROFILES)
    for (const { name, section } of loadGraph(profile).nodes.values())
      t.ok(headings.has(section), `${profile}, ${name}: ${section}`);
  t.end();
});
