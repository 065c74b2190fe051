/** What a server makes of pushed resources: the table of 8.5, and what it stores. */
import type { PushResponse, Resource } from '../../../reference/index.ts';
import { expectSame, expectThat, type Check } from '../../check.ts';
import type { ServerBench } from '../bench/bench.ts';
import { NO_VERSION, pushed, resourceOf } from '../fixtures/flows.ts';
import { oddResources, OTHER_ACCOUNT } from './odd-resources.ts';
import { expectResource, pushLists, storedResource, syncWorld } from './sync-world.ts';

const LISTS = ['created', 'updated', 'removed', 'conflicts'] as const;
type List = (typeof LISTS)[number];

/** A row of the table: what is stored, which version is pushed, and whether as removed. */
interface Row {
  readonly stored: 'nothing' | 'a resource' | 'a removed resource';
  readonly version: 'none' | 'the stored one' | 'an earlier one' | 'a made-up one';
  readonly removed: boolean;
}

const rows: readonly Row[] = (['nothing', 'a resource', 'a removed resource'] as const).flatMap((stored) =>
  (['none', 'the stored one', 'an earlier one', 'a made-up one'] as const)
    .filter((version) => stored !== 'nothing' || version === 'none' || version === 'a made-up one')
    .flatMap((version) => [false, true].map((removed) => ({ stored, version, removed }))),
);

/** The table of 8.5. */
function listOf({ stored, version, removed }: Row): List {
  if (stored !== 'nothing' && version !== 'the stored one') return 'conflicts';
  if (removed) return 'removed';
  return stored === 'nothing' ? 'created' : 'updated';
}

const inWords = ({ stored, version, removed }: Row): string =>
  `a push with ${version === 'none' ? NO_VERSION : version} and removed ${String(removed)} where the server stores ${stored}`;

/** The members of the envelope that a device sends otherwise than the one before it: by another clock, and of somebody else. */
const OTHERWISE: Partial<Resource> = {
  type: 'Another type',
  createdBy: OTHER_ACCOUNT,
  lastEdited: 1,
  lastEditedBy: OTHER_ACCOUNT,
};

/** A row as it is tried: what is stored before, the versions it has had, and what is pushed. */
interface Trial {
  readonly row: Row;
  readonly stored: Resource | undefined;
  readonly versions: readonly string[];
  readonly sent: Resource;
}

/** Stores what the rows begin with, in two pushes, so that there are earlier versions. @throws Blocked */
async function trialsOf(
  bench: ServerBench,
  tried: readonly { readonly id: string; readonly row: Row }[],
): Promise<readonly Trial[]> {
  const { device, group } = await syncWorld(bench);
  const there = tried.filter(({ row }) => row.stored !== 'nothing');
  const push = async (resources: readonly Resource[]): Promise<ReadonlyMap<string, string>> =>
    resources.length === 0 ? new Map() : await pushed(device, resources);
  const make = (id: string, change: Partial<Resource>) => resourceOf(bench, group, device, id, change);
  const first = await push(there.map(({ id }) => make(id, {})));
  const edits = there.map(({ id, row }) => {
    const version = first.get(id) ?? '';
    return make(id, { version, name: `Second name of ${id}`, removed: row.stored === 'a removed resource' });
  });
  const second = await push(edits);
  return tried.map(({ id, row }) => {
    const edit = edits.find((one) => one.id === id);
    const stored = edit && { ...edit, version: second.get(id) ?? '' };
    const versions = edit === undefined ? [] : [edit.version, second.get(id) ?? ''];
    const [earlier = '', latest = ''] = versions;
    const version = {
      ...{ none: NO_VERSION, 'a made-up one': 'made-up' },
      ...{ 'the stored one': latest, 'an earlier one': earlier },
    }[row.version];
    const sent = make(id, { version, removed: row.removed, name: `Pushed name of ${id}`, ...OTHERWISE });
    return { row, stored, versions, sent };
  });
}

