/**
 * A server that is right and answers differently from the reference: nothing that a server may choose is held against it.
 * Where answers are compared with each other here; with `SLOW=1` by every check.
 */
import { join } from 'node:path';
import t from 'tap';
import { PROFILES } from '../../reference/test/client-world.ts';
import { root } from './root.ts';
import { runCli } from './run-cli.ts';

const program = join(root, 'conformance/test/peers/different-server.mjs');
const isSlow = process.env['SLOW'] === '1';
const TIMEOUT = 800_000;
/** The parts of the suite that hold one answer against another, or against all that a schema permits or forbids; and who moves. */
const COMPARING = [
  'access',
  'withdrawn',
  'stranger',
  'session',
  'confirm',
  'reset',
  'delete',
  'answers',
  'valid',
  'generated',
  'story',
  'durability.killed',
];
t.setTimeout(2 * TIMEOUT);

for (const profile of PROFILES)
  t.test(`${profile}: members, headers and an order of its own`, async (test) => {
    const start = `exec env -u NODE_OPTIONS '${process.execPath}' '${program}'`;
    const only = isSlow ? '*' : COMPARING.map((part) => `server.${part}*`).join(',');
    const args = ['test', 'server', '--seed', '1', '--profile', profile, '--only', only, '--start', start];
    const { status, stdout, stderr, left } = await runCli(args, { timeout: TIMEOUT });
    test.equal(status, 0, stdout.slice(-3000) + stderr);
    test.match(stdout, /: conformant\n$/);
    test.same(left, [], 'no process is left behind');
  });
