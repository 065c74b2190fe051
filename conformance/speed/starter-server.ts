/**
 * A server in a process of its own, in which logins are begun and abandoned; tells how many bytes each of them holds.
 * B is drawn instead of computed: it has the same length, and nobody ever proves anything.
 */
import { setTimeout } from 'node:timers/promises';
import { createServer, createSteps, native, pad, toHex } from '../../reference/index.ts';

const steps = createSteps('documented');
const server = createServer({
  profile: 'documented',
  mailer: () => undefined,
  publicUrl: 'http://127.0.0.1',
  steps: { ...steps, srp: { ...steps.srp, B: () => native.random(256) } },
});
const srpA = toHex(pad(2n, 256));

async function begin(email: string): Promise<void> {
  const request = new Request('http://127.0.0.1/auth/login-a', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, srpA }),
  });
  const { status } = await server.fetch(request);
  if (status !== 200) throw new Error(`login-a answered ${String(status)}`);
}

/** Bytes that are held, on the heap of JavaScript and beside it, once what requests leave behind is gone. */
async function held(): Promise<number> {
  for (let i = 0; i < 3; i++) {
    globalThis.gc?.();
    await setTimeout(100);
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const count = Number(process.argv[2]);
for (let i = 0; i < 1000; i++) await begin(`early${i}@example.com`);
const before = await held();
for (let i = 0; i < count; i++) await begin(`jane${i}@example.com`);
process.send?.(((await held()) - before) / count);
