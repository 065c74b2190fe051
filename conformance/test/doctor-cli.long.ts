/** `e2ee-sync doctor` as a user meets it, with adapters that work, that do nothing and that break. */
import t, { type Test } from 'tap';
import { runCli } from './run-cli.ts';

t.jobs = 2;
const peer = (name: string, ...args: string[]): string[] => [
  'node',
  `conformance/test/peers/${name}.mjs`,
  ...args,
];

async function doctor(test: Test, status: number, command: readonly string[], ...options: string[]) {
  const run = await runCli(['doctor', ...options, '--', ...command], { timeout: 90_000 });
  test.equal(run.status, status, run.stdout);
  test.equal(run.stderr, '');
  test.same(run.left, [], 'no process is left behind');
  return run.stdout;
}

void t.test('an adapter that works', { buffered: true }, async (test) => {
  const command = ['node', 'dist/conformance/adapters/documented.js'];
  const stdout = await doctor(test, 0, command);
  test.match(stdout, /^verb +capability +declared state +what came$/m);
  test.match(
    stdout,
    /^changePassword with newEmail +change-email +yes +works +a result as its schema says$/m,
  );
  test.match(stdout, /^derive +derive +no +absent +no such verb \(-32601\)$/m);
  test.match(stdout, /^17 work, 2 absent$/m);
  test.match(stdout, `Next: e2ee-sync test client --profile documented -- ${command.join(' ')}\n`);
});

void t.test('adapters behind which there is no client', { buffered: true }, async (test) => {
  const lies = await doctor(test, 1, peer('null-adapter', 'well-formed lies'));
  test.match(
    lies,
    /^signup +account +yes +BROKEN +a result, and the server has seen no POST \/auth\/signup$/m,
  );
  test.match(lies, /^1 work, /m, 'nothing but describe works');
  test.notMatch(lies, 'e2ee-sync test client');
  const errors = await doctor(
    test,
    1,
    peer('null-adapter', 'a description, then errors'),
    '--profile',
    'deployed',
  );
  test.match(errors, /BROKEN +an error at stage auth, without a call to the server: «I will not»$/m);
  test.match(errors, /^1 work, /m);
  for (const kind of ['bare braces', 'an empty result', 'an error']) {
    const stdout = await doctor(test, 3, peer('null-adapter', kind));
    test.match(stdout, /The client could not be run to the end: the adapter (printed|answered) .*\nNext: /);
  }
});

void t.test('adapters that break', { buffered: true }, async (test) => {
  const exits = await doctor(test, 1, peer('misbehaving-adapter', 'exits', 'push'));
  test.match(exits, /^push +sync +yes +BROKEN +the adapter ended with status 7$/m);
  test.match(exits, /^pull +sync +yes +works /m, 'the others are tried');
  const hangs = await doctor(test, 3, peer('misbehaving-adapter', 'hangs', '1'), '--timeout', '1500');
  test.match(hangs, 'could not be run to the end: the adapter did not answer describe within 1.5 seconds');
  const floods = await doctor(test, 0, peer('misbehaving-adapter', 'floods stderr', '1'));
  test.match(floods, /^Next: e2ee-sync test client/m);
  test.match(await doctor(test, 3, ['/no/such/command']), 'the adapter could not be started');
  const other = await doctor(test, 3, peer('misbehaving-adapter', 'hangs', '99'), '--profile', 'deployed');
  test.match(other, 'the client declares documented, not deployed');
});
