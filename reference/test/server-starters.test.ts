/** Logins that were begun and left (7.3, 9.8): how many live, and what they take. With `SLOW=1` 100 000 of them. */
import t from 'tap';
import { createMemoryStore, createServer, createSteps } from '../index.ts';
import { heapInUse } from './heap.ts';
import { fakeElement, openWorld, type World } from './server-world.ts';

async function open({ call }: World, email: string): Promise<string> {
  const { body } = await call('POST /auth/login-a', { body: { email, srpA: fakeElement() } });
  return String(body['sessionStarterId']);
}

/** Which of some starters live. */
const living = ({ store }: World, ids: readonly string[]): readonly boolean[] =>
  ids.map((id) => store.takeStarter(id) !== undefined);

t.test('of too many starters for one address the oldest are forgotten', async (test) => {
  const world = openWorld(test, 'documented', { limits: { startersOfAddress: 2 } });
  const bob = await open(world, 'bob@example.com');
  const ids = [];
  for (let i = 0; i < 4; i++) ids.push(await open(world, 'jane@example.com'));
  test.same(living(world, [bob, ...ids]), [true, false, false, true, true]);
});

t.test('of too many starters the oldest are forgotten', async (test) => {
  const world = openWorld(test, 'documented', { limits: { starters: 2 } });
  const ids = [];
  for (const name of ['a', 'b', 'c', 'd']) ids.push(await open(world, `${name}@example.com`));
  test.same(living(world, ids), [false, false, true, true]);
});

const slow = process.env['SLOW'] === '1';
if (slow) t.setTimeout(0);

t.test('logins that are left take no more memory than so many', async (test) => {
  const [total, limits] = slow ? [100_000, {}] : [1500, { starters: 300 }];
  const own = createMemoryStore();
  const live = new Set<string>();
  const store = {
    ...own,
    addStarter: (...args: Parameters<typeof own.addStarter>) => {
      live.add(args[0]);
      own.addStarter(...args);
    },
    takeStarter: (id: string) => {
      live.delete(id);
      return own.takeStarter(id);
    },
  };
  const steps = createSteps('documented');
  // The modular exponentiation takes most of the time, and no memory.
  const quick = { ...steps, srp: { ...steps.srp, B: () => new Uint8Array(256).fill(2) } };
  const publicUrl = 'https://sync.example';
  const mailer = () => undefined;
  const server = createServer({
    profile: 'documented',
    store,
    steps: quick,
    mailer,
    publicUrl,
    limits,
    now: () => 0,
  });
  const heaps: number[] = [];
  for (let i = 0; i < total; i++) {
    const body = JSON.stringify({ email: `jane${String(i)}@example.com`, srpA: fakeElement() });
    const headers = { 'content-type': 'application/json' };
    const request = new Request(`${publicUrl}/auth/login-a`, { method: 'POST', headers, body });
    if ((await server.fetch(request)).status !== 200) test.fail('a login was refused');
    if ((i + 1) % (total / 5) === 0) heaps.push(await heapInUse());
  }
  const [first = 0] = heaps;
  const last = heaps.at(-1) ?? 0;
  test.comment(`${String(total)} starters: MiB in use ${heaps.map((heap) => heap.toFixed(1)).join(', ')}`);
  test.equal(live.size, slow ? 10_000 : 300);
  test.ok(last - first < 10, `${last.toFixed(1)} MiB after all, ${first.toFixed(1)} MiB after a fifth`);
});
