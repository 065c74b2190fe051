/** Pushes, pulls and lists of duplicates that are not of their form: each refused, and nothing done of it (8.5, 8.6, 8.10). */
import { httpCallOf } from '../../../spec/calls.ts';
import { expectSame, expectThat, type Check } from '../../check.ts';
import { bytesOf, RAW } from '../../requests/draft.ts';
import { isSuccess, requestLine, statusAndBody, type ServerBench } from '../bench/bench.ts';
import { groupPath, makeGroup, resourceOf } from '../fixtures/flows.ts';
import { expectRefusal } from '../answers/refusal.ts';
import { judgeRows, type RefusalTable } from '../fixtures/rows.ts';
import { spoiledBodies } from '../fixtures/spoiled-places.ts';
import { taken } from '../fixtures/valid.ts';
import { expectNothing, honestSync, storedResource, syncWorld } from './sync-world.ts';

/** A right body of a call, and what must be as it was after it was spoiled in every way. */
interface Prepared {
  readonly right: unknown;
  /** @throws Failure */
  readonly expectUnchanged: () => Promise<void>;
}

interface Form extends RefusalTable<(bench: ServerBench) => Promise<Prepared>> {
  readonly path: string;
  /** The name of the schema of the body. */
  readonly schema: string;
  /** Members that a server takes and ignores: whatever stands there, it may. */
  readonly ignored?: readonly string[];
}

/** A value as JSON text, in which raw numbers are as they are. */
const textOf = (value: unknown): string =>
  Buffer.from(
    bytesOf({ value, bytes: undefined, method: '', target: '', headers: {} }) ?? new Uint8Array(),
  ).toString();

const FORMS: readonly Form[] = [
  {
    id: 'server.push.malformed',
    title:
      'A push in which a member of a resource is missing, unknown or not of its form is refused as a whole.',
    requirements: ['HTTP-07', 'ENC-02', 'AES-10', 'HTTP-11'],
    needs: ['groups', 'sync'],
    status: 400,
    error: 'malformed',
    path: '/sync/push',
    schema: 'push-request',
    ignored: ['_id', 'dirty'],
    async rows(bench) {
      const { device, group } = await syncWorld(bench);
      const ids = ['before a malformed one', 'malformed'];
      return {
        right: ids.map((id) => resourceOf(bench, group, device, id)),
        expectUnchanged: () => expectNothing(bench, ids),
      };
    },
  },
  {
    id: 'server.pull.malformed',
    title: 'A pull in which a member of an entry is missing, unknown or not of its form is refused.',
    requirements: ['HTTP-07'],
    needs: ['groups', 'sync'],
    status: 400,
    error: 'malformed',
    path: '/sync/pull',
    schema: 'pull-request',
    async rows(bench) {
      const { groupId } = (await syncWorld(bench)).group;
      const listed = { resourceGroupId: groupId, version: 'made-up', removed: false };
      return {
        right: {
          resources: ['listed', 'malformed'].map((id) => ({ id, ...listed })),
          blacklist: ['no_such_group', groupId],
        },
        expectUnchanged: async () => Promise.resolve(),
      };
    },
  },
  {
    id: 'server.dupes.malformed',
    title: 'A list of duplicate groups that is not of its form is refused, and none of them is deleted.',
    requirements: ['HTTP-07', 'HTTP-11'],
    needs: ['groups', 'sync', 'fix-dupes'],
    status: 400,
    error: 'malformed',
    path: '/sync/fix-dupes',
    schema: 'fix-dupes-request',
    async rows(bench) {
      const { device } = await syncWorld(bench);
      const make = async () => await makeGroup(bench, device, 'wrk_dupes_malformed');
      const groups = [await make(), await make(), await make()];
      return {
        right: { ids: groups.map(({ groupId }) => groupId) },
        async expectUnchanged() {
          for (const group of groups) {
            const answer = await device.call('GET', groupPath(group));
            expectThat(isSuccess(answer), 'a refused call took away a group that it named', {
              expected: 'a 2xx status',
              actual: statusAndBody(answer),
            });
          }
        },
      };
    },
  },
];

const formCheck = ({ path, schema, ignored, status, error, rows, ...check }: Form): Check<ServerBench> => ({
  ...check,
  async twin(bench) {
    await honestSync(bench);
    await taken(httpCallOf('POST', path)?.id ?? path)(bench);
  },
  async run(bench) {
    const { sessionId } = (await syncWorld(bench)).device;
    const { right, expectUnchanged } = await rows(bench);
    await judgeRows(spoiledBodies(schema, right, ignored), async ({ what, body }) => {
      const answer = await bench.send('POST', path, { text: textOf(body), sessionId });
      expectRefusal(`a body of ${path} with ${what}`, answer, [status], error);
    });
    await expectUnchanged();
  },
});

/** Moments as JSON can write them, by their milliseconds. */
const MOMENTS: Readonly<Record<string, number>> = {
  ...{ '0': 0, '-0': 0, '0.0': 0, '-0.0': 0, '0e5': 0 },
  ...{ '1735689600000': 1735689600000, '1735689600000.000': 1735689600000, '17356896e5': 1735689600000 },
  ...{ '1.7356896E+12': 1735689600000, '17356896000000e-1': 1735689600000 },
  ...{ '9007199254740991': 9007199254740991, '9007199254740991.0': 9007199254740991 },
};

export const syncFormChecks: readonly Check<ServerBench>[] = [
  ...FORMS.map(formCheck),
  {
    id: 'server.push.moment',
    title: 'A moment is taken and handed out as the number that it is, however it is written.',
    requirements: ['PUSH-03'],
    needs: ['groups', 'sync'],
    async run(bench) {
      const { device, group } = await syncWorld(bench);
      await judgeRows(Object.entries(MOMENTS), async ([text, lastEdited]) => {
        const id = `edited at ${text}`;
        const resource = { ...resourceOf(bench, group, device, id), lastEdited: RAW + text };
        const sent = { text: textOf([resource]), sessionId: device.sessionId };
        const answer = await bench.send('POST', '/sync/push', sent);
        expectThat(isSuccess(answer), `a push with the moment ${text} was refused`, {
          sent: requestLine(answer),
          expected: 'status 200',
          actual: statusAndBody(answer),
        });
        const stored = await storedResource(device, group, id);
        expectSame(`lastEdited that was ${text}`, String(lastEdited), String(stored?.lastEdited));
      });
    },
  },
];
