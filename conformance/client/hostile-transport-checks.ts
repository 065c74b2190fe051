/** What a client makes of answers that are none: one check for each row of `lies/transport-lies.ts` (chapter 9). */
import { Blocked, expectThat, Failure, type Check } from '../check.ts';
import { slowLies, transportLies, type TransportLie } from '../lies/transport-lies.ts';
import { VerbError } from '../target/client-target.ts';
import type { PullVerbResult } from '../target/verbs.ts';
import { because, shared, type Act, type ClientBench, type Signup } from './bench.ts';
import { doneBefore, expectDone, plant, putSeed, sessionOf, type Planted } from './flows.ts';
import { PULL } from './garden.ts';
import { expectHeld } from './pull-checks.ts';
import { stageCheck, type Refusal } from './stage-check.ts';

/** A device that the server lies to, its account, and the group in which it finds the documents. */
interface LiedTo {
  readonly account: Signup;
  readonly session: string;
  readonly group: Planted;
}

/** One that must not wait for long has an account of its own: what another has pulled is not there. */
const deviceOf = (name: string, patience?: number) =>
  shared(async (bench): Promise<LiedTo> => {
    const account = await bench.someone(name);
    const group = plant(bench, account, []);
    return { account, group, session: await sessionOf(bench, account, patience) };
  });
const device = deviceOf('lied-to');

/** Milliseconds beyond its patience that a client may take to give up: the machine may be busy. */
const GRACE = 3_000;

/** A pull that was answered with a lie, and the milliseconds that it took. */
interface Provoked {
  readonly act: Act<PullVerbResult>;
  readonly took: number;
}

/** The pull that was answered with the lie. A document waits on the server, so that success has something to show. */
const provoked =
  (lie: TransportLie, which: typeof device) =>
  async (bench: ClientBench): Promise<Provoked> => {
    const { account, session, group } = await which(bench);
    putSeed(bench, account, group, { id: `req_${lie.id}`, document: lie.id });
    const began = Date.now();
    const { outcome, told } = await bench.peer.lying({ call: PULL, tell: lie.tell }, () =>
      bench.call('pull', { session }),
    );
    if (told === 0) throw new Blocked(`the client made no ${PULL}${because(outcome.result)}`);
    return { act: outcome, took: Date.now() - began };
  };

function expectFailed({ result }: Act<PullVerbResult>): void {
  expectThat(result instanceof VerbError, 'the client reported a pull that failed as done', {
    expected: 'an error',
    actual: 'resources' in result ? `${String(result.resources.length)} resources` : '',
  });
}

function expectInTime(took: number, patience: number): void {
  expectThat(took <= patience + GRACE, 'the client waited longer than it was told to', {
    expected: `an error after ${String(patience)} ms without a byte`,
    actual: `an error after ${String(took)} ms`,
  });
}

/** The honest pull afterwards brings what the lie kept back. */
async function expectHonestPull(
  bench: ClientBench,
  { id }: TransportLie,
  { session }: LiedTo,
): Promise<void> {
  const { resources } = expectDone(await bench.call('pull', { session }), `the pull after ${id}`);
  expectHeld(resources, `req_${id}`, id);
}

const refusals = new Map<string, Refusal>();

/** @param patience - what the device was told, where it was */
function transportCheck(
  lie: TransportLie,
  which: typeof device,
  needs: readonly string[],
  patience?: number,
): Check<ClientBench> {
  const { id, title, requirements, stages } = lie;
  const provoke = shared(provoked(lie, which));
  if (stages.length > 0 && which === device)
    refusals.set(id, { stages, provoke: async (bench) => (await provoke(bench)).act });
  return {
    id: `client.transport.${id}`,
    title,
    requirements,
    needs,
    twin: async (bench) =>
      doneBefore(await bench.call('pull', { session: (await which(bench)).session }), 'pull'),
    async run(bench) {
      const { act, took } = await provoke(bench);
      if (stages.length === 0) expectHeld(expectDone(act, 'pull').resources, `req_${id}`, id);
      else expectFailed(act);
      if (patience !== undefined && stages.length > 0) expectInTime(took, patience);
      await expectHonestPull(bench, lie, await which(bench));
    },
  };
}

/** Milliseconds without a byte. On a busy machine an honest client may need more than the first. */
const PATIENCES = [600, 3_000];
const impatientDevices = new Map(
  PATIENCES.map((patience) => [patience, deviceOf(`lied-to-${String(patience)}`, patience)]),
);

/** The same check with more patience where it fails with little: a client that is wrong is so with any. */
function slowCheck({ id }: TransportLie): Check<ClientBench> {
  const checks = [...impatientDevices].flatMap(([patience, which]) =>
    slowLies(patience)
      .filter((lie) => lie.id === id)
      .map((lie) => transportCheck(lie, which, ['sync', 'patience'], patience)),
  );
  const last = checks.at(-1);
  if (last === undefined) throw new Error(`there is no ${id}`);
  return {
    ...last,
    async run(bench) {
      for (const { twin, run } of checks.slice(0, -1)) {
        const failure = await attempt(async () => {
          await twin?.(bench);
          await run(bench);
        });
        if (failure === undefined) return;
      }
      await last.run(bench);
    },
  };
}

/** What a client did wrong; a target that is gone ends the run. */
async function attempt(judge: () => Promise<void>): Promise<unknown> {
  try {
    await judge();
    return undefined;
  } catch (error) {
    if (error instanceof Failure || error instanceof Blocked) return error;
    throw error;
  }
}

export const hostileTransportChecks: readonly Check<ClientBench>[] = [
  ...transportLies.map((lie) => transportCheck(lie, device, ['sync'])),
  ...slowLies(0).map(slowCheck),
  stageCheck('client.transport.stages', 'sync', refusals),
];
