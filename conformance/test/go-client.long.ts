/** The client in Go, which somebody wrote from the chapters alone, judged as anybody's client. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { judgeIndependentClient } from './independent-client.ts';
import { root } from './root.ts';

t.setTimeout(900_000); // two runs of the known answers and two of the suite

const folder = join(root, 'conformance/adapters/go');

// A toolchain that is older must not fetch a newer one.
const go = (...args: string[]): { status: number | null; output: string } => {
  const env = { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '-mod=readonly' };
  const { status, stdout, stderr } = spawnSync('go', args, { cwd: folder, encoding: 'utf8', env });
  return { status, output: `${stdout}${stderr}` };
};
const skip = go('mod', 'download').status === 0 ? false : 'Go 1.26 or golang.org/x/text is not there';

t.test('the client', { skip }, async (test) => {
  const build = mkdtempSync(join(tmpdir(), 'e2ee-sync-go-'));
  test.teardown(() => {
    rmSync(build, { recursive: true });
  });
  const client = join(build, 'client');
  const built = go('build', '-o', client, '.');
  test.equal(built.status, 0, built.output);

  await test.test('its own tests pass', (own) => {
    own.equal(spawnSync('gofmt', ['-l', '.'], { cwd: folder, encoding: 'utf8' }).stdout, '', 'gofmt');
    for (const args of [
      ['vet', './...'],
      ['test', './...'],
    ]) {
      const { status, output } = go(...args);
      own.equal(status, 0, output);
    }
    own.end();
  });

  await judgeIndependentClient(test, [client]);
});
