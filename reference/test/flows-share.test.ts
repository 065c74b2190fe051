/** Sharing and withdrawing through client and server (8.2, 8.3), and the story of Jane and Bob. */
import t from 'tap';
import type { Device, Session } from '../index.ts';
import { bed, bodiesOf, codeOf, documentsOf, openWorld, type World } from './client-world.ts';
import { SETTINGS } from './storages.ts';

/** Everything that the server stores, account by account and group by group. */
function stored({ store }: World, emails: readonly string[], groupId: string) {
  const accounts = emails.map((email) => store.accountByEmail(email));
  const ids = accounts.map((account) => account?.id ?? '');
  return {
    accounts,
    links: ids.map((id) => store.link(groupId, id)?.encSymmetricKey),
    resources: store.resourcesOf(groupId),
  };
}

for (const { profile, storage, name } of SETTINGS) {
  t.test(`${name}: Jane and Bob`, async (test) => {
    const world = openWorld(profile, storage);
    const [jane, bob] = [await world.person('Jane'), await world.person('Bob')];
    const emails = [jane.email, bob.email];

    // Jane signs up, creates a group and pushes
    const session = await jane.login();
    const { id } = await session.createGroup({ parentResourceId: 'wrk_1', name: 'Garden' });
    session.edit(bed(id, 'req_1', { rows: 4, note: 'Träffpunkt' }));
    session.edit(bed(id, 'req_2', ['peas']));
    test.same((await session.push()).pushed, [
      { groupId: id, id: 'req_1' },
      { groupId: id, id: 'req_2' },
    ]);

    // She shares with Bob, who reads on a second device
    const bobs = await bob.login();
    const [shared] = await session.share(id, { emails: ['  BOB@example.com'] });
    test.same(shared, { accountId: bobs.accountId, thumbprint: bobs.thumbprint });
    const second = await bob.login();
    const read = await second.pull();
    const documents = [
      ['req_1', { rows: 4, note: 'Träffpunkt' }],
      ['req_2', ['peas']],
    ];
    test.same(documentsOf(read.resources), documents);
    test.same([read.received.length, read.failed, read.conflicts], [2, [], []]);

    // She changes her passphrase: one key is wrapped anew, nothing else
    const before = stored(world, emails, id);
    await session.changePassphrase({ oldPassphrase: jane.passphrase, newPassphrase: 'battery staple' });
    const after = stored(world, emails, id);
    const changed = Object.entries(after.accounts[0] ?? {})
      .filter(([name, value]) => value !== (before.accounts[0] as never)[name])
      .map(([name]) => name);
    const salts = profile === 'documented' ? ['saltAuth', 'saltEnc', 'saltKey'] : [];
    test.same(changed.sort(), ['encSymmetricKey', ...salts, 'verifier']);
    test.same(after.accounts[1], before.accounts[1]);
    test.same([after.links, after.resources], [before.links, before.resources]);
    test.equal(await codeOf(jane.login()), 'auth/refused', 'the old passphrase is gone');
    const again = await jane.client.login({ ...jane, passphrase: 'battery staple' });
    test.same(documentsOf((await again.pull()).resources), documents, 'the new one opens everything');

    // Bob still reads, and writes
    test.same(documentsOf((await (await bob.login()).pull()).resources), documents);
    second.edit(bed(id, 'req_3', 'carrots'));
    await second.push();
    test.same((await session.pull()).received, [{ groupId: id, id: 'req_3' }]);

    // Jane withdraws: Bob's next pull has nothing
    await session.unshare(id, profile === 'documented' ? [bob.email] : undefined);
    session.edit(bed(id, 'req_4', 'beans'));
    await session.push();
    const nothing = await second.pull();
    test.same([nothing.received, nothing.failed], [[], []]);
    test.same((await (await bob.login()).pull()).resources, [], 'nor on a new device');
    test.equal(nothing.resources.length, 3, 'what he had he keeps');
    await hasNoGroup(test, second, id);
  });

  t.test(`${name}: with a team`, async (test) => {
    const world = openWorld(profile, storage);
    const [jane, bob] = [await world.person('Jane'), await world.person('Bob')];
    const [session, bobs] = [await jane.login(), await bob.login()];
    const team = await session.createTeam({
      name: 'Gardeners',
      emails: [' Bob@example.com', 'bob@example.com'],
    });
    test.same(await bobs.teams(), [team]);
    const group = await session.createGroup({ parentResourceId: 'wrk_1', name: 'Garden' });
    session.edit(bed(group.id, 'req_1', 1));
    await session.push();
    const shared = await session.share(group.id, { teamId: team.id });
    test.same(shared, [{ accountId: bobs.accountId, thumbprint: bobs.thumbprint }]);
    test.same(documentsOf((await bobs.pull()).resources), [['req_1', 1]]);
    test.equal(
      await codeOf(bobs.share(group.id, { teamId: team.id })),
      'state/not-allowed',
      'only the owner shares',
    );
    test.equal(await codeOf(session.share(group.id, { teamId: 'no_team' })), 'state/not-found');
    await bobs.unshare(group.id, [bob.email]);
    await hasNoGroup(test, bobs, group.id);
    await session.share(group.id, { teamId: team.id });
    // Shared again, the group opens to the key that it had before.
    test.same((await bobs.pull()).received, [{ groupId: group.id, id: 'req_1' }]);
  });

  t.test(`${name}: whom nobody can share with`, async (test) => {
    const world = openWorld(profile, storage);
    const jane = await world.person('Jane');
    const session = await jane.login();
    const { id } = await session.createGroup({ parentResourceId: 'wrk_1', name: 'Garden' });
    test.equal(await codeOf(session.share(id, { emails: ['nobody@example.com'] })), 'state/not-found');
    await world.client().signup({ email: 'eve@example.com', passphrase: 'x', firstName: '', lastName: '' });
    test.equal(
      await codeOf(session.share(id, { emails: ['eve@example.com'] })),
      'state/not-found',
      'unconfirmed',
    );
    test.equal(await codeOf(session.share(id, { emails: [] })), 'schema/message');
    test.equal(await codeOf(session.share('../auth', { emails: ['eve@example.com'] })), 'schema/message');
    test.equal(await codeOf(session.unshare(id, [jane.email])), 'state/not-allowed', 'the owner stays');
    test.equal(
      await codeOf(session.createTeam({ name: 'x', emails: ['eve@example.com'] })),
      'state/not-found',
    );
    await world.confirm('eve@example.com');
    test.equal(
      (await session.share(id, { emails: ['eve@example.com', jane.email] })).length,
      1,
      'the accepting twin',
    );
    test.equal(bodiesOf(world, `POST /api/resource_groups/${id}/share-b`).length, 1);
  });
}

/** A group whose link was withdrawn is not synced any more, and no edit in it waits (GROUP-04). */
async function hasNoGroup(
  test: Pick<typeof t, 'equal' | 'same'>,
  session: Session,
  groupId: string,
): Promise<void> {
  const isGone = (device: Device) => device.groups.find(({ id }) => id === groupId)?.gone;
  test.equal(await codeOf(session.group(groupId)), 'state/not-found');
  test.equal(isGone(session.exportDevice()), true);
  test.equal(
    await codeOf(() => {
      session.edit(bed(groupId, 'req_9', null));
    }),
    'state/not-found',
  );
}
