/** share-a, share-b and unshare (8.2, 8.3). */
import t from 'tap';
import type { ProfileName } from '../index.ts';
import {
  accepted,
  fakeAccount,
  fakeElement,
  openWorld,
  PROFILES,
  refused,
  type Person,
  type World,
} from './server-world.ts';

/** Jane's group, Bob and a third to share it with, and a stranger who has no part in it. */
async function openGarden(test: Parameters<typeof openWorld>[0], profile: ProfileName) {
  const world = openWorld(test, profile);
  const { call, person } = world;
  const [jane, bob] = [await person('Jane'), await person('Bob')];
  const [third, stranger] = [await person('Bob.Third'), await person('Bob.Stranger')];
  const body = { parentResourceId: 'wrk_1', name: 'Garden', encSymmetricKey: fakeElement() };
  const { id } = await accepted(test, call('POST /api/resource_groups', { by: jane, body }));
  const path = `/api/resource_groups/${String(id)}`;
  const shareA = (by: Person, body: object) => call(`POST ${path}/share-a`, { by, body });
  const shareB = (by: Person, body: object) => call(`POST ${path}/share-b`, { by, body });
  const unshare = (by: Person, body?: object) => call(`PUT ${path}/unshare`, { by, body });
  /** A link for each, as share-b takes it. */
  const linksFor = (...people: readonly Person[]) =>
    Object.fromEntries(people.map(({ account }) => [account.id, fakeElement()]));
  const shareWith = async (...people: readonly Person[]): Promise<void> => {
    const emails = people.map(({ account }) => account.email);
    await accepted(test, shareB(jane, { emails, keys: linksFor(...people) }));
  };
  const links = () =>
    Object.fromEntries(
      world.store
        .linksOfGroup(String(id))
        .map(({ accountId, encSymmetricKey }) => [accountId, encSymmetricKey]),
    );
  return {
    ...{ ...world, id: String(id), path, ownLink: body.encSymmetricKey, jane, bob, third, stranger },
    ...{ shareA, shareB, unshare, linksFor, shareWith, links },
  };
}

async function teamOf(
  test: Parameters<typeof accepted>[0],
  { call }: Pick<World, 'call'>,
  by: Person,
  ...others: readonly Person[]
) {
  const emails = others.map(({ account }) => account.email);
  const { id } = await accepted(test, call('POST /api/teams', { by, body: { name: 'Gardeners', emails } }));
  return String(id);
}

