/** Every version that is named somewhere is the present one, and every version has its list of changes. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseYaml } from '@redocly/openapi-core';
import t from 'tap';
import ids from '../ids.json' with { type: 'json' };
import protocol from '../protocol.json' with { type: 'json' };
import { specFolder } from '../schemas.ts';

const root = dirname(specFolder);
const read = (...path: string[]): string => readFileSync(join(root, ...path), 'utf8');
const manifest = JSON.parse(read('package.json')) as { readonly version: string };
const changes = [...read('spec', 'CHANGES.md').matchAll(/^## <a id="([^"]+)"><\/a>(\S+)$/gm)];

t.test('the citation names the package and the specification by their versions', (test) => {
  const citation = parseYaml(read('CITATION.cff')) as {
    readonly version: string;
    readonly 'preferred-citation': { readonly version: string };
  };
  test.equal(citation.version, manifest.version);
  test.equal(citation['preferred-citation'].version, protocol.version);
  test.match(read('spec', 'README.md'), `sync, version ${protocol.version}, SRP-19 (section 5.3)`);
  test.end();
});

t.test(
  'the newest changes of the specification are those of its version, each under its own anchor',
  (test) => {
    test.equal(changes[0]?.[2], protocol.version);
    for (const [, anchor, heading] of changes) test.equal(anchor, heading);
    test.end();
  },
);

t.test('every requirement came with a version whose changes are listed', (test) => {
  const listed = new Set(changes.map(([, , version]) => version));
  for (const since of new Set(Object.values(ids.ids).map((id) => id.since)))
    test.ok(listed.has(since), since);
  test.end();
});

t.test('the newest entry of the changelog is of the version of the package', (test) => {
  test.equal(/^## (\S+)/m.exec(read('CHANGELOG.md'))?.[1], manifest.version);
  test.end();
});
