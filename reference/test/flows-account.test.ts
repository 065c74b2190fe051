/** Changes of passphrase and address, mailed codes, reset and deletion through client and server (7.5 to 7.10). */
import t from 'tap';
import type { ChangePasswordRequest, Device, Session } from '../index.ts';
import { bed, bodiesOf, codeOf, documentsOf, openWorld } from './client-world.ts';
import { SETTINGS, settingsOf } from './storages.ts';

const CHANGE = 'POST /auth/change-password';
const SALTS = ['newSaltKey', 'newSaltAuth', 'newSaltEnc'] as const;

for (const { profile, storage, name } of SETTINGS) {
  t.test(`${name}: passphrase, address and names`, async (test) => {
    const world = openWorld(profile, storage);
    const [jane, bob] = [await world.person('Jane'), await world.person('Bob')];
    const session = await jane.login();
    const other = await jane.login();
    const { id } = await session.createGroup({ parentResourceId: 'wrk_1', name: 'Garden' });
    const change = (members: object) =>
      codeOf(session.changePassphrase({ oldPassphrase: jane.passphrase, newPassphrase: 'new', ...members }));

    test.equal(await change({ oldPassphrase: 'wrong' }), 'decrypt/tag');
    test.equal(await change({ newEmail: 'half\ud800@example.com' }), 'encoding/unicode');
    test.same(bodiesOf(world, CHANGE), [], 'nothing was sent with a wrong passphrase');
    test.equal(await change({ newEmail: bob.email }), 'state/conflict', 'the address is taken');

    test.equal(await change({ newEmail: ' Doe@Example.com', newFirstName: 'J.' }), undefined);
    const [, sent] = bodiesOf(world, CHANGE) as readonly ChangePasswordRequest[];
    test.same(
      SALTS.map((name) => sent?.[name]?.length),
      profile === 'documented' ? [64, 64, 64] : [undefined, undefined, undefined],
    );
    test.match(await session.whoami(), { email: 'doe@example.com', firstName: 'J.', isVerified: false });
    test.equal(await codeOf(other.whoami()), 'auth/refused', 'other sessions have ended');
    await session.verify();
    await world.confirm('doe@example.com');
    test.equal((await session.whoami()).isVerified, true);
    test.equal(await codeOf(jane.login()), 'auth/refused', 'the old address has no account');
    const moved = { email: 'doe@example.com', passphrase: ' new ' };
    const again = await jane.client.login(moved);
    test.equal((await again.group(id)).name, 'Garden', 'the same keys');

    // The session goes by the new values from then on
    const back = { oldPassphrase: 'new', newPassphrase: 'new', newEmail: jane.email, newLastName: 'Doe' };
    await session.changePassphrase(back);
    test.match(await session.whoami(), { email: jane.email, firstName: 'J.', lastName: 'Doe' });
  });

  for (const sessions of [1, 2])
    t.test(`${name}: of two changes at once, in sessions: ${sessions}, one wins`, async (test) => {
      const world = openWorld(profile, storage);
      const jane = await world.person('Jane');
      const one = await jane.login();
      const two = sessions === 1 ? one : await jane.login();
      const group = await one.createGroup({ parentResourceId: 'wrk_1', name: 'Garden' });
      const change = (session: Session, newPassphrase: string) =>
        codeOf(session.changePassphrase({ oldPassphrase: jane.passphrase, newPassphrase }));
      // Both have read the account before either changes it.
      const outcomes = await world.tampered('POST /auth/login-s', together(2), () =>
        Promise.all([change(one, 'one'), change(two, 'two')]),
      );
      test.equal(bodiesOf(world, CHANGE).length, 2);
      // The session of the loser has ended, or its old verifier is not that of the account any more: 401 for both.
      test.same([...outcomes].sort(), ['auth/refused', undefined], 'one wins, and one is refused');
      const [won, lost] = outcomes[0] === undefined ? ['one', 'two'] : ['two', 'one'];
      const after = await jane.client.login({ ...jane, passphrase: won });
      test.equal((await after.group(group.id)).name, 'Garden', 'the account opens, and so does what it has');
      for (const passphrase of [lost, jane.passphrase])
        test.equal(await codeOf(jane.client.login({ ...jane, passphrase })), 'auth/refused');
    });

  t.test(`${name}: reset and deletion`, async (test) => {
    const world = openWorld(profile, storage);
    const [jane, bob] = [await world.person('Jane'), await world.person('Bob')];
    const [session, bobs] = [await jane.login(), await bob.login()];
    const mine = await session.createGroup({ parentResourceId: 'wrk_1', name: 'Garden' });
    const his = await bobs.createGroup({ parentResourceId: 'wrk_2', name: 'Yard' });
    session.edit(bed(mine.id, 'req_1', 1));
    await session.push();
    bobs.edit(bed(his.id, 'req_2', 2));
    await bobs.push();
    await session.share(mine.id, { emails: [bob.email] });
    await bobs.share(his.id, { emails: [jane.email] });
    test.same(documentsOf((await session.pull()).resources), [
      ['req_1', 1],
      ['req_2', 2],
    ]);

    test.equal(await codeOf(session.reset({} as never)), 'state/not-allowed', 'the user has to agree');
    test.equal(bodiesOf(world, 'POST /auth/reset').length, 0);
    await session.reset({ userAcceptsLoss: true });
    test.match(session.exportDevice(), {
      groups: [],
      resources: [],
      seenKeys: [{ accountId: bobs.accountId }],
    });
    test.same((await session.pull()).resources, []);
    test.equal(await codeOf(session.group(mine.id)), 'state/not-found');
    test.same(
      documentsOf((await (await bob.login()).pull()).resources),
      [['req_2', 2]],
      'groups of others stay',
    );
    test.equal(await codeOf(jane.login()), undefined, 'the account goes on');

    await session.deleteAccount();
    test.equal(await codeOf(session.whoami()), 'state/logged-out');
    test.equal(await codeOf(jane.login()), 'auth/refused');
    test.equal(await codeOf(world.client().signup({ ...jane, firstName: '', lastName: '' })), undefined);
  });

  t.test(`${name}: logout`, async (test) => {
    const world = openWorld(profile, storage);
    const jane = await world.person('Jane');
    const session = await jane.login();
    const { id } = await session.createGroup({ parentResourceId: 'wrk_1', name: 'Garden' });
    session.edit(bed(id, 'req_1', 'peas'));
    const gone = () => new Response(null, { status: 503 });
    test.equal(
      await codeOf(world.tampered('POST /auth/logout', gone, () => session.logout())),
      'network/status',
    );
    const calls = world.sent.length;
    const device = session.exportDevice();
    for (const act of [
      () => session.whoami(),
      () => session.verify(),
      () => session.sendCode(),
      () => session.changePassphrase({ oldPassphrase: jane.passphrase, newPassphrase: 'x' }),
      () => session.createGroup({ parentResourceId: 'wrk_1', name: '' }),
      () => session.group(id),
      () => session.share(id, { teamId: 'team_1' }),
      () => session.unshare(id),
      () => session.teams(),
      () => session.createTeam({ name: 'x' }),
      () => session.push(),
      () => session.pull(),
      () => session.fixDuplicates(),
      () => session.reset({ userAcceptsLoss: true }),
      () => session.deleteAccount(),
      () => session.logout(),
      () => session.edit(bed(id, 'req_2', 1)),
    ])
      test.equal(await codeOf(act), 'state/logged-out');
    test.equal(world.sent.length, calls, 'nothing is sent after logout');

    // The edits that waited are still there for the next session on this device, and no key is
    test.same(JSON.parse(JSON.stringify(device)), device);
    const next = await jane.login(JSON.parse(JSON.stringify(device)) as Device);
    test.same((await next.push()).pushed, [{ groupId: id, id: 'req_1' }]);
    const bob = await world.person('Bob');
    test.equal(await codeOf(bob.login(device)), 'state/not-allowed', 'the device of another account');
  });
}

