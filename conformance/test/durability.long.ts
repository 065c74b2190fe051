/** What a server keeps, judged from the command line: the reference with its state in a file, and with its state in memory alone. */
import { once } from 'node:events';
import { connect } from 'node:net';
import t from 'tap';
import { PROFILES } from '../../reference/test/client-world.ts';
import { startSmtpSink } from '../target/smtp-sink.ts';
import { root } from './root.ts';
import { runCli } from './run-cli.ts';

const SERVE = `exec env -u NODE_OPTIONS '${process.execPath}' '${root}/conformance/cli/e2ee-sync.cjs' serve`;
const IN_MEMORY = `${SERVE} --profile "$PROFILE" --port "$PORT" --smtp "$SMTP_URL"`;
const IN_A_FILE = `${IN_MEMORY} --data "$DATA/sync.db"`;

/** Some twenty starts of a process for each profile; `kill.test.ts` kills one more often. */
const TIMEOUT = 280_000;
t.setTimeout(3 * TIMEOUT);

for (const profile of PROFILES)
  t.test(`${profile}: a server that keeps its state in a file passes`, async (test) => {
    const args = ['--profile', profile, '--start', IN_A_FILE, '--only', 'server.durability.*', '--runs', '1'];
    const { status, stdout, left } = await runCli(['test', 'server', ...args], { timeout: TIMEOUT });
    test.equal(status, 0, stdout);
    test.match(stdout, /\n13 pass: conformant\n$/);
    test.same(left, [], 'no process is left behind');
  });

t.test('a server that keeps its state in memory is told so', async (test) => {
  const durability = 'server.durability.killed,server.durability.strangers,server.durability.sessions';
  const only = `server.login.M2,${durability},server.answers.*`;
  const { status, stdout } = await runCli(['test', 'server', '--start', IN_MEMORY, '--only', only], {
    timeout: TIMEOUT,
  });
  test.equal(status, 1, stdout);
  test.match(stdout, /the server was killed and started again, and has not all that it had acknowledged/);
  test.match(stdout, /no account is there: is data kept in memory alone, or not in the folder DATA\?/);
  test.match(stdout, /the restart kept no accounts/);
  test.match(
    stdout,
    /\n10 pass, 1 fail, 1 blocked: not conformant\n$/,
    'sessions may be gone, and what was answered is judged all the same',
  );
});

t.test('a server that is killed in the middle of a mail does not end the run', async (test) => {
  const { port, mails, close } = await startSmtpSink();
  const socket = connect(port, '127.0.0.1');
  const answer = async (): Promise<string> => String(((await once(socket, 'data')) as [Buffer])[0]);
  const say = async (line: string): Promise<string> => {
    socket.write(`${line}\r\n`);
    return await answer();
  };
  test.match(await answer(), /^220 /);
  await say('EHLO localhost');
  await say('MAIL FROM:<no-reply@localhost>');
  await say('RCPT TO:<jane@example.com>');
  test.match(await say('DATA'), /^354 /);
  socket.write('Subject: half of\r\n');
  socket.destroy();
  await once(socket, 'close');
  await close();
  test.same(mails, [], 'half a mail is none');
});
