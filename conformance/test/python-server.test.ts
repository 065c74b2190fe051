/** The server in Python, which somebody wrote from the chapters alone, judged as anybody's server. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { root } from './root.ts';
import { runCli } from './run-cli.ts';

t.setTimeout(1_200_000); // the mail of the server is read by a program of its own each time

const PYTHON = process.env['PYTHON'] ?? 'python3';
const folder = join(root, 'conformance/adapters/python-server');
const version = spawnSync(PYTHON, ['-c', 'import sys; sys.exit(sys.version_info < (3, 11))']);
const skip = version.status === 0 ? false : `${PYTHON} is not there, or older than 3.11`;

async function freePort(): Promise<number> {
  return await new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => {
        done(port);
      });
    });
  });
}

t.test('it computes the values of the known answers', { skip }, (test) => {
  const { status, stderr } = spawnSync(PYTHON, ['-m', 'unittest', 'server.test_vectors'], { cwd: folder });
  test.equal(status, 0, String(stderr));
  test.end();
});

for (const profile of ['documented', 'deployed'])
  t.test(profile, { skip }, async (test) => {
    const mail = mkdtempSync(join(tmpdir(), 'e2ee-sync-mail-'));
    const port = String(await freePort());
    const args = ['-m', 'server', '--port', port, '--profile', profile, '--mail-dir', mail];
    const server = spawn(PYTHON, args, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
    test.teardown(() => {
      server.kill();
      rmSync(mail, { recursive: true });
    });
    await new Promise((ready) => server.stdout.once('data', ready));
    const command = `${PYTHON} ${join(folder, 'newest_mail.py')} ${mail}`;
    const options = ['--profile', profile, '--mail-command', command, '--seed', '1'];
    const { status, stdout, stderr } = await runCli(
      ['test', 'server', `http://127.0.0.1:${port}`, ...options],
      { timeout: 800_000 },
    );
    test.equal(status, 0, stdout.slice(-3000) + stderr);
    test.match(stdout, /: conformant\n$/);
  });
