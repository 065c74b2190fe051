/** What a server answers to a pull: the table of 8.6, and what it leaves out. */
import type { PullResponse, Resource } from '../../../reference/index.ts';
import { expectSame, type Check } from '../../check.ts';
import type { ServerBench } from '../bench/bench.ts';
import { makeGroup, NO_VERSION, pushed, resourceOf, shareWith, type OwnGroup } from '../fixtures/flows.ts';
import { foreignGroup } from './push-refusal-checks.ts';
import { expectRefusal } from '../answers/refusal.ts';
import { shared } from '../fixtures/shared.ts';
import { expectResource, honestSync, pullLists, pushLists, syncWorld } from './sync-world.ts';

const LISTS = ['createdResources', 'updatedResources', 'idsToPush', 'idsToRemove'] as const;
type List = (typeof LISTS)[number];

/** A row of the table of 8.6. */
interface Row {
  readonly id: string;
  readonly stored: 'nothing' | 'a resource' | 'a removed resource';
  /** What the device lists; nothing where missing. */
  readonly listed?: { readonly version: 'same' | 'earlier' | 'made-up' | 'none'; readonly removed: boolean };
  readonly list: List | 'none';
}

/** Every row of the table, with each version that is another one. */
const rows: readonly Row[] = [
  { id: 'new', stored: 'a resource', list: 'createdResources' },
  { id: 'gone', stored: 'a removed resource', list: 'none' },
  ...listing('a resource', ['same'], [false, true], 'none'),
  ...listing('a removed resource', ['same'], [false, true], 'none'),
  ...listing('a resource', ['earlier', 'made-up', 'none'], [false, true], 'updatedResources'),
  ...listing('a removed resource', ['earlier', 'made-up', 'none'], [false], 'idsToRemove'),
  ...listing('a removed resource', ['earlier', 'made-up', 'none'], [true], 'none'),
  ...listing('nothing', ['made-up', 'none'], [false], 'idsToPush'),
  ...listing('nothing', ['made-up', 'none'], [true], 'none'),
];

function listing(
  stored: Row['stored'],
  versions: readonly NonNullable<Row['listed']>['version'][],
  removals: readonly boolean[],
  list: Row['list'],
): Row[] {
  return versions.flatMap((version) =>
    removals.map((removed) => {
      const id = `${stored}, ${version}, ${String(removed)}`;
      return { id, stored, listed: { version, removed }, list };
    }),
  );
}

const inWords = ({ stored, listed }: Row): string =>
  `a pull that lists ${listed === undefined ? 'nothing' : `the version ${listed.version}, removed ${String(listed.removed)},`} where the server stores ${stored}`;

/** One pull that holds every row, in a group of its own. */
const everyRow = shared(async (bench) => {
  const { device } = await syncWorld(bench);
  const group = await makeGroup(bench, device, 'wrk_pull');
  const there = rows.filter(({ stored }) => stored !== 'nothing');
  const first = there.map(({ id }) => resourceOf(bench, group, device, id));
  const earlier = await pushed(device, first);
  const second = there.map(({ id, stored }, i) => ({
    ...(first[i] ?? resourceOf(bench, group, device, id)),
    ...{
      version: earlier.get(id) ?? '',
      name: `Second name of ${id}`,
      removed: stored === 'a removed resource',
    },
  }));
  const latest = await pushed(device, second);
  const known = rows.flatMap(({ id, listed }) => {
    if (listed === undefined) return [];
    const version = {
      ...{ same: latest.get(id) ?? '', earlier: earlier.get(id) ?? '' },
      ...{ 'made-up': 'made-up', none: NO_VERSION },
    }[listed.version];
    return [{ id, resourceGroupId: group.groupId, version, removed: listed.removed }];
  });
  const stored = second.map((one): Resource => ({ ...one, version: latest.get(one.id) ?? '' }));
  return { group, stored, answer: within(await pullLists(device, known), group) };
});

/** Of an answer what belongs to one group. The account has others. */
function within(answer: PullResponse, { groupId }: OwnGroup): PullResponse {
  const isWithin = ({ resourceGroupId }: Resource): boolean => resourceGroupId === groupId;
  return {
    ...answer,
    createdResources: answer.createdResources.filter(isWithin),
    updatedResources: answer.updatedResources.filter(isWithin),
  };
}

const idsIn = (answer: PullResponse, list: List): readonly string[] =>
  answer[list].map((item) => (typeof item === 'string' ? item : item.id));

