/** Right requests about teams, groups, sharing and sync in all their variety (chapter 8). */
import fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import type { PullResponse, PushResponse, Resource } from '../../../reference/index.ts';
import { expectSame, type Check } from '../../check.ts';
import { textOf } from '../../peer/exchange.ts';
import {
  anyText,
  freshHex,
  link,
  message,
  moment,
  shortText,
  someText,
  strangeQuery,
} from '../../requests/valid-values.ts';
import type { ServerBench } from '../bench/bench.ts';
import {
  groupPath,
  makeGroup,
  NO_VERSION,
  pushed,
  recipients,
  resourceOf,
  shareWith,
} from '../fixtures/flows.ts';
import { linkSeen, NO_LINK } from '../fixtures/people.ts';
import { shared } from '../fixtures/shared.ts';
import { expectResource, pullLists } from './sync-world.ts';
import { expectSet, expectTaken, sendText, validCheck, validPeople, type Write } from '../fixtures/valid.ts';

const TEAMS = '/api/teams';
const GROUPS = '/api/resource_groups';

/** A group with a resource of each kind that a pull tells apart. */
const known = shared(async (bench) => {
  const { owner } = await validPeople(bench);
  const group = await makeGroup(bench, owner);
  const kept = ['kept_1', 'kept_2'].map((id) => resourceOf(bench, group, owner, id));
  const gone = resourceOf(bench, group, owner, 'gone_1', { removed: true });
  return { owner, group, kept, versions: await pushed(owner, [...kept, gone]) };
});

/** What a device lists of one resource: nothing, or it with the version of the server or another. */
type Listed = 'not' | 'same' | 'other' | 'other, removed';
const listed = fc.constantFrom<Listed>('not', 'same', 'other', 'other, removed');

interface Pull {
  readonly kept: readonly [Listed, Listed];
  readonly gone: Listed;
  readonly unknown: Listed;
  readonly blacklist: 'nothing' | 'it' | 'another';
}

/** The table of 8.6. */
async function judgePull(bench: ServerBench, pull: Pull, write: Write): Promise<void> {
  const { owner, group, versions } = await known(bench);
  const rows: Readonly<Record<string, Listed>> = {
    ...{ kept_1: pull.kept[0], kept_2: pull.kept[1], gone_1: pull.gone, unknown: pull.unknown },
  };
  const resources = Object.entries(rows).flatMap(([id, how]) => {
    const version = how === 'same' ? (versions.get(id) ?? NO_VERSION) : 'another version';
    const removed = how === 'other, removed' || (how === 'same' && id === 'gone_1');
    return how === 'not' ? [] : [{ id, resourceGroupId: group.groupId, version, removed }];
  });
  const blacklist = { nothing: [], it: [group.groupId], another: ['no_such_group'] }[pull.blacklist];
  const text = write({ resources, blacklist });
  const answer = await sendText(bench, ['POST', '/sync/pull'], text, owner);
  const body = expectTaken('a pull', answer, 'pull-response') as unknown as PullResponse;
  const isSeen = pull.blacklist !== 'it';
  const idsWhere = (test: (id: string, how: Listed) => boolean): readonly string[] =>
    Object.entries(rows).flatMap(([id, how]) => (isSeen && test(id, how) ? [id] : []));
  const isKept = (id: string): boolean => id.startsWith('kept');
  const own = (list: readonly Resource[]): readonly string[] =>
    list.filter(({ resourceGroupId }) => resourceGroupId === group.groupId).map(({ id }) => id);
  const isOther = (how: Listed): boolean => how.startsWith('other');
  expectSet(
    'createdResources',
    idsWhere((id, how) => isKept(id) && how === 'not'),
    own(body.createdResources),
  );
  expectSet(
    'updatedResources',
    idsWhere((id, how) => isKept(id) && isOther(how)),
    own(body.updatedResources),
  );
  expectSet(
    'idsToRemove',
    idsWhere((id, how) => id === 'gone_1' && how === 'other'),
    body.idsToRemove,
  );
  const lacking = idsWhere((id, how) => id === 'unknown' && (how === 'same' || how === 'other'));
  expectSet('idsToPush', lacking, body.idsToPush);
}

interface Push {
  readonly members: readonly Partial<Resource>[];
  readonly extra: object;
  readonly isCompressed: boolean;
}

