/** The client in Java, which was written from the chapters alone, judged as anybody's client. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { root } from './root.ts';
import { runCli } from './run-cli.ts';

const OLDEST = 17;
const folder = join(root, 'conformance/adapters/java');
const classes = mkdtempSync(join(tmpdir(), 'e2ee-sync-java-'));
const java = ['java', '-XX:+UseSerialGC', '-cp', classes];
const adapter = ['--', ...java, 'e2eesync.adapter.Main'];
const slow = process.env['SLOW'] === '1';
const seeds = slow ? ['1', '2', '3', '4', '5'] : ['1'];

function missing(): string | false {
  const { stdout } = spawnSync('javac', ['--version'], { encoding: 'utf8' });
  const [, version = '0'] = /^javac (\d+)/.exec(stdout) ?? [];
  return Number(version) >= OLDEST ? false : `javac is not there, or older than ${String(OLDEST)}`;
}
const skip = missing();

t.teardown(() => {
  rmSync(classes, { recursive: true });
});

t.test('it compiles without a warning that matters', { skip }, (test) => {
  const files = readdirSync(folder, { encoding: 'utf8', recursive: true });
  const sources = files.filter((file) => file.endsWith('.java'));
  const options = [
    '-Xlint:unchecked,rawtypes,deprecation,serial',
    '-Werror',
    '-encoding',
    'UTF-8',
    '-d',
    classes,
  ];
  const { status, stderr } = spawnSync('javac', [...options, ...sources], { cwd: folder });
  test.equal(status, 0, String(stderr));
  test.end();
});

t.test('its own tests hold, against the vectors', { skip }, (test) => {
  const [command = '', ...options] = java;
  const unstretched = slow ? [] : ['--unstretched'];
  const { status, stdout, stderr } = spawnSync(command, [...options, 'e2eesync.Tests', root, ...unstretched]);
  test.equal(status, 0, String(stderr));
  test.match(String(stdout), /^\d+ vectors, all as they must be$/m);
  test.end();
});

for (const profile of ['documented', 'deployed']) {
  t.test(`${profile}: every vector of a client`, { skip }, async (test) => {
    const command = ['vectors', 'verify', '--profile', profile, ...adapter];
    const { status, stdout, stderr } = await runCli(command, { timeout: 110_000 });
    test.equal(status, 0, stdout.slice(-3000) + stderr);
    test.match(stdout, /^\d+ vectors, all as they must be$/m);
    const [, notAsked = ''] = /^Not asked: (.*)$/m.exec(stdout) ?? [];
    const steps = notAsked.split('; ').map((part) => part.replace(/^\d+ for want of /, ''));
    test.same(steps.sort(), [
      'a login that is played from a vector',
      'accept-A',
      'accept-M1',
      'accept-verifier',
    ]);
  });

  for (const seed of seeds)
    t.test(`${profile}: every check, seed ${seed}`, { skip }, async (test) => {
      const options = ['--profile', profile, '--seed', seed];
      const command = ['test', 'client', ...options, ...adapter];
      const { status, stdout, stderr } = await runCli(command, { timeout: 240_000 });
      test.equal(status, 0, stdout.slice(-3000) + stderr);
      test.match(stdout, /^\d+ pass: conformant$/m, 'nothing was skipped: it declares every capability');
    });
}
