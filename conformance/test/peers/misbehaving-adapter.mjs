// An adapter that works like the reference client until its n-th call, or until a verb, and then misbehaves.
// node misbehaving-adapter.mjs HOW N|VERB [FILE]; with a FILE it writes process ids into it, one a line.
import { spawn } from 'node:child_process';
import { appendFileSync, closeSync } from 'node:fs';
import { createInterface } from 'node:readline';

const [how, at = '1', file] = process.argv.slice(2);
const MEGABYTE = 1024 * 1024;
const say = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
const note = (pid) => file !== undefined && appendFileSync(file, `${String(pid)}\n`);
const nested = (depth) => '['.repeat(depth) + ']'.repeat(depth);
const sleeper = (options) =>
  note(spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore', ...options }).pid);

/** Each gets the call and a function that answers it properly. */
const manners = {
  'is killed': () => process.kill(process.pid, 'SIGKILL'),
  'is stopped': () => process.kill(process.pid, 'SIGSTOP'),
  exits: () => process.exit(7),
  hangs: () => undefined,
  'prints garbage': () => process.stdout.write('\u001b[2J\u001b[32mHello, here I am\n'),
  'prints null': () => process.stdout.write('null\n'),
  'prints half a line': ({ id }) => process.stdout.write(`{"jsonrpc":"2.0","id":${String(id)},"resu`),
  'prints a long line': ({ id }) =>
    say({ id, result: { name: 'x'.repeat(50 * MEGABYTE), version: '1', profiles: ['documented'] } }),
  'prints a long line without an end': () => process.stdout.write('x'.repeat(50 * MEGABYTE)),
  'prints a line that is not UTF-8': () =>
    process.stdout.write(Buffer.concat([Buffer.from('{"jsonrpc":"'), Buffer.of(0xc3, 0x28, 0x0a)])),
  'prints a deep result': ({ id }) =>
    process.stdout.write(`{"jsonrpc":"2.0","id":${String(id)},"result":{"name":${nested(200_000)}}}\n`),
  'answers another call': ({ id }) => say({ id: id + 1000, result: {} }),
  'cannot read the call': () => say({ id: null, error: { code: -32700, message: 'I understand nothing' } }),
  'closes stdout': () => closeSync(1),
  'closes stdin': () => closeSync(0),
  'ends at once': () => process.exit(0),
  drips: ({ id }) => {
    const bytes = [...Buffer.from(`{"jsonrpc":"2.0","id":${String(id)},"result":{"accountId":"act_`)];
    setInterval(() => process.stdout.write(Buffer.of(bytes.shift() ?? 0x61)), 200);
  },
  'prints an empty line': () => process.stdout.write('\n'),
  'prints a list': (call) =>
    process.stdout.write(`[${JSON.stringify({ jsonrpc: '2.0', id: call.id, result: {} })}]\n`),
  'answers without an id': () => process.stdout.write('{"jsonrpc":"2.0","result":{}}\n'),
  'answers the last call again': ({ id }) => say({ id: id - 1, result: {} }),
  'answers and reports': ({ id }) => say({ id, result: {}, error: { code: -32000, message: 'and no' } }),
  'answers with another type': ({ id }) => say({ id, result: { accountId: 7 } }),
  'is of another type': ({ id }) =>
    say({ id, result: { name: 7, version: '1', profiles: 'documented', capabilities: [] } }),
  'can what nobody knows': ({ id }) =>
    say({
      id,
      result: { name: 'cook', version: '1', profiles: ['documented'], capabilities: ['account', 'cook'] },
    }),
  async 'answers before it is asked'({ id }, answer) {
    await answer();
    say({ id: id + 1, result: {} });
  },
  async 'exits afterwards'(_call, answer) {
    await answer();
    process.exit(7);
  },
  'floods stderr and hangs': () => process.stderr.write('and on and on '.repeat(4 * MEGABYTE)),
  'tells everything': ({ params }) => {
    process.stderr.write(JSON.stringify(params));
    process.exit(7);
  },
  async 'is deaf to SIGTERM'(_call, answer) {
    note(process.pid);
    process.on('SIGTERM', () => undefined);
    setInterval(() => undefined, 1000);
    await answer();
  },
  async 'answers twice'(_call, answer) {
    await answer();
    await answer();
  },
  async 'floods stderr'(_call, answer) {
    process.stderr.write('and on and on '.repeat(100_000));
    await answer();
  },
  async 'reports at length'({ id }) {
    say({ id, error: { code: -32000, message: 'no '.repeat(2 * MEGABYTE) } });
  },
  async 'starts a process'(_call, answer) {
    sleeper({});
    await answer();
  },
  'leaves a process and exits'() {
    sleeper({ stdio: 'inherit' });
    process.exit(7);
  },
  async 'starts a process that hides'(_call, answer) {
    sleeper({ stdio: 'inherit', detached: true });
    await answer();
  },
  async 'tells its process id'(_call, answer) {
    note(process.pid);
    await answer();
  },
};

let verbs;
async function work({ id, method, params }) {
  const description = {
    name: 'misbehaving',
    version: '1',
    profiles: ['documented'],
    capabilities:
      Number(at) > 0 ? ['account'] : ['account', 'groups', 'sync', 'share-email', 'unshare', 'teams'],
  };
  if (method === 'describe') return say({ id, result: description });
  verbs ??= (await import('../../../dist/conformance/index.js')).referenceVerbs();
  if (!(method in verbs)) return say({ id, error: { code: -32601, message: 'unknown verb' } });
  try {
    say({ id, result: await verbs[method](params) });
  } catch ({ message, stage = 'state' }) {
    say({ id, error: { code: -32000, message, data: { stage } } });
  }
}

if (how === 'exits at start') process.exit(7);
let calls = 0;
const always = ['floods stderr', 'reports at length'].includes(how);
for await (const line of createInterface({ input: process.stdin })) {
  const call = JSON.parse(line);
  calls += 1;
  const misbehaves = calls === Number(at) || call.method === at || (always && calls > Number(at));
  await (misbehaves ? manners[how](call, () => work(call)) : work(call));
}
if (!['exits', 'is killed'].includes(how)) setInterval(() => undefined, 1000);