/** Judges every row of the table that leads to one list, all in one push. */
function listCheck(list: List, title: string, requirements: readonly string[]): Check<ServerBench> {
  return {
    id: `server.push.${list}`,
    title,
    requirements,
    needs: ['groups', 'sync'],
    async run(bench) {
      const { device, group } = await syncWorld(bench);
      const due = rows.filter((row) => listOf(row) === list);
      const trials = await trialsOf(
        bench,
        due.map((row, i) => ({ id: `push_${list}_${String(i)}`, row })),
      );
      const answer = await pushLists(
        device,
        trials.map(({ sent }) => sent),
      );
      for (const trial of trials) {
        expectListed(trial, list, answer);
        const stored = await storedResource(device, group, trial.sent.id);
        const version = versionIn(answer, trial.sent.id);
        expectResource(
          `what is stored after ${inWords(trial.row)}`,
          list === 'conflicts' && trial.stored !== undefined ? trial.stored : { ...trial.sent, version },
          stored,
        );
      }
      const listed = LISTS.flatMap((name) => answer[name]);
      expectSame('the number of resources in the answer', String(trials.length), String(listed.length));
    },
  };
}

/** The resource is in the one list, with a version that it has not had, or as it is stored. */
function expectListed(
  { row, stored, versions, sent: { id } }: Trial,
  list: List,
  answer: PushResponse,
): void {
  const found = LISTS.filter((name) => answer[name].some((item) => item.id === id));
  expectSame(`the lists of the answer to ${inWords(row)}`, list, found.join(', '));
  if (list === 'conflicts' && stored !== undefined)
    expectResource(
      `the conflict of ${inWords(row)}`,
      stored,
      answer.conflicts.find((item) => item.id === id),
    );
  const version = versionIn(answer, id);
  expectThat(
    list === 'conflicts' || ![...versions, NO_VERSION].includes(version),
    `${inWords(row)} got no new version`,
    { expected: 'a version that the resource has not had', actual: version },
  );
}

const versionIn = (answer: PushResponse, id: string): string =>
  LISTS.flatMap((list) => answer[list]).find((item) => item.id === id)?.version ?? '';

export const pushChecks: readonly Check<ServerBench>[] = [
  listCheck(
    'created',
    'A resource that the server does not know is stored and listed as created, whatever its version.',
    ['PUSH-02', 'PUSH-03', 'SYNC-01'],
  ),
  listCheck(
    'updated',
    'A resource pushed with the stored version is replaced and listed as updated; one that was removed is back.',
    ['PUSH-02', 'PUSH-03', 'SYNC-01'],
  ),
  listCheck(
    'removed',
    'A resource pushed as removed is kept as removed, and listed so, also where the server did not know it.',
    ['PUSH-02', 'PUSH-03', 'SYNC-01'],
  ),
  listCheck(
    'conflicts',
    'A resource pushed with any other version than the stored one stays as it is, and the answer holds it.',
    ['PUSH-02', 'PUSH-04'],
  ),
  {
    id: 'server.push.as-sent',
    title:
      'A resource is stored and handed out exactly as it was sent: odd texts, long ones, edges of numbers.',
    requirements: ['PUSH-03'],
    needs: ['groups', 'sync'],
    async run(bench) {
      const { device, group } = await syncWorld(bench);
      for (const [what, change] of Object.entries(oddResources(bench, group))) {
        const { id = `odd ${what}`, extra = {}, ...members } = change;
        const sent = resourceOf(bench, group, device, id, members);
        const answer = await pushLists(device, [{ ...sent, ...extra }]);
        expectResource(
          `a resource with ${what}`,
          { ...sent, version: versionIn(answer, id) },
          await storedResource(device, group, id),
        );
      }
    },
  },
  {
    id: 'server.push.nothing',
    title: 'A push of nothing is taken, and answered with empty lists.',
    requirements: ['PUSH-02'],
    needs: ['groups', 'sync'],
    async run(bench) {
      const answer = await pushLists((await syncWorld(bench)).device, []);
      const listed = LISTS.filter((list) => answer[list].length > 0);
      expectSame('the lists with something in them', '', listed.join(', '));
    },
  },
];
