/** What a server does when a group is shared, with persons and with a team (8.2, 8.4). */
import { expectSame, expectThat, shorten, type Check } from '../../check.ts';
import { textOf, type Exchange } from '../../peer/exchange.ts';
import { expectAccepted, expectBody } from '../answers/acceptance.ts';
import { isSuccess, statusAndBody, type Device, type ServerBench } from '../bench/bench.ts';
import {
  groupPath,
  linkFor,
  makeTeam,
  pulled,
  pushed,
  recipients,
  resourceOf,
  shareWith,
  type OwnGroup,
} from '../fixtures/flows.ts';
import { emailOf, expectLinks, groupOf, idOf, people } from '../fixtures/people.ts';

type Recipients = Awaited<ReturnType<typeof recipients>>;

/** A link for each. */
const linksFor = (bench: ServerBench, { key }: OwnGroup, others: readonly Device[]): Record<string, string> =>
  Object.fromEntries(others.map((other) => [idOf(other), linkFor(bench, other.account, key)]));

const share = (group: OwnGroup, call: 'share-a' | 'share-b', body: object): Promise<Exchange> =>
  group.owner.call('POST', groupPath(group, call), body);

/** Fails unless share-a is answered with the link of the owner and the public keys of just these. */
async function expectKeys(group: OwnGroup, whom: Recipients, others: readonly Device[]) {
  const answer = expectBody('share-a', await share(group, 'share-a', whom), 'share-a-response');
  expectSame('encSymmetricKey of share-a', group.link, textOf(answer, 'encSymmetricKey'));
  const keys = answer['keys'] as Readonly<Record<string, string>>;
  const ids = others.map(idOf).sort();
  expectSame('accounts in keys', ids.join(), Object.keys(keys).sort().join());
  for (const other of others)
    expectSame(
      `the public key of ${emailOf(other)}`,
      other.account.body.publicKey,
      textOf(keys, idOf(other)),
    );
  return answer;
}

/** Fails unless share-b takes these links. */
async function expectShared(group: OwnGroup, whom: Recipients, keys: object): Promise<void> {
  expectAccepted('share-b', await share(group, 'share-b', { ...whom, keys }));
}

/** Fails unless a member reads what is in the group, and what they write is read by its owner. */
async function expectTakesPart(bench: ServerBench, group: OwnGroup, member: Device): Promise<void> {
  const [read, written] = [`req_read_${idOf(member)}`, `req_written_${idOf(member)}`];
  await pushed(group.owner, [resourceOf(bench, group, group.owner, read)]);
  const idsOf = async (device: Device): Promise<string> =>
    (await pulled(device))
      .filter(({ resourceGroupId }) => resourceGroupId === group.groupId)
      .map(({ id }) => id)
      .filter((id) => [read, written].includes(id))
      .sort()
      .join();
  expectSame('ids that the member pulls', read, await idsOf(member));
  const push = await member.call('POST', '/sync/push', [resourceOf(bench, group, member, written)]);
  expectAccepted('the push of a member', push);
  expectSame('ids that the owner pulls', [read, written].sort().join(), await idsOf(group.owner));
}

/** Shares with two, by the calls as they are. */
async function shareWithTwo(bench: ServerBench, whom: (two: readonly Device[]) => Promise<Recipients>) {
  const { bob, third } = await people(bench);
  const group = await groupOf(bench);
  const asked = await whom([bob, third]);
  const answer = await expectKeys(group, asked, [bob, third]);
  await expectLinks(bench, group, { jane: group.link }, 'after share-a');
  const links = linksFor(bench, group, [bob, third]);
  await expectShared(group, asked, links);
  const each = { jane: group.link, bob: links[idOf(bob)] ?? '', third: links[idOf(third)] ?? '' };
  await expectLinks(bench, group, each, 'after share-b');
  return { group, bob, third, answer };
}

const byAddress = (two: readonly Device[]): Promise<Recipients> =>
  Promise.resolve({ emails: two.map(emailOf) });

