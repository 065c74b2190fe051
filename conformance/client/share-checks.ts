/** What a client sends to share a group and to withdraw it, and what the others then read (8.2 to 8.4). */
import { toHex } from '../../reference/index.ts';
import { Blocked, expectSame, expectThat, shorten, type Check } from '../check.ts';
import { jsonOf, textOf, type Exchange } from '../peer/exchange.ts';
import { VerbError } from '../target/client-target.ts';
import type { Params, ShareResult } from '../target/verbs.ts';
import { shared, type Act, type ClientBench } from './bench.ts';
import { doneBefore, expectBody, expectCall, expectDone, idOf, plantLink, sessionOf } from './flows.ts';
import { anotherGarden, grownGarden, openLink, PULL, readyGarden } from './garden.ts';

const pathOf = (groupId: string): string => `/api/resource_groups/${groupId}`;

/** Bob's address as a user could type it. */
const typedBob = async (bench: ClientBench): Promise<string> => ` ${(await bench.bob()).typed.email}`;

/** A share of Jane's group that names Bob, or a team of the two. */
interface Share {
  readonly groupId: string;
  readonly key: Uint8Array;
  readonly act: Act<ShareResult>;
}

async function shareWith(
  bench: ClientBench,
  target: Pick<Params<'share'>, 'emails' | 'teamId'>,
): Promise<Share> {
  await bench.bob();
  const { session, groupId, key } = await readyGarden(bench);
  return { groupId, key, act: await bench.call('share', { session, groupId, ...target }) };
}

const shareWithBob = shared(async (bench) => shareWith(bench, { emails: [await typedBob(bench)] }));

/** A team of Jane and Bob, as somebody made it elsewhere. */
async function plantTeam(bench: ClientBench): Promise<string> {
  const [jane, bob] = [idOf(await bench.jane()), idOf(await bench.bob())];
  const team = {
    id: 'team_planted',
    name: 'Gardeners',
    ownerAccountId: jane,
    accountIds: [jane, bob],
  };
  bench.peer.store.addTeam(team);
  return team.id;
}

/** The links of a share-b: for Bob and nobody else, to the key of the group. @throws Failure */
async function expectLinks(bench: ClientBench, { groupId, key, act }: Share): Promise<string> {
  const bob = await bench.bob();
  const { keys } = expectBody(expectCall(act, `POST ${pathOf(groupId)}/share-b`), 'share-b-request');
  const links = Object.entries(keys as Record<string, string>);
  expectSame('accounts that are given a link', idOf(bob), links.map(([id]) => id).join());
  const link = links[0]?.[1] ?? '';
  expectSame('the key in the link', toHex(key), toHex(openLink(bench, bob, link)));
  const { accountIds } = expectDone(act, 'share');
  expectSame('accountIds', idOf(bob), accountIds.join());
  return link;
}

/** Gives Bob a link to a group of Jane's, as another device of hers would have. @throws Blocked */
async function sharedGarden(bench: ClientBench, which?: typeof anotherGarden) {
  const garden = await readyGarden(bench, which);
  const bob = await bench.bob();
  plantLink(bench, bob, garden.groupId, garden.key);
  return { ...garden, bobId: idOf(bob) };
}

const membersOf = ({ peer }: ClientBench, groupId: string): string =>
  peer.store
    .linksOfGroup(groupId)
    .map(({ accountId }) => accountId)
    .join();

/** Withdraws as asked. @throws Failure unless the owner alone is left */
async function expectWithdrawn(bench: ClientBench, emails?: readonly string[]): Promise<Exchange> {
  const { session, groupId } = await sharedGarden(bench);
  const params = { session, groupId, ...(emails && { emails }) };
  const act = await bench.call('unshare', params);
  const exchange = expectCall(act, `PUT ${pathOf(groupId)}/unshare`);
  expectDone(act, 'unshare');
  expectSame('members of the group', idOf(await bench.jane()), membersOf(bench, groupId));
  return exchange;
}

