/**
 * Push and pull of few and of many resources, client and server in one process and their times apart: what a resource
 * takes must not depend on how many there are.
 */
import {
  createClient,
  createMemoryStore,
  createServer,
  createSteps,
  native,
  type DeviceResource,
} from '../../reference/index.ts';
import { median, processor } from './race.ts';
import { row, type Row } from './row.ts';

const SIZES = [10, 1000, 10_000] as const;
const ROUNDS = 5;
const URL = 'http://127.0.0.1';
const jane = { email: 'jane@example.com', passphrase: 'correct horse', firstName: 'Jane', lastName: 'Doe' };

/** Processor time in milliseconds. */
interface Spent {
  readonly client: number;
  readonly server: number;
}

/** Microseconds for each resource, of each number of resources beside the next smaller one. */
export async function syncRows(): Promise<readonly Row[]> {
  const samples = new Map<number, Sample[]>(SIZES.map((size) => [size, []]));
  const keyPair = await native.generateRsaKeyPair();
  await sample(10, keyPair);
  for (let round = 0; round < ROUNDS; round++)
    for (const size of SIZES) samples.get(size)?.push(await sample(size, keyPair));
  const each = (size: number, call: keyof Sample, side: keyof Spent): number =>
    median((samples.get(size) ?? []).map((found) => (1000 * found[call][side]) / size));
  return (['push', 'pull'] as const).flatMap((call) =>
    (['client', 'server'] as const).flatMap((side) =>
      SIZES.slice(1).map((size, i) => {
        const smaller = SIZES[i] ?? 0;
        const name = `${call} of ${size} resources, ${side}`;
        return row(name, 'µs each', each(size, call, side), `of ${smaller}`, each(smaller, call, side));
      }),
    ),
  );
}

interface Sample {
  readonly push: Spent;
  readonly pull: Spent;
}

/** A new server and account; one device pushes, another pulls. */
async function sample(
  size: number,
  keyPair: Awaited<ReturnType<typeof native.generateRsaKeyPair>>,
): Promise<Sample> {
  const store = createMemoryStore();
  const server = createServer({ profile: 'documented', store, mailer: () => undefined, publicUrl: URL });
  let atServer = 0;
  const client = createClient({
    profile: 'documented',
    server: URL,
    steps: { ...createSteps('documented'), keyPair: () => Promise.resolve(keyPair) },
    async fetch(request) {
      // The body of a request and that of an answer are read and written on the side that they belong to.
      const before = processor();
      const response = await server.fetch(request);
      const body = await response.arrayBuffer();
      atServer += processor() - before;
      return new Response(body, response);
    },
  });
  const measured = async (call: () => Promise<unknown>): Promise<Spent> => {
    atServer = 0;
    const before = processor();
    await call();
    return { client: processor() - before - atServer, server: atServer };
  };
  store.setVerified(await client.signup(jane));
  const session = await client.login(jane);
  const { id: groupId } = await session.createGroup({ parentResourceId: 'wrk_1', name: 'Garden' });
  const { accountId } = session;
  const resources = Array.from({ length: size }, (_, i) => edited(groupId, accountId, `req_${i}`));
  const pushing = await client.login(jane, { ...session.exportDevice(), resources });
  const pulling = await client.login(jane);
  return {
    push: await measured(async () => expectAll(size, (await pushing.push()).pushed)),
    pull: await measured(async () => expectAll(size, (await pulling.pull()).resources)),
  };
}

/** A resource that was edited on the device and waits to be pushed. */
const edited = (groupId: string, accountId: string, id: string): DeviceResource => ({
  groupId,
  id,
  name: `Bed ${id}`,
  type: 'Request',
  document: { url: `https://example.com/${id}`, method: 'GET', rows: [1, 2, 3, 4] },
  removed: false,
  createdBy: accountId,
  lastEdited: 1,
  lastEditedBy: accountId,
  version: '__NO_VERSION__',
  unpushed: true,
});

function expectAll(size: number, done: readonly unknown[]): void {
  if (done.length !== size) throw new Error(`${done.length} of ${size} resources went through`);
}