/** Everything that is pushed to a new group is stored as it was sent. */
async function judgePush(bench: ServerBench, push: Push, write: Write): Promise<void> {
  const { members, extra, isCompressed } = push;
  const { owner } = await validPeople(bench);
  const group = await makeGroup(bench, owner);
  const resources = members.map((own) => ({ ...resourceOf(bench, group, owner, 'any'), ...own }));
  const text = write(resources.map((resource) => ({ ...resource, ...extra })));
  const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
  const { sessionId } = owner;
  const answer = isCompressed
    ? await bench.send('POST', '/sync/push', { bytes: gzipSync(text), headers, sessionId })
    : await sendText(bench, ['POST', '/sync/push'], text, owner);
  const body = expectTaken('a push', answer, 'push-response') as unknown as PushResponse;
  const idsOf = (list: readonly { readonly id: string }[]): readonly string[] => list.map(({ id }) => id);
  const [gone, there] = [true, false].map((is) => resources.filter(({ removed }) => removed === is));
  expectSet('created', idsOf(there ?? []), idsOf(body.created));
  expectSet('removed', idsOf(gone ?? []), idsOf(body.removed));
  const { createdResources } = await pullLists(owner);
  const stored = createdResources.filter(({ resourceGroupId }) => resourceGroupId === group.groupId);
  expectSet('resources of the group', idsOf(there ?? []), idsOf(stored));
  for (const { version: _, ...resource } of there ?? [])
    expectResource(
      'a resource',
      resource,
      stored.find(({ id }) => id === resource.id),
    );
}

const resourceMembers = fc.record({
  ...{ id: shortText, name: anyText, type: someText, lastEdited: moment, removed: fc.boolean() },
  ...{ encContent: message, createdBy: fc.constant(`act_${freshHex(32)}`) },
});

const ODD = { id: 'é'.repeat(200), name: '', type: '\u{1f331}', lastEdited: 2 ** 32, removed: false };

