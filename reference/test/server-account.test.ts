/** Confirmation, reset and deletion of an account (7.2, 7.9, 7.10). */
import t from 'tap';
import {
  accepted,
  fakeAccount,
  fakeElement,
  mailTo,
  openWorld,
  PROFILES,
  refused,
  type Person,
  type World,
} from './server-world.ts';

async function groupOf({ call }: World, by: Person): Promise<string> {
  const body = { parentResourceId: 'wrk_1', name: 'Garden', encSymmetricKey: fakeElement() };
  return String((await call('POST /api/resource_groups', { by, body })).body['id']);
}

/** Jane's group, shared with Bob, and Bob's, shared with Jane. */
async function shared(world: World) {
  const [jane, bob] = [await world.person('Jane'), await world.person('Bob')];
  const [janes, bobs] = [await groupOf(world, jane), await groupOf(world, bob)];
  const share = async (id: string, by: Person, { account }: Person): Promise<void> => {
    const body = { emails: [account.email], keys: { [account.id]: fakeElement() } };
    await world.call(`POST /api/resource_groups/${id}/share-b`, { by, body });
  };
  await share(janes, jane, bob);
  await share(bobs, bob, jane);
  return { jane, bob, janes, bobs };
}

for (const profile of PROFILES) {
  t.test(`${profile}: a reset empties the account and keeps it`, async (test) => {
    const world = openWorld(test, profile);
    const { call, store } = world;
    const { jane, bob, janes, bobs } = await shared(world);
    const before = store.accountById(jane.account.id);
    await refused(test, call('POST /auth/reset'), 401, 'no-session');
    await refused(
      test,
      call('POST /auth/reset', { by: jane, body: { sure: true } }),
      400,
      'malformed',
      '/sure',
    );
    test.equal(store.linksOfAccount(jane.account.id).length, 2, 'nothing has happened yet');
    test.same(await accepted(test, call('POST /auth/reset', { by: jane })), {});
    await refused(test, call(`GET /api/resource_groups/${janes}`, { by: bob }), 404, 'not-found');
    await refused(test, call(`GET /api/resource_groups/${bobs}`, { by: jane }), 404, 'not-found');
    await accepted(test, call(`GET /api/resource_groups/${bobs}`, { by: bob }));
    test.same(store.resourcesOf(janes), []);
    test.same(store.accountById(jane.account.id), before);
    await accepted(test, call('GET /auth/whoami', { by: jane }));
  });

  t.test(`${profile}: a deleted account leaves nothing`, async (test) => {
    const world = openWorld(test, profile);
    const { call, store, session } = world;
    const { jane, bob, janes, bobs } = await shared(world);
    const phone = session(jane);
    const emails = [jane.account.email];
    await accepted(test, call('POST /api/teams', { by: bob, body: { name: 'Gardeners', emails } }));
    await refused(test, call('DELETE /auth/delete-account'), 401, 'no-session');
    test.same(await accepted(test, call('DELETE /auth/delete-account', { by: jane })), {});
    test.equal(store.accountById(jane.account.id), undefined);
    for (const by of [jane, phone]) await refused(test, call('GET /auth/whoami', { by }), 401, 'no-session');
    await refused(test, call(`GET /api/resource_groups/${janes}`, { by: bob }), 404, 'not-found');
    test.same(
      store.linksOfGroup(bobs).map(({ accountId }) => accountId),
      [bob.account.id],
    );
    const [team] = store.teamsOf(bob.account.id);
    test.same(team?.accountIds, [bob.account.id]);
    await accepted(test, call('POST /auth/signup', { body: fakeAccount('Jane', { id: jane.account.id }) }));
    test.pass('address and id are free');
  });

  t.test(`${profile}: a link confirms one account, once, and not after a deletion`, async (test) => {
    const world = openWorld(test, profile);
    const { call, store } = world;
    const account = fakeAccount('Jane');
    await accepted(test, call('POST /auth/signup', { body: account }));
    const linkOf = (email: string) => {
      const url = new URL(/https:\S+/.exec(mailTo(world, email))?.[0] ?? '');
      return url.pathname + url.search;
    };
    const first = linkOf(account.email);
    const jane = world.session({ account, session: '' });
    await accepted(test, call('POST /auth/verify', { by: jane }));
    const second = linkOf(account.email);
    test.not(first, second, 'verify mails another link');
    const code = first.slice(first.indexOf('?') + 1);
    await refused(test, call(`GET ${first}&${code}`), 404, 'not-found');
    await refused(test, call(`GET ${first}&code=`), 404, 'not-found');
    test.equal(store.accountById(account.id)?.isVerified, false, 'a code that is there twice is none');
    await accepted(test, call(`GET ${first}`));
    await refused(test, call(`GET ${first}`), 404, 'not-found');
    test.equal(store.accountById(account.id)?.isVerified, true);
    const mails = world.mails.length;
    await accepted(test, call('POST /auth/verify', { by: jane }));
    test.equal(world.mails.length, mails, 'verify does nothing for an address that is confirmed');
    await accepted(test, call('DELETE /auth/delete-account', { by: jane }));
    await accepted(test, call('POST /auth/signup', { body: fakeAccount('Jane', { id: account.id }) }));
    await refused(test, call(`GET ${second}`), 404, 'not-found');
    test.equal(store.accountById(account.id)?.isVerified, false);
  });

  t.test(`${profile}: the salts of strangers survive a restart`, async (test) => {
    const world = openWorld(test, profile);
    const again = openWorld(test, profile, { store: world.store });
    const salts = async ({ call }: World) =>
      await accepted(test, call('POST /auth/login-s', { body: { email: 'nobody@example.com' } }));
    test.same(await salts(again), await salts(world));
    test.notSame(await salts(openWorld(test, profile)), await salts(world), 'another server has others');
  });
}