for (const { profile, storage, name } of settingsOf('deployed'))
  t.test(`${name}: a mailed code in place of the passphrase`, async (test) => {
    const world = openWorld(profile, storage);
    const jane = await world.person('Jane');
    const session = await jane.login();
    const { id } = await session.createGroup({ parentResourceId: 'wrk_1', name: 'Garden' });
    await session.sendCode();
    const code = /^[0-9a-z-]{6,}$/im.exec(world.mailTo(jane.email))?.[0] ?? '';
    const change = (members: { code: string; newEmail?: string }) =>
      codeOf(session.changePassphrase({ newPassphrase: 'found again', ...members }));
    test.equal(await change({ code: 'wrong' }), 'auth/refused');
    test.equal(
      await change({ code, newEmail: 'other@example.com' }),
      'state/not-allowed',
      'the address stays',
    );
    test.equal(await change({ code }), undefined);
    test.equal(await change({ code }), 'auth/refused', 'a code works once');
    const again = await jane.client.login({ ...jane, passphrase: 'found again' });
    test.equal((await again.group(id)).id, id, 'the same SYM_Account');
  });

for (const { profile, storage, name } of settingsOf('documented'))
  t.test(`${name}: there are no codes`, async (test) => {
    const world = openWorld(profile, storage);
    const session = await (await world.person('Jane')).login();
    test.equal(await codeOf(session.sendCode()), 'state/not-found');
    test.equal(
      await codeOf(session.changePassphrase({ code: 'x', newPassphrase: 'y' })),
      'state/not-allowed',
    );
    test.same(bodiesOf(world, CHANGE), []);
  });

/** Holds answers back until so many have come. */
function together(count: number): (answer: never) => Promise<never> {
  let come = 0;
  let release = (): void => undefined;
  const all = new Promise<void>((done) => (release = done));
  return async (answer) => {
    if (++come === count) release();
    await all;
    return answer;
  };
}