/** Judges the rows that lead to one list, or to none. */
const listCheck = (list: Row['list'], id: string, title: string): Check<ServerBench> => ({
  id: `server.pull.${id}`,
  title,
  requirements: ['PULL-02'],
  needs: ['groups', 'sync'],
  async run(bench) {
    const { stored, answer } = await everyRow(bench);
    for (const row of rows.filter((one) => one.list === list)) {
      const found = LISTS.flatMap((name) =>
        idsIn(answer, name)
          .filter((one) => one === row.id)
          .map(() => name),
      );
      expectSame(`the lists of the answer to ${inWords(row)}`, list, found.join(', ') || 'none');
      if (list !== 'createdResources' && list !== 'updatedResources') continue;
      const due = stored.find((one) => one.id === row.id);
      const actual = answer[list].find((one) => one.id === row.id);
      if (due !== undefined) expectResource(`the resource of ${inWords(row)}`, due, actual);
    }
  },
});

/** What an answer holds of some ids, in whichever list. */
const heldOf = (answer: PullResponse, ids: readonly string[]): string =>
  LISTS.flatMap((list) => idsIn(answer, list).filter((id) => ids.includes(id))).join(', ');

/** One more than a database hands out at once, where nobody asks for the next page. */
const MANY = 1001;

/** Groups of one account. */
const MANY_GROUPS = 101;

