/** Who may import whom, and that nobody imports in a circle. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import t from 'tap';
import { root } from './root.ts';

const files = ['spec', 'vectors', 'reference', 'conformance']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  )
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts') && !file.includes('/test/'));

/** What each file imports: files of ours as paths, everything else by name. Imports of types do not run. */
const imports = new Map(files.map((file) => [file, importsOf(file)]));

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const statements = text.matchAll(/^(?:import|export) (?!type )[^;]*? from '([^']+)'|^import '([^']+)'/gms);
  const names = [...statements].map(([, from, bare]) => from ?? bare ?? '');
  return names.map((name) => (name.startsWith('.') ? relative(root, join(root, dirname(file), name)) : name));
}

const importing = (folder: string): [file: string, imported: string][] =>
  [...imports]
    .filter(([file]) => file.startsWith(folder))
    .flatMap(([file, names]) => names.map((name) => [file, name] as [string, string]));

function expectNone(test: Pick<typeof t, 'same'>, found: readonly [string, string][], rule: string): void {
  test.same(
    found.map(([file, imported]) => `${file} imports ${imported}`),
    [],
    rule,
  );
}

t.test('folders', (test) => {
  test.ok(files.length > 60);
  const ours = (name: string) => /^(spec|vectors|reference|conformance)\//.test(name);
  const outside = (folder: string, allowed: readonly string[]) =>
    importing(`${folder}/`).filter(
      ([, name]) => ours(name) && !allowed.some((other) => name.startsWith(`${other}/`)),
    );
  expectNone(test, outside('spec', ['spec']), 'spec imports nothing of ours');
  expectNone(test, outside('vectors', ['spec', 'vectors']), 'vectors import spec alone');
  expectNone(test, outside('reference', ['spec', 'reference']), 'reference imports spec alone');
  test.end();
});

t.test('inside the reference', (test) => {
  const between = (from: string, to: string) => importing(from).filter(([, name]) => name.startsWith(to));
  expectNone(test, between('reference/client/', 'reference/server/'), 'client does not import server');
  expectNone(test, between('reference/server/', 'reference/client/'), 'server does not import client');
  const libraries = /^(node:crypto|@noble\/hashes|node-forge)/;
  for (const [file, names] of imports) {
    if (!file.startsWith('reference/')) continue;
    const used = new Set(names.map((name) => libraries.exec(name)?.[1]).filter((name) => name !== undefined));
    test.ok(
      used.size <= (file.startsWith('reference/primitives/') ? 1 : 0),
      `${file} uses ${[...used].join(', ') || 'no crypto library'}`,
    );
  }
  const inPrimitives = importing('reference/primitives/').filter(
    ([, name]) =>
      name.startsWith('reference/') && !/^reference\/(bytes|errors)\.ts$|^reference\/primitives\//.test(name),
  );
  const withDriver = [...imports.keys()].filter((file) => /\/sqlite(\/|\.ts$)/.test(file));
  const toDriver = importing('reference/').filter(
    ([file, name]) => withDriver.includes(name) && !withDriver.includes(file),
  );
  test.ok(withDriver.length > 5);
  expectNone(test, toDriver, 'storage in a file is reached through reference/sqlite.ts alone');
  expectNone(test, inPrimitives, 'primitives import nothing of ours but bytes and errors');
  test.end();
});

t.test('the client alone runs in a browser', (test) => {
  const needed = new Set(['reference/client/index.ts']);
  for (const file of needed) for (const name of imports.get(file) ?? []) needed.add(name);
  const foreign = [...needed].filter((name) => !/^(spec|reference)\//.test(name)).sort();
  test.same(
    foreign.filter((name) => !name.startsWith('@noble/hashes/')),
    ['ajv/dist/2020.js', 'node-forge'],
    'it imports nothing of Node',
  );
  const ofNode = /\b(Buffer|NodeJS|__dirname)\b|\bprocess\.\w|import\.meta/;
  for (const file of [...needed].filter((name) => name.endsWith('.ts')))
    test.equal(ofNode.exec(readFileSync(join(root, file), 'utf8'))?.[0], undefined, file);
  test.end();
});

t.test('inside the suite', (test) => {
  const reference = importing('conformance/').filter(([, name]) =>
    /^reference\/(?!(index|sqlite)\.ts$)/.test(name),
  );
  expectNone(test, reference, 'the suite sees the reference through its entries alone');
  const cli = [...imports]
    .filter(([file]) => !file.startsWith('conformance/cli/'))
    .flatMap(([file, names]) => names.map((name) => [file, name] as [string, string]))
    .filter(([, name]) => name.startsWith('conformance/cli/'));
  expectNone(test, cli, 'nothing imports the command line');
  const faults = importing('conformance/').filter(
    ([file, name]) =>
      name.startsWith('conformance/faults/') &&
      !/^conformance\/(faults\/|kill-matrix\/|catalogue\.ts)/.test(file),
  );
  expectNone(test, faults, 'what judges knows no fault; a night holds as long as it is the same');
  const ofBoth = /^conformance\/(index|judge|catalogue)\.ts$|^conformance\/(contract|report|self|server)\//;
  const ofServer = importing('conformance/').filter(
    ([file, name]) =>
      name.startsWith('conformance/server/') &&
      !ofBoth.test(file) &&
      !/^conformance\/(cli\/|faults\/|kill-matrix\/|ledger\/|speed\/|docs\/)/.test(file),
  );
  expectNone(
    test,
    ofServer,
    'what judges a client knows nothing of the checks of a server, nor do its nights',
  );
  test.end();
});

t.test('no circles', (test) => {
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' → '));
    if (path.includes(file) || done.has(file)) return;
    for (const name of imports.get(file) ?? []) visit(name, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  test.same(circles, []);
  test.end();
});

t.test('folders of the server checks import each other one way', (test) => {
  const folder = (file: string): string => /^conformance\/server\/([^/]+)\//.exec(file)?.[1] ?? '';
  const seen = new Map<string, Set<string>>();
  for (const [file, name] of importing('conformance/server/')) {
    const [from, to] = [folder(file), folder(name)];
    if (from === '' || to === '' || from === to) continue;
    seen.set(from, (seen.get(from) ?? new Set()).add(to));
  }
  const reached = (from: string, path: readonly string[] = []): string[] =>
    path.includes(from)
      ? [path.concat(from).join(' → ')]
      : [...(seen.get(from) ?? [])].flatMap((to) => reached(to, [...path, from]));
  test.ok(seen.size > 5);
  test.same(
    [...seen.keys()].flatMap((from) => reached(from)),
    [],
  );
  test.end();
});