export const shareChecks: readonly Check<ServerBench>[] = [
  {
    id: 'server.share.persons',
    title:
      'A group is shared with persons: share-a answers with their public keys, share-b stores their links.',
    requirements: ['SHARE-01', 'SHARE-02', 'SHARE-11', 'GROUP-03', 'KEY-05'],
    needs: ['groups', 'share-email'],
    async run(bench) {
      const { bob, third, answer } = await shareWithTwo(bench, byAddress);
      if (bench.profile !== 'documented') return;
      const accounts = Object.entries(answer['accounts'] ?? {}).sort();
      const expected = [bob, third].map((one) => [idOf(one), emailOf(one)]).sort();
      expectSame('accounts', JSON.stringify(expected), JSON.stringify(accounts));
    },
  },
  {
    id: 'server.share.team',
    title:
      'A group is shared with a team: share-a answers with the public keys of the others in it, share-b stores their links.',
    requirements: ['SHARE-01', 'SHARE-11', 'GROUP-03', 'KEY-05'],
    needs: ['groups', 'team-members'],
    async run(bench) {
      const { jane } = await people(bench);
      await shareWithTwo(bench, async (two) => ({
        teamId: await makeTeam(
          bench,
          jane,
          two.map(({ account }) => account),
        ),
      }));
    },
  },
  {
    id: 'server.share.by-a-member-of-the-team',
    title: 'A group is shared with a team that somebody else made, and its maker gets a link.',
    requirements: ['SHARE-01', 'SHARE-11'],
    needs: ['groups', 'team-members'],
    async run(bench) {
      const { jane, bob } = await people(bench);
      const teamId = await makeTeam(bench, bob, [jane.account]);
      const group = await groupOf(bench);
      await expectKeys(group, { teamId }, [bob]);
      const links = linksFor(bench, group, [bob]);
      await expectShared(group, { teamId }, links);
      await expectLinks(bench, group, { jane: group.link, bob: links[idOf(bob)] ?? '' }, 'after share-b');
    },
  },
  {
    id: 'server.share.caller-named',
    title: 'Who names themselves besides others gets no key of their own, and alone no key at all.',
    requirements: ['SHARE-01', 'SHARE-02'],
    needs: ['groups', 'share-email'],
    async run(bench) {
      const { jane, bob } = await people(bench);
      const group = await groupOf(bench);
      for (const others of [[bob], []]) {
        const emails = [emailOf(jane), ...others.map(emailOf)];
        const { accounts } = await expectKeys(group, { emails }, others);
        if (bench.profile === 'documented')
          expectSame('ids in accounts', others.map(idOf).join(), Object.keys(accounts ?? {}).join());
        await expectShared(group, { emails }, {});
      }
      await expectLinks(bench, group, { jane: group.link }, 'after share-b without a link');
    },
  },
  {
    id: 'server.share.again',
    title:
      'A group is shared again: a new link takes the place of the earlier one, and who gets none keeps theirs.',
    requirements: ['SHARE-01', 'SHARE-11', 'KEY-05'],
    needs: 'sharing',
    async run(bench) {
      const { jane, bob, third } = await people(bench);
      const group = await groupOf(bench);
      const whom = await recipients(bench, jane, [bob.account, third.account]);
      const first = linksFor(bench, group, [bob, third]);
      await expectShared(group, whom, first);
      await expectKeys(group, whom, [bob, third]);
      const second = linksFor(bench, group, [bob]);
      await expectShared(group, whom, second);
      const each = { jane: group.link, bob: second[idOf(bob)] ?? '', third: first[idOf(third)] ?? '' };
      await expectLinks(bench, group, each, 'after a second share-b');
      await expectShared(group, whom, {});
      await expectLinks(bench, group, each, 'after a share-b without a link');
    },
  },
  {
    id: 'server.share.one-of-two',
    title: 'Of two that were asked for, only who was given a link is a member.',
    requirements: ['SHARE-11', 'SHARE-12'],
    needs: 'sharing',
    async run(bench) {
      const { jane, bob, third } = await people(bench);
      const group = await groupOf(bench);
      const whom = await recipients(bench, jane, [bob.account, third.account]);
      const links = linksFor(bench, group, [third]);
      await expectShared(group, whom, links);
      await expectLinks(bench, group, { jane: group.link, third: links[idOf(third)] ?? '' }, 'after share-b');
    },
  },
  {
    id: 'server.share.others-kept',
    title: 'A share with one more person leaves the links of the others as they are.',
    requirements: ['SHARE-11'],
    needs: 'sharing',
    async run(bench) {
      const { bob, third } = await people(bench);
      const group = await groupOf(bench);
      const first = await shareWith(bench, group, [bob.account]);
      const second = await shareWith(bench, group, [third.account]);
      const each = { jane: group.link, bob: first[idOf(bob)] ?? '', third: second[idOf(third)] ?? '' };
      await expectLinks(bench, group, each, 'after a share with one more');
    },
  },
  {
    id: 'server.share.other-groups',
    title: 'A share gives a link to one group, and to no other of the same owner.',
    requirements: ['SHARE-11', 'MODEL-02'],
    needs: 'sharing',
    async run(bench) {
      const { bob } = await people(bench);
      const [kept, lent] = [await groupOf(bench), await groupOf(bench)];
      const links = await shareWith(bench, lent, [bob.account]);
      await expectLinks(bench, kept, { jane: kept.link }, 'to a group that was not shared');
      await expectLinks(bench, lent, { jane: lent.link, bob: links[idOf(bob)] ?? '' }, 'to the one that was');
    },
  },
  {
    id: 'server.share.takes-part',
    title: 'Who was given a link reads and writes in the group from the answer on.',
    requirements: ['SHARE-12'],
    needs: ['sharing', 'sync'],
    async run(bench) {
      const { bob, third } = await people(bench);
      const group = await groupOf(bench, bob, third);
      await expectTakesPart(bench, group, bob);
      await expectTakesPart(bench, group, third);
    },
  },
  {
    id: 'server.share.a-changes-nothing',
    title: 'Who was asked for in share-a is no member before share-b.',
    requirements: ['SHARE-12', 'MODEL-02'],
    needs: 'sharing',
    async run(bench) {
      const { jane, bob } = await people(bench);
      const group = await groupOf(bench);
      const whom = await recipients(bench, jane, [bob.account]);
      expectAccepted('share-a', await share(group, 'share-a', whom));
      await jane.done('GET', groupPath(group));
      const answer = await bob.call('GET', groupPath(group));
      expectThat(!isSuccess(answer), 'share-a alone makes a member', {
        expected: 'status 404 for who was asked for',
        actual: shorten(statusAndBody(answer)),
      });
    },
  },
];