export const pullChecks: readonly Check<ServerBench>[] = [
  listCheck(
    'createdResources',
    'created',
    'What the device does not list and the server stores is handed out whole, unless it is removed.',
  ),
  listCheck(
    'updatedResources',
    'updated',
    'What the device lists with another version is handed out whole, whether or not the device has removed it.',
  ),
  listCheck('idsToRemove', 'removed', 'What was removed and the device lists as there is named for removal.'),
  listCheck('idsToPush', 'to-push', 'What the device lists and the server lacks is asked for.'),
  listCheck('none', 'nothing', 'What is the same on both sides, or is gone on both, is in no list.'),
  {
    id: 'server.pull.blacklist',
    title:
      'A pull is answered with nothing of a group that the blacklist names, be it stored, listed or removed.',
    requirements: ['PULL-03'],
    needs: ['groups', 'sync'],
    async run(bench) {
      const { device } = await syncWorld(bench);
      const [left, kept] = [
        await makeGroup(bench, device, 'wrk_left'),
        await makeGroup(bench, device, 'wrk_kept'),
      ];
      const ids = { there: 'left, there', gone: 'left, gone', unknown: 'left, unknown' };
      await pushed(device, [resourceOf(bench, left, device, ids.there)]);
      await pushed(device, [resourceOf(bench, left, device, ids.gone, { removed: true })]);
      await pushed(device, [resourceOf(bench, kept, device, 'kept')]);
      const listed = [ids.gone, ids.unknown].map((id) => ({
        ...{ id, resourceGroupId: left.groupId, version: 'made-up', removed: false },
      }));
      const blacklist = [left.groupId, 'no_such_group'];
      const answer = await pullLists(device, listed, blacklist);
      expectSame('what the answer holds of a blacklisted group', '', heldOf(answer, Object.values(ids)));
      expectSame('what the answer holds of another group', 'kept', heldOf(answer, ['kept']));
      const whole = await pullLists(device, listed);
      expectSame(
        'what the answer holds without a blacklist',
        [ids.there, ids.unknown, ids.gone].join(', '),
        heldOf(whole, Object.values(ids)),
      );
    },
  },
  {
    id: 'server.pull.foreign-group',
    title: 'A pull is answered with nothing of a group without a link, whatever the device lists of it.',
    requirements: ['PULL-03', 'MODEL-02'],
    needs: ['groups', 'sync'],
    twin: honestSync,
    async run(bench) {
      const { device } = await syncWorld(bench);
      const { group, resource } = await foreignGroup(bench);
      const ids = [resource.id, 'foreign, unknown'];
      for (const resourceGroupId of [group.groupId, 'no_such_group']) {
        const listed = ids.map((id) => ({ id, resourceGroupId, version: 'made-up', removed: false }));
        for (const known of [[], listed])
          expectSame(
            `what a pull that lists ${String(known.length)} resources of ${resourceGroupId === group.groupId ? 'a group of somebody else' : 'no group'} holds of them`,
            '',
            heldOf(await pullLists(device, known), ids),
          );
      }
    },
  },
  {
    id: 'server.pull.listed-twice',
    title: 'A pull that lists a resource twice is refused.',
    requirements: ['PULL-11'],
    needs: ['groups', 'sync'],
    twin: honestSync,
    async run(bench) {
      const { device, group } = await syncWorld(bench);
      const listed = { id: 'listed', resourceGroupId: group.groupId, version: 'made-up', removed: false };
      const between = { ...listed, id: 'between' };
      for (const again of [listed, { ...listed, version: 'another', removed: true }]) {
        const body = { resources: [listed, between, again], blacklist: [] };
        const answer = await device.call('POST', '/sync/pull', body);
        expectRefusal('a pull that lists a resource twice', answer, [400], 'malformed');
      }
    },
  },
  {
    id: 'server.pull.many-groups',
    title: 'Of an account with more than a hundred groups every one is pulled.',
    requirements: ['PULL-02'],
    needs: ['groups', 'sync'],
    async run(bench) {
      const device = await bench.device(await bench.someone('many-groups'));
      const resources: Resource[] = [];
      for (let i = 0; i < MANY_GROUPS; i++) {
        const group = await makeGroup(bench, device, `wrk_${String(i)}`);
        resources.push(resourceOf(bench, group, device, `in_${String(i)}`));
      }
      await pushed(device, resources);
      const found = new Set((await pullLists(device)).createdResources.map(({ id }) => id));
      const missing = resources.filter(({ id }) => !found.has(id)).map(({ id }) => id);
      expectSame('the resources that are missing in the answer', '', missing.join(', '));
    },
  },
  {
    id: 'server.pull.many',
    floods: 'it stores more than a thousand resources',
    title: 'More than a thousand resources are pushed in one body and handed out in one answer, each once.',
    requirements: ['PULL-02', 'PUSH-02'],
    needs: ['groups', 'sync'],
    async run(bench) {
      const { device } = await syncWorld(bench);
      const group = await makeGroup(bench, device, 'wrk_many');
      const one = resourceOf(bench, group, device, 'many');
      const many = Array.from({ length: MANY }, (_, i) => ({ ...one, id: `many_${String(i)}` }));
      const { created } = await pushLists(device, many);
      expectSame(
        'the number of created resources',
        String(MANY),
        String(new Set(created.map(({ id }) => id)).size),
      );
      const { createdResources } = within(await pullLists(device), group);
      expectSame('the number of resources in the answer', String(MANY), String(createdResources.length));
      const ids = new Set(createdResources.map(({ id }) => id));
      expectSame(
        'the number of different ones',
        String(MANY),
        String(many.filter(({ id }) => ids.has(id)).length),
      );
      const listed = created.map(({ id, version }) => ({
        ...{ id, version, resourceGroupId: group.groupId, removed: false },
      }));
      const next = within(await pullLists(device, listed), group);
      expectSame(
        'what a device that has everything receives',
        '',
        LISTS.flatMap((list) => idsIn(next, list).filter((id) => ids.has(id))).join(', '),
      );
    },
  },
  {
    id: 'server.sync.members',
    title: 'Two members of a group pull what the other pushed, and meet conflicts with it.',
    requirements: ['PULL-02', 'PUSH-02', 'SHARE-12'],
    needs: ['sync', 'sharing'],
    async run(bench) {
      const { device } = await syncWorld(bench);
      const bob = await bench.bob();
      const group = await makeGroup(bench, device, 'wrk_members');
      const own = resourceOf(bench, group, device, 'of the owner');
      const version = (await pushed(device, [own])).get(own.id) ?? '';
      await shareWith(bench, group, [bob]);
      const member = await bench.device(bob);
      const { createdResources } = within(await pullLists(member), group);
      expectSame('what a new member receives', own.id, createdResources.map(({ id }) => id).join(', '));
      expectResource('the resource of the owner', { ...own, version }, createdResources[0]);
      const edit = { ...own, version, name: 'Edited by the member', lastEditedBy: bob.body.id };
      const { updated } = await pushLists(member, [edit]);
      expectSame('what a member has updated', own.id, updated.map(({ id }) => id).join(', '));
      const stored = { ...edit, version: updated[0]?.version ?? '' };
      const { conflicts } = await pushLists(device, [{ ...own, version, name: 'Edited by the owner' }]);
      expectResource('the conflict that the owner meets', stored, conflicts[0]);
      const known = { id: own.id, resourceGroupId: group.groupId, version, removed: false };
      const { updatedResources } = within(await pullLists(device, [known]), group);
      expectResource('the resource that the owner receives', stored, updatedResources[0]);
    },
  },
];
