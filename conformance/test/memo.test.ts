/** What came of faults before is remembered as long as nothing has changed that decides it; counts are counts. */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { counted } from '../kill-matrix/counted.ts';
import { digestOf, SOURCES } from '../kill-matrix/digest.ts';
import { judgeAll } from '../kill-matrix/pool.ts';
import { root } from './root.ts';

t.test('a change of anything that decides what comes of a run changes the digest', (test) => {
  const folder = test.testdir({ 'package-lock.json': '{}' });
  for (const [name] of SOURCES) mkdirSync(join(folder, name, 'deep'), { recursive: true });
  const seen = new Set<string>();
  const now = () => digestOf(SOURCES, folder);
  seen.add(now());
  test.ok(seen.has(now()), 'the same for the same');
  const changed = [
    ...['package-lock.json', 'dist/a.js', 'spec/derivations.json', 'spec/deep/account.json'],
    ...['spec/openapi.yaml', 'vectors/srp.json'],
  ];
  for (const file of changed) {
    writeFileSync(join(folder, file), '"changed"');
    test.notOk(seen.has(now()), file);
    seen.add(now());
  }
  cpSync(join(folder, 'dist/a.js'), join(folder, 'dist/README.md'));
  test.ok(seen.has(now()), 'what nothing reads does not');
  test.match(digestOf(SOURCES, root), /^[0-9a-f]{64}$/);
  test.end();
});

t.test('a count is a whole number above zero, and no process judges nothing', async (test) => {
  test.equal(counted('jobs', '12'), 12);
  for (const text of ['0', '-1', '1.5', 'two', '', '1e3'])
    test.throws(() => counted('jobs', text), { message: /^--jobs .*expected a whole number/ }, text);
  for (const jobs of [0, NaN])
    await test.rejects(
      judgeAll('worker.js', ['client.nobody'], jobs, () => undefined),
      { message: /judge nothing$/ },
    );
});
