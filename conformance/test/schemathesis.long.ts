/**
 * An independent fuzzer reads `spec/openapi.yaml` and finds nothing in the reference server: schemathesis, which makes
 * requests that the document allows and requests that it forbids, with a live session and a group that is there.
 */
import { spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { createServer, listen, type Mail, type ProfileName } from '../../reference/index.ts';
import { PROFILES } from '../../reference/test/client-world.ts';
import { temporaryFolder } from '../../reference/test/temporary-folder.ts';
import { httpCalls } from '../../spec/calls.ts';
import { openServerBench } from '../server/bench/bench.ts';
import { serverCapabilities } from '../server/capabilities.ts';
import { makeGroup } from '../server/fixtures/flows.ts';
import { mailboxOver } from '../target/mailbox.ts';
import { root } from './root.ts';

t.setTimeout(900_000);

const PYTHON = process.env['PYTHON'] ?? 'python3';
const probe = spawnSync(PYTHON, ['-c', 'import schemathesis']);
const skip = probe.status === 0 ? false : `${PYTHON} is not there, or has no schemathesis`;

/** Requests for each call and phase; with `SLOW=1` as many as schemathesis makes by itself. */
const most = process.env['SLOW'] === '1' ? '100' : '8';

/** Calls that end the session, or take the group, that the others are made with: they come last. */
const ENDING = ['logout', 'deleteAccount', 'reset'];

/**
 * What it is not asked: whether everything that fits the schema is taken. That an address is normalised, or a modulus
 * odd, is more than a schema can say; `server.valid.*` and `server.signup.*` judge what has to be taken.
 */
const NOT_ASKED = 'positive_data_acceptance';

for (const profile of PROFILES)
  t.test(profile, { skip }, async (test) => {
    const { url, sessionId, groupId } = await serve(test, profile);
    const folder = temporaryFolder(test);
    const config = join(folder, 'schemathesis.toml');
    writeFileSync(config, `[parameters]\n"path.id" = "${groupId}"\n`);
    const calls = httpCalls.filter(({ profiles }) => profiles.includes(profile)).map(({ id }) => id);
    const find = async (only: readonly string[]): Promise<void> => {
      const { status, output } = await run(folder, [
        ...['--no-color', '--config-file', config, 'run', join(root, 'spec/openapi.yaml'), '--url', url],
        ...['-H', `X-Session-Id: ${sessionId}`, ...only.flatMap((id) => ['--include-operation-id', id])],
        ...['--phases', 'examples,coverage,fuzzing', '--max-examples', most, '--seed', '1'],
        ...['--exclude-checks', NOT_ASKED, '--continue-on-failure'],
      ]);
      test.equal(status, 0, `what it printed: ${output.slice(-6000)}`);
      test.match(output, new RegExp(`Tested: ${only.length}\\b`), 'every call was tried');
      const cases = Number(/(\d+) generated/.exec(output)?.[1]);
      test.ok(cases > 20 * only.length, `${cases} requests to ${only.length} calls`);
    };
    await find(calls.filter((id) => !ENDING.includes(id)));
    const whoami = await fetch(`${url}/auth/whoami`, { headers: { 'x-session-id': sessionId } });
    test.equal(
      whoami.status,
      200,
      'the session still lives: what needs one was not refused for the want of it',
    );
    await find(calls.filter((id) => ENDING.includes(id)));
  });

interface Served {
  readonly url: string;
  readonly sessionId: string;
  readonly groupId: string;
}

/** A server with an account that is logged in, and a group of it. */
async function serve(
  test: { teardown(handler: () => unknown): void },
  profile: ProfileName,
): Promise<Served> {
  const mails: Mail[] = [];
  const server = createServer({
    profile,
    publicUrl: 'http://127.0.0.1',
    mailer: (mail) => void mails.push(mail),
  });
  const { url, close } = await listen(server.fetch);
  test.teardown(close);
  const bench = openServerBench({
    target: { label: 'the reference server', url, mailbox: mailboxOver(mails) },
    ...{
      profile,
      capabilities: serverCapabilities(profile),
      seed: 1,
      runs: 1,
      path: undefined,
      timeout: 30_000,
    },
  });
  const device = await bench.device(await bench.jane());
  const { groupId } = await makeGroup(bench, device);
  return { url, sessionId: device.sessionId, groupId };
}

/** Runs it without holding up the server, which is in this process. */
async function run(
  folder: string,
  args: readonly string[],
): Promise<{ status: number | null; output: string }> {
  const child = spawn(PYTHON, ['-m', 'schemathesis.cli', ...args], { cwd: folder });
  let output = '';
  const read = (text: string): void => void (output += text);
  child.stdout.setEncoding('utf8').on('data', read);
  child.stderr.setEncoding('utf8').on('data', read);
  const status = await new Promise<number | null>((done) => child.once('close', done));
  return { status, output };
}
