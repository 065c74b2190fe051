/** The client in Java, which somebody wrote from the chapters alone, judged as anybody's client. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { judgeIndependentClient } from './independent-client.ts';
import { root } from './root.ts';

t.setTimeout(900_000); // two runs of the known answers and two of the suite

const OLDEST = 17;
const folder = join(root, 'conformance/adapters/java');
// What stretches a passphrase takes long, and is asked again as a known answer.
const which = process.env['SLOW'] === '1' ? [] : ['--unstretched'];

const run = (command: string, ...args: string[]): { status: number | null; output: string } => {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: 'utf8' });
  return { status, output: `${stdout}${stderr}` };
};
const [, version = '0'] = /^javac (\d+)/.exec(run('javac', '--version').output) ?? [];
const skip = Number(version) >= OLDEST ? false : `javac is not there, or older than ${String(OLDEST)}`;

t.test('the client', { skip }, async (test) => {
  const classes = mkdtempSync(join(tmpdir(), 'e2ee-sync-java-'));
  test.teardown(() => {
    rmSync(classes, { recursive: true });
  });
  const java = ['-XX:+UseSerialGC', '-cp', classes];
  const files = readdirSync(folder, { encoding: 'utf8', recursive: true });
  const sources = files.filter((file) => file.endsWith('.java'));
  const lint = '-Xlint:unchecked,rawtypes,deprecation,serial';
  const built = run('javac', lint, '-Werror', '-encoding', 'UTF-8', '-d', classes, ...sources);
  test.equal(built.status, 0, built.output);

  await test.test('its own tests pass', (own) => {
    const { status, output } = run('java', ...java, 'e2eesync.Tests', root, ...which);
    own.equal(status, 0, output);
    own.match(output, /^\d+ vectors, all as they must be$/m);
    own.end();
  });

  await judgeIndependentClient(test, ['java', ...java, 'e2eesync.adapter.Main']);
});