export const shareChecks: readonly Check<ClientBench>[] = [
  {
    id: 'client.share.persons',
    title: 'A share gives a link to the persons asked for and to nobody else, each to the key of the group.',
    requirements: ['SHARE-04', 'SHARE-06', 'LINK-01', 'NORM-05', 'SESSION-01'],
    needs: ['groups', 'share-email'],
    async run(bench) {
      const share = await shareWithBob(bench);
      const email = textOf((await bench.bob()).body, 'email');
      for (const step of ['share-a', 'share-b']) {
        const { emails } = expectBody(
          expectCall(share.act, `POST ${pathOf(share.groupId)}/${step}`),
          `${step}-request`,
        );
        expectSame(`emails of ${step}`, email, String(emails));
      }
      await expectLinks(bench, share);
    },
  },
  {
    id: 'client.share.team',
    title: 'A share with a team gives a link to the accounts in it and to nobody else.',
    requirements: ['TEAM-04', 'SHARE-04', 'SHARE-06', 'LINK-01'],
    needs: ['groups', 'share-team'],
    async run(bench) {
      const teamId = await plantTeam(bench);
      const share = await shareWith(bench, { teamId });
      await expectLinks(bench, share);
      const sent = jsonOf(expectCall(share.act, `POST ${pathOf(share.groupId)}/share-b`).requestBody);
      expectSame('teamId of share-b', teamId, textOf(sent, 'teamId'));
    },
  },
  {
    id: 'client.share.fresh-seed',
    title: 'A link that is made again is another one, to the same key.',
    requirements: ['LINK-02', 'SHARE-06'],
    needs: ['groups', 'share-email'],
    async run(bench) {
      const emails = [await typedBob(bench)];
      const [one, other] = [await shareWithBob(bench), await shareWith(bench, { emails })];
      const links = [await expectLinks(bench, one), await expectLinks(bench, other)];
      expectThat(links[0] !== links[1], 'two links are the same', {
        expected: 'a fresh OAEP seed for each link',
        actual: shorten(links[0] ?? ''),
      });
    },
  },
  {
    id: 'client.share.read',
    title: 'Whom a group was shared with reads its documents.',
    requirements: ['PULL-10'],
    needs: ['groups', 'sync'],
    async run(bench) {
      const { groupId } = await grownGarden(bench);
      await sharedGarden(bench);
      const session = await sessionOf(bench, await bench.bob());
      const { resources } = expectDone(await bench.call('pull', { session }), 'pull');
      const read = resources.filter((resource) => resource.groupId === groupId).map(({ id }) => id);
      const stored = bench.peer.store.resourcesOf(groupId).filter(({ removed }) => !removed);
      const expected = stored.map(({ id }) => id);
      expectSame('ids that Bob reads', expected.sort().join(), read.sort().join());
    },
  },
  {
    id: 'client.unshare.persons',
    title: 'A withdrawal names just the persons whose links go.',
    requirements: ['UNSHARE-07', 'NORM-05'],
    needs: ['groups', 'share-email', 'unshare'],
    async run(bench) {
      const exchange = await expectWithdrawn(bench, [await typedBob(bench)]);
      const { emails } = expectBody(exchange, 'unshare-request');
      expectSame('emails', textOf((await bench.bob()).body, 'email'), String(emails));
    },
  },
  {
    id: 'client.unshare.everybody',
    title: 'A withdrawal from everybody names nobody.',
    requirements: ['UNSHARE-07'],
    needs: ['groups', 'unshare'],
    async run(bench) {
      const { requestBody } = await expectWithdrawn(bench);
      expectSame('members of the body', '', Object.keys(jsonOf(requestBody)).join());
    },
  },
  {
    id: 'client.group.gone',
    title: 'A group that the server answers 404 for is not synced any more.',
    requirements: ['GROUP-04'],
    needs: ['groups', 'sync'],
    async run(bench) {
      const { session: janes, groupId, bobId } = await sharedGarden(bench, anotherGarden);
      const edit = { groupId, id: 'req_lent', name: 'Lent', type: 'Request', document: 1, removed: false };
      doneBefore(await bench.call('push', { session: janes, edits: [edit] }), 'push');
      const session = await sessionOf(bench, await bench.bob());
      const { resources } = doneBefore(await bench.call('pull', { session }), 'pull');
      if (!resources.some(({ id }) => id === edit.id)) throw new Blocked('Bob did not get the document');
      bench.peer.store.dropLink(groupId, bobId);
      const push = await bench.call('push', { session, edits: [{ ...edit, document: 2 }] });
      expectCall(push, `GET ${pathOf(groupId)}`);
      expectThat(
        push.result instanceof VerbError || push.result.pushed.length === 0,
        'a push that was refused is reported as done',
        { expected: 'nothing pushed', actual: JSON.stringify(push.result) },
      );
      const pull = await bench.call('pull', { session });
      const { resources: listed = [] } = jsonOf(expectCall(pull, PULL).requestBody);
      expectThat(!JSON.stringify(listed).includes(groupId), 'a group that is gone is still synced', {
        expected: `no resource of ${groupId} in the pull`,
        actual: shorten(JSON.stringify(listed)),
      });
    },
  },
  {
    id: 'client.teams',
    title: 'A team is made with normalised addresses, and listed with everybody in it.',
    requirements: ['NORM-05', 'SESSION-01'],
    needs: 'teams',
    async run(bench) {
      const [jane, bob] = [await bench.jane(), await bench.bob()];
      const session = await sessionOf(bench, jane);
      const emails = [await typedBob(bench)];
      const act = await bench.call('createTeam', { session, name: 'Gärtner', emails });
      const body = expectBody(expectCall(act, 'POST /api/teams'), 'team-request');
      expectSame('emails', textOf(bob.body, 'email'), String(body['emails']));
      const { teamId } = expectDone(act, 'createTeam');
      const listing = await bench.call('teams', { session });
      expectCall(listing, 'GET /api/teams');
      const listed = expectDone(listing, 'teams').teams.find((team) => team.teamId === teamId);
      expectSame('name of the team', 'Gärtner', listed?.name ?? 'not listed');
      const expected = [idOf(jane), idOf(bob)].sort().join();
      expectSame('accounts in the team', expected, [...(listed?.accountIds ?? [])].sort().join());
    },
  },
];