export const validSyncChecks: readonly Check<ServerBench>[] = [
  validCheck({
    ...{ id: 'listTeams', requirements: ['TEAM-01'], values: () => strangeQuery },
    async judge(bench, query) {
      const { owner } = await validPeople(bench);
      expectTaken('the list of teams', await owner.call('GET', TEAMS + query), 'teams-response');
    },
  }),
  validCheck({
    ...{ id: 'createTeam', requirements: ['HTTP-17', 'TEAM-05'] },
    values: ({ capabilities }) =>
      fc.record({
        name: shortText,
        whom: capabilities.includes('share-email')
          ? fc.constantFrom<Whom>('not said', 'nobody', 'other')
          : fc.constant<Whom>('not said'),
      }),
    always: [{ name: '\u{1f331}'.repeat(200), whom: 'not said' }],
    async judge(bench, { name, whom }, write) {
      const { owner, other } = await validPeople(bench);
      const emails = { 'not said': undefined, nobody: [], other: [other.account.body.email] }[whom];
      const answer = await sendText(bench, ['POST', TEAMS], write({ name, emails }), owner);
      const { id } = expectTaken('a new team', answer, 'team');
      const all = await owner.call('GET', TEAMS);
      expectTaken('a list of teams', all, 'teams-response');
      const found = (JSON.parse(all.responseBody) as TeamSeen[]).find((one) => one.id === id);
      expectSame('the name of a team', name, found?.name ?? 'no such team');
      expectSet(
        'the accounts of a team',
        [owner, ...(whom === 'other' ? [other] : [])].map(({ account }) => account.body.id),
        (found?.accounts ?? []).map((one) => one.id),
      );
    },
  }),
  validCheck({
    ...{ id: 'createResourceGroup', requirements: ['HTTP-17', 'GROUP-02'] },
    values: () => fc.record({ parentResourceId: shortText, name: anyText, encSymmetricKey: link }),
    async judge(bench, body, write) {
      const { owner } = await validPeople(bench);
      const answer = await sendText(bench, ['POST', GROUPS], write(body), owner);
      const made = expectTaken('a new group', answer, 'resource-group');
      const path = groupPath({ groupId: textOf(made, 'id') });
      const seen = expectTaken('a group', await owner.call('GET', path), 'resource-group');
      for (const [name, value] of Object.entries(body))
        if (bench.profile === 'documented' || name in seen)
          expectSame(`${name} of a group`, value, textOf(seen, name));
    },
  }),
  validCheck({
    ...{ id: 'getResourceGroup', requirements: ['GROUP-03'], values: () => strangeQuery },
    async judge(bench, query) {
      const { owner } = await validPeople(bench);
      const group = await grown(bench);
      const answer = await owner.call('GET', groupPath(group) + query);
      expectSame(
        'a link',
        group.link,
        textOf(expectTaken('a group', answer, 'resource-group'), 'encSymmetricKey'),
      );
    },
  }),
  validCheck({
    ...{ id: 'shareA', requirements: ['HTTP-17', 'SHARE-01'], values: () => fc.boolean() },
    async judge(bench, isSelfNamed, write) {
      const { owner, other } = await validPeople(bench);
      const group = await grown(bench);
      const whom = await sharingWith(bench);
      const named =
        'emails' in whom && isSelfNamed ? { emails: [owner.account.body.email, ...whom.emails] } : whom;
      const path = groupPath(group, 'share-a');
      const answer = await sendText(bench, ['POST', path], write(named), owner);
      const { keys } = expectTaken('share-a', answer, 'share-a-response');
      expectSet('keys', [other.account.body.id], Object.keys(keys as object));
    },
  }),
  validCheck({
    ...{ id: 'shareB', requirements: ['HTTP-17', 'SHARE-11'] },
    values: () => fc.option(link, { nil: undefined }),
    always: [undefined],
    async judge(bench, given, write) {
      const { owner, other } = await validPeople(bench);
      const group = await grown(bench);
      const before = await linkSeen(group, other);
      const body = { ...(await sharingWith(bench)), keys: { [other.account.body.id]: given } };
      const answer = await sendText(bench, ['POST', groupPath(group, 'share-b')], write(body), owner);
      expectTaken('share-b', answer);
      expectSame('the link that share-b stored', given ?? before, await linkSeen(group, other));
    },
  }),
  validCheck({
    ...{ id: 'unshare', requirements: ['HTTP-17', 'UNSHARE-03'], needs: ['sharing'] },
    values: () => fc.boolean(),
    always: [true],
    async judge(bench, isNamed, write) {
      const { owner, other } = await validPeople(bench);
      const group = await grown(bench);
      await shareWith(bench, group, [other.account]);
      await other.done('GET', groupPath(group));
      const emails =
        isNamed && bench.capabilities.includes('share-email') ? [other.account.body.email] : undefined;
      const answer = await sendText(bench, ['PUT', groupPath(group, 'unshare')], write({ emails }), owner);
      expectTaken('unshare', answer);
      expectSame('the link after unshare', NO_LINK, await linkSeen(group, other));
    },
  }),
  validCheck({
    ...{ id: 'push', requirements: ['HTTP-17', 'PUSH-02', 'PUSH-03'] },
    values: () =>
      fc.record({
        members: fc.uniqueArray(resourceMembers, { selector: ({ id }) => id, maxLength: 4 }),
        extra: fc.constantFrom({}, { _id: '', dirty: false }, { _id: 'x'.repeat(500), dirty: true }),
        isCompressed: fc.boolean(),
      }),
    always: [{ members: [ODD], extra: { _id: '', dirty: false }, isCompressed: false }],
    judge: judgePush,
  }),
  validCheck({
    ...{ id: 'pull', requirements: ['HTTP-17', 'PULL-02', 'PULL-03'] },
    values: () =>
      fc.record({
        ...{ kept: fc.tuple(listed, listed), gone: listed, unknown: listed },
        blacklist: fc.constantFrom<Pull['blacklist']>('nothing', 'nothing', 'another', 'it'),
      }),
    judge: judgePull,
  }),
  validCheck({
    ...{ id: 'fixDupes', requirements: ['HTTP-17', 'SYNC-09'] },
    values: () => fc.constantFrom(['no_such_group'], []),
    async judge(bench, more, write) {
      const { owner } = await validPeople(bench);
      const groups = [await makeGroup(bench, owner, 'twice'), await makeGroup(bench, owner, 'twice')];
      const own = groups.map(({ groupId }) => groupId);
      const text = write({ ids: [...more, ...own.toReversed()] });
      const answer = await sendText(bench, ['POST', '/sync/fix-dupes'], text, owner);
      const { deleteResourceGroupIds } = expectTaken('fix-dupes', answer, 'fix-dupes-response');
      const told = deleteResourceGroupIds as readonly string[];
      // Made in one moment of a coarse clock, either may be the one that was created first.
      const kept = told[0] === own[0] ? 1 : 0;
      expectSet('the groups that were deleted', [own[1 - kept]], told);
      for (const [i, group] of groups.entries())
        expectSame(
          `the link to the group that is ${i === kept ? 'kept' : 'deleted'}`,
          i === kept ? group.link : NO_LINK,
          await linkSeen(group, owner),
        );
    },
  }),
];

type Whom = 'not said' | 'nobody' | 'other';

interface TeamSeen {
  readonly id: string;
  readonly name: string;
  readonly accounts: readonly { readonly id: string }[];
}

/** A group for every case that leaves its owner alone. */
const grown = shared(async (bench) => makeGroup(bench, (await validPeople(bench)).owner));

/** Whom it is shared with, as the two calls name them. */
const sharingWith = shared(async (bench) => {
  const { owner, other } = await validPeople(bench);
  return await recipients(bench, owner, [other.account]);
});
