/** A server that is right and answers differently from the reference: nothing that a server may choose is held against it. */
import { join } from 'node:path';
import t from 'tap';
import { PROFILES } from '../../reference/test/client-world.ts';
import { root } from './root.ts';
import { runCli } from './run-cli.ts';

const program = join(root, 'conformance/test/peers/different-server.mjs');
const TIMEOUT = 800_000;
t.setTimeout(2 * TIMEOUT);

for (const profile of PROFILES)
  t.test(`${profile}: members, headers and an order of its own`, async (test) => {
    const start = `exec env -u NODE_OPTIONS '${process.execPath}' '${program}'`;
    const args = ['test', 'server', '--seed', '1', '--profile', profile, '--start', start];
    const { status, stdout, stderr, left } = await runCli(args, { timeout: TIMEOUT });
    test.equal(status, 0, stdout.slice(-3000) + stderr);
    test.match(stdout, /: conformant\n$/);
    test.same(left, [], 'no process is left behind');
  });