for (const profile of PROFILES) {
  t.test(`${profile}: share-a hands out exactly the keys that were asked for`, async (test) => {
    const garden = await openGarden(test, profile);
    const { jane, bob, third, ownLink, shareA, shareWith } = garden;
    const forPersons = {
      encSymmetricKey: ownLink,
      keys: { [bob.account.id]: bob.account.publicKey },
      accounts: { [bob.account.id]: bob.account.email },
    };
    test.same(await accepted(test, shareA(jane, { emails: [bob.account.email] })), forPersons);
    const withJane = [bob.account.email, jane.account.email];
    test.same(await accepted(test, shareA(jane, { emails: withJane })), forPersons, 'never the caller');
    const teamId = await teamOf(test, garden, jane, bob, third);
    const forTeam = {
      encSymmetricKey: ownLink,
      keys: { [bob.account.id]: bob.account.publicKey, [third.account.id]: third.account.publicKey },
    };
    test.same(await accepted(test, shareA(jane, { teamId })), forTeam);
    await shareWith(bob);
    test.same(await accepted(test, shareA(jane, { teamId })), forTeam, 'also who has a link already');
  });

  t.test(`${profile}: share-b gives links, each in place of an earlier one`, async (test) => {
    const garden = await openGarden(test, profile);
    const { call, jane, bob, third, stranger, path, ownLink, shareB, linksFor, links } = garden;
    await refused(test, call(`GET ${path}`, { by: bob }), 404, 'not-found');
    const first = linksFor(bob);
    const emails = [bob.account.email];
    test.same(await accepted(test, shareB(jane, { emails, keys: first })), {});
    const seen = await accepted(test, call(`GET ${path}`, { by: bob }));
    test.equal(seen['encSymmetricKey'], first[bob.account.id], 'a member sees their own link');
    await refused(test, call(`GET ${path}`, { by: stranger }), 404, 'not-found');
    const teamId = await teamOf(test, garden, jane, bob, third);
    const second = linksFor(bob, third);
    await accepted(test, shareB(jane, { teamId, keys: second }));
    test.same(links(), { [jane.account.id]: ownLink, ...second });
    await accepted(test, shareB(jane, { teamId, keys: {} }));
    test.same(links(), { [jane.account.id]: ownLink, ...second }, 'no link, no change');
    await refused(test, shareB(jane, { teamId, keys: linksFor(jane) }), 403, 'forbidden');
    test.same(links(), { [jane.account.id]: ownLink, ...second }, 'nor a link for the caller');
  });

  t.test(`${profile}: a share of something else is refused whole`, async (test) => {
    const garden = await openGarden(test, profile);
    const { call, jane, bob, third, stranger, shareA, shareB, linksFor, shareWith, links } = garden;
    await shareWith(bob);
    const before = links();
    await accepted(test, call('POST /auth/signup', { body: fakeAccount('Unconfirmed') }));
    const teamId = await teamOf(test, garden, jane, third);
    const foreignTeam = await teamOf(test, garden, stranger, third);
    const emails = [third.account.email];
    type Refusal = readonly [by: Person, body: object, status: number, error: string, field?: string];
    const both: readonly Refusal[] = [
      [bob, { emails }, 403, 'forbidden'],
      [stranger, { emails }, 404, 'not-found'],
      [jane, { emails: [...emails, 'nobody@example.com'] }, 404, 'unknown-account', '/emails/1'],
      [jane, { emails: ['unconfirmed@example.com'] }, 404, 'unknown-account', '/emails/0'],
      [jane, { emails: ['Bob@example.com'] }, 400, 'not-normalized', '/emails/0'],
      [jane, { emails: [] }, 400, 'malformed', '/emails'],
      [jane, { emails: [...emails, ...emails] }, 400, 'malformed', '/emails'],
      [jane, { emails, teamId }, 400, 'malformed'],
      [jane, {}, 400, 'malformed'],
      [jane, { teamId: foreignTeam }, 404, 'not-found'],
      [jane, { teamId: 'team_unknown' }, 404, 'not-found'],
    ];
    for (const [by, body, status, error, field] of both) {
      await refused(test, shareA(by, body), status, error, field);
      await refused(test, shareB(by, { ...body, keys: linksFor(third) }), status, error, field);
    }
    const keys = linksFor(third);
    const others: readonly Refusal[] = [
      [jane, { emails, keys: linksFor(third, stranger) }, 403, 'forbidden', `/keys/${stranger.account.id}`],
      [jane, { teamId, keys: linksFor(third, bob) }, 403, 'forbidden', `/keys/${bob.account.id}`],
      [jane, { emails, keys: { [third.account.id]: 'ab' } }, 400, 'malformed'],
      [jane, { emails, keys: { nobody: fakeElement() } }, 400, 'malformed'],
      [jane, { emails }, 400, 'malformed', '/keys'],
    ];
    for (const [by, body, status, error, field] of others)
      await refused(test, shareB(by, body), status, error, field);
    test.same(links(), before, 'no link was stored');
    await accepted(test, shareA(jane, { emails }));
    await accepted(test, shareB(jane, { emails, keys }));
    test.same(links(), { ...before, ...keys });
  });

  t.test(`${profile}: the owner withdraws everybody, or the persons they name`, async (test) => {
    const garden = await openGarden(test, profile);
    const { call, jane, bob, third, path, unshare, shareWith, links } = garden;
    await shareWith(bob, third);
    const before = links();
    test.same(await accepted(test, unshare(jane, { emails: [bob.account.email] })), {});
    const { [bob.account.id]: _, ...rest } = before;
    test.same(links(), rest, 'the others keep theirs byte for byte');
    await refused(test, call(`GET ${path}`, { by: bob }), 404, 'not-found');
    const pulled = { resources: [], blacklist: [] };
    test.same((await call('POST /sync/pull', { by: bob, body: pulled })).body['createdResources'], []);
    await shareWith(bob);
    for (const body of [undefined, {}]) {
      await shareWith(bob, third);
      await accepted(test, unshare(jane, body));
      test.same(Object.keys(links()), [jane.account.id]);
    }
  });

  t.test(`${profile}: a member gives up their own link`, async (test) => {
    const { bob, third, unshare, shareWith, links, jane } = await openGarden(test, profile);
    await shareWith(bob, third);
    await accepted(test, unshare(bob, { emails: [bob.account.email] }));
    test.same(Object.keys(links()), [jane.account.id, third.account.id]);
  });

  t.test(`${profile}: what nobody may withdraw`, async (test) => {
    const { jane, bob, third, stranger, unshare, shareWith, links } = await openGarden(test, profile);
    await shareWith(bob, third);
    const before = links();
    const emailsOf = (...people: readonly Person[]) => ({
      emails: people.map(({ account }) => account.email),
    });
    const refusals: readonly (readonly [
      by: Person,
      body: object | undefined,
      status: number,
      error: string,
    ])[] = [
      [jane, emailsOf(jane), 403, 'forbidden'],
      [jane, emailsOf(bob, jane), 403, 'forbidden'],
      [bob, emailsOf(third), 403, 'forbidden'],
      [bob, emailsOf(bob, third), 403, 'forbidden'],
      [bob, emailsOf(jane), 403, 'forbidden'],
      [bob, undefined, 403, 'forbidden'],
      [bob, { emails: ['nobody@example.com'] }, 403, 'forbidden'],
      [jane, emailsOf(bob, stranger), 404, 'not-found'],
      [jane, { emails: ['nobody@example.com'] }, 404, 'not-found'],
      [stranger, emailsOf(stranger), 404, 'not-found'],
      [stranger, undefined, 404, 'not-found'],
      [jane, { emails: [] }, 400, 'malformed'],
      [jane, { emails: ['BOB@example.com'] }, 400, 'not-normalized'],
    ];
    for (const [by, body, status, error] of refusals) await refused(test, unshare(by, body), status, error);
    test.same(links(), before);
    await accepted(test, unshare(jane, emailsOf(bob, third)));
  });
}
