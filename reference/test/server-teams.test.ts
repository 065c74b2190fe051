/** `GET` and `POST /api/teams` (8.4). */
import t from 'tap';
import { accepted, fakeAccount, openWorld, PROFILES, refused, type Person } from './server-world.ts';

for (const profile of PROFILES) {
  t.test(`${profile}: who is in a team sees it, with everybody in it`, async (test) => {
    const { call, person } = openWorld(test, profile);
    const [jane, bob, stranger] = [await person('Jane'), await person('Bob'), await person('Bob.Stranger')];
    const own = await accepted(test, call('POST /api/teams', { by: jane, body: { name: 'Alone' } }));
    const emails = [bob.account.email, jane.account.email];
    const team = await accepted(
      test,
      call('POST /api/teams', { by: jane, body: { name: 'Gardeners', emails } }),
    );
    const member = ({ account: { id, email, firstName, lastName } }: Person, isAdmin: boolean) => ({
      ...{ id, email, firstName, lastName },
      isAdmin,
    });
    test.match(team, { name: 'Gardeners', ownerAccountId: jane.account.id });
    test.same(team['accounts'], [member(jane, true), member(bob, false)], 'each once, the caller too');
    test.same(own['accounts'], [member(jane, true)]);
    test.same(await accepted(test, call('GET /api/teams', { by: jane })), [own, team]);
    test.same(await accepted(test, call('GET /api/teams', { by: bob })), [team]);
    test.same(await accepted(test, call('GET /api/teams', { by: stranger })), []);
    await refused(test, call('GET /api/teams'), 401, 'no-session');
  });

  t.test(`${profile}: what is refused makes no team`, async (test) => {
    const { call, person, store } = openWorld(test, profile);
    const jane = await person('Jane');
    await person('Bob');
    await accepted(test, call('POST /auth/signup', { body: fakeAccount('Unconfirmed') }));
    const right = { name: 'Gardeners', emails: ['bob@example.com'] };
    const refusals: readonly (readonly [body: object, status: number, error: string, field: string])[] = [
      [{ ...right, emails: [...right.emails, 'nobody@example.com'] }, 404, 'unknown-account', '/emails/1'],
      [{ ...right, emails: ['unconfirmed@example.com'] }, 404, 'unknown-account', '/emails/0'],
      [{ ...right, emails: ['Bob@example.com'] }, 400, 'not-normalized', '/emails/0'],
      [{ ...right, emails: [...right.emails, ...right.emails] }, 400, 'malformed', '/emails'],
      [{ ...right, name: '' }, 400, 'malformed', '/name'],
      [{ ...right, name: 'x'.repeat(201) }, 400, 'malformed', '/name'],
      [{ emails: [] }, 400, 'malformed', '/name'],
      [{ ...right, id: 'team_1' }, 400, 'malformed', '/id'],
    ];
    for (const [body, status, error, field] of refusals)
      await refused(test, call('POST /api/teams', { by: jane, body }), status, error, field);
    await refused(test, call('POST /api/teams', { body: right }), 401, 'no-session');
    test.same(store.teamsOf(jane.account.id), []);
    await accepted(test, call('POST /api/teams', { by: jane, body: { ...right, name: '😀'.repeat(200) } }));
  });
}
