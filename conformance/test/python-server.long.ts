/** The server in Python, which somebody wrote from the chapters alone, judged as anybody's server. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { PYTHON, pythonServer, pythonServerFolder, run } from '../nightly/programs.ts';
import { runCli } from './run-cli.ts';

t.jobs = 2; // each of the two runs waits for its mail, or for a start
t.setTimeout(1_200_000); // the mail of the server is read by a program of its own each time

const folder = pythonServerFolder;
const program = pythonServer();
const skip = 'missing' in program ? program.missing : false;

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
  const { status, output } = run([PYTHON, '-m', 'unittest', 'server.test_vectors'], folder);
  test.equal(status, 0, output);
  test.end();
});

void t.test('started by the suite, with its mail server', { skip, buffered: true }, async (test) => {
  const command = `exec ${PYTHON} -m server --port "$PORT" --profile "$PROFILE" --data "$DATA/sync.db" --smtp "$SMTP_URL" --clock-ahead "$CLOCK_AHEAD"`;
  await judge(test, ['--clock', '--start', `cd '${folder}' && ${command}`, '--profile', 'documented']);
});

void t.test('at its URL, its mail read by a command', { skip, buffered: true }, async (test) => {
  const mail = mkdtempSync(join(tmpdir(), 'e2ee-sync-mail-'));
  const port = String(await freePort());
  const args = ['-m', 'server', '--port', port, '--profile', 'deployed', '--mail-dir', mail];
  const server = spawn(PYTHON, args, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  test.teardown(() => {
    server.kill();
    rmSync(mail, { recursive: true });
  });
  await new Promise((ready) => server.stdout.once('data', ready));
  const command = `${PYTHON} '${join(folder, 'newest_mail.py')}' '${mail}'`;
  await judge(test, [`http://127.0.0.1:${port}`, '--mail-command', command, '--profile', 'deployed']);
});

async function judge(test: Test, attached: readonly string[]): Promise<void> {
  const args = ['test', 'server', '--seed', '1', ...attached];
  const { status, stdout, stderr } = await runCli(args, { timeout: 800_000 });
  test.equal(status, 0, stdout.slice(-3000) + stderr);
  test.match(stdout, /: conformant\n$/);
}
