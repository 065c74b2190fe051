/** What is left of an account after a reset, and after its deletion (7.9, 7.10). */
import { toHex, type Team } from '../../../reference/index.ts';
import { Blocked, expectSame, expectThat, type Check } from '../../check.ts';
import { jsonOf, textOf } from '../../peer/exchange.ts';
import { expectAccount, expectDead } from '../answers/account-state.ts';
import { expectLogin } from '../login/expect-login.ts';
import { statusAndBody, type Device, type ServerBench } from '../bench/bench.ts';
import {
  groupPath,
  makeGroup,
  makeTeam,
  pulled,
  pushed,
  resourceOf,
  shareWith,
  type OwnGroup,
} from '../fixtures/flows.ts';
import { anotherEmail, changed, changeOf } from '../change/change.ts';
import { pullLists } from '../sync/sync-world.ts';
import type { OwnAccount } from '../bench/own-account.ts';
import { expectAccepted } from '../answers/acceptance.ts';
import { expectRefusal } from '../answers/refusal.ts';
import { toldOf } from '../answers/told.ts';
import { honestLogin } from '../fixtures/honest-login.ts';

/** The two ways of emptying an account. */
const ENDINGS = {
  reset: { method: 'POST', path: '/auth/reset', needs: 'reset', gone: 'RESET-01', left: 'RESET-02' },
  delete: {
    ...{ method: 'DELETE', path: '/auth/delete-account', needs: 'delete-account' },
    ...{ gone: 'DELETE-01', left: 'DELETE-01' },
  },
} as const;

/** An account with a group that Bob is in, and a link to a group of Bob's, both with a resource. */
async function garden(bench: ServerBench, name: string) {
  const account = await bench.someone(name);
  const [device, bob] = [await bench.device(account), await bench.device(await bench.bob())];
  const [own, foreign] = [await makeGroup(bench, device), await makeGroup(bench, bob)];
  await pushed(device, [resourceOf(bench, own, device, 'res_own')]);
  await pushed(bob, [resourceOf(bench, foreign, bob, 'res_foreign')]);
  await shareWith(bench, own, [bob.account]);
  await shareWith(bench, foreign, [account]);
  for (const one of [device, bob])
    for (const group of [own, foreign]) await one.done('GET', groupPath(group));
  return { account, device, bob, own, foreign };
}

const contentsOf = async (device: Device, { groupId }: OwnGroup): Promise<string> =>
  toldOf('pull-response', {
    createdResources: (await pulled(device)).filter(({ resourceGroupId }) => resourceGroupId === groupId),
  });

const NOTHING = toldOf('pull-response', { createdResources: [] });

/** Fails unless the group is one that never was, for this device. */
async function expectNoGroup(device: Device, group: OwnGroup, what: string): Promise<void> {
  expectRefusal(what, await device.call('GET', groupPath(group)), [404], 'not-found');
  expectSame(`the resources of ${what}`, NOTHING, await contentsOf(device, group));
  const listed = { id: 'of_a_group_that_is_gone', resourceGroupId: group.groupId };
  const { idsToPush, idsToRemove } = await pullLists(device, [
    { ...listed, version: 'known', removed: false },
  ]);
  expectSame(
    `what a device is told that lists a resource of ${what}`,
    '[]',
    JSON.stringify([...idsToPush, ...idsToRemove]),
  );
}

const emptied = Object.entries(ENDINGS).map(
  ([name, { method, path, needs, gone, left }]): Check<ServerBench> => ({
    id: `server.${name}.contents`,
    title: `A ${name} takes the account’s groups from everybody, and leaves the groups of others as they are.`,
    requirements: [...new Set([gone, left, 'PULL-03'])],
    needs: [needs, 'groups', 'sync', 'sharing'],
    async run(bench) {
      const { account, device, bob, own, foreign } = await garden(bench, `${name}.contents`);
      const before = await contentsOf(bob, foreign);
      expectAccepted(`a ${name}`, await device.call(method, path));
      await expectNoGroup(bob, own, `a group whose owner made a ${name}, for another member`);
      expectAccepted('a member’s own link', await bob.call('GET', groupPath(foreign)));
      const link = await bob.done('GET', groupPath(foreign));
      expectSame('the link of a member that stays', foreign.link, textOf(link, 'encSymmetricKey'));
      expectSame('the resources of a group of another account', before, await contentsOf(bob, foreign));
      if (name === 'reset') {
        const after = await bench.device(account);
        await expectNoGroup(after, own, 'a group of the account after a reset');
        await expectNoGroup(after, foreign, 'a group of another account after a reset');
      }
    },
  }),
);

/** Signs up again with everything that a deleted account had; no link is opened. */
async function takenAgain(bench: ServerBench, account: OwnAccount): Promise<OwnAccount> {
  const answer = await bench.send('POST', '/auth/signup', { body: account.body });
  if (textOf(jsonOf(answer.responseBody), 'error') !== 'id-taken') {
    expectAccepted('a signup with the address of a deleted account', answer);
    return account;
  }
  // A server may remember the ids of the past; the address is free.
  const { body } = await bench.prepare();
  return await takenAgain(bench, { ...account, body: { ...account.body, id: body.id } });
}

/** The same, and opens the link. */
async function signUpAgain(bench: ServerBench, account: OwnAccount): Promise<OwnAccount> {
  const again = await takenAgain(bench, account);
  await bench.confirm(again);
  return again;
}

/** The ids of the accounts in these teams, as one of them is told; all of them go on. */
async function membersIn(device: Device, ids: readonly string[]): Promise<readonly string[]> {
  const answer = await device.call('GET', '/api/teams');
  expectAccepted('the list of teams after a deletion', answer);
  const teams = (JSON.parse(answer.responseBody) as readonly Team[]).filter(({ id }) => ids.includes(id));
  expectSame('the number of teams that go on', String(ids.length), String(teams.length));
  return teams.flatMap(({ accounts }) => accounts.map(({ id }) => id));
}

/** An account whose address has changed, and the link that was mailed to the new one. @throws Blocked */
async function linkToMoved(
  bench: ServerBench,
  name: string,
): Promise<{ readonly device: Device; readonly account: OwnAccount; readonly link: string }> {
  const before = await bench.someone(name);
  const device = await bench.device(before);
  const account = await changed(device, changeOf(bench, before, { email: anotherEmail(before) }));
  const link = await bench.confirmationLink(account);
  if (link === undefined) throw new Blocked('no link was mailed to a changed address');
  return { device, account, link };
}

export const endingChecks: readonly Check<ServerBench>[] = [
  ...emptied,
  {
    id: 'server.reset.keeps',
    title:
      'A reset keeps id, address, salts, verifier and wrapped keys: the same passphrase opens the account.',
    requirements: ['RESET-03'],
    needs: 'reset',
    async run(bench) {
      const account = await bench.someone('reset.keeps');
      const device = await bench.device(account);
      expectAccepted('a reset', await device.call('POST', '/auth/reset'));
      const { sessionId } = await expectLogin(bench, account, 'a login after a reset');
      await expectAccount(bench, { sessionId }, account, 'after a reset');
    },
  },
  {
    id: 'server.delete.account',
    title: 'A deleted account has no session, and its address is that of a stranger at login.',
    requirements: ['DELETE-01', 'DELETE-02'],
    needs: 'delete-account',
    twin: honestLogin,
    async run(bench) {
      const account = await bench.someone('delete.account');
      const [device, other] = [await bench.device(account), await bench.device(account)];
      expectAccepted('a deletion', await device.call('DELETE', '/auth/delete-account'));
      await expectDead(bench, device.sessionId, 'the session that deleted the account');
      await expectDead(bench, other.sessionId, 'another session of a deleted account');
      const opened = await bench.open(account);
      const salts = jsonOf(opened.salts.responseBody);
      for (const name of ['saltKey', 'saltAuth'] as const)
        expectThat(textOf(salts, name) !== account.body[name], 'a deleted account still has its salts', {
          expected: `another ${name}, as for an address without an account`,
          actual: textOf(salts, name),
        });
      const proved = await bench.prove(opened, toHex(opened.expected('srp.M1')));
      expectRefusal('a login to a deleted account', proved, [401], 'wrong-proof');
    },
  },
  {
    id: 'server.delete.again',
    title: 'Whoever signs up again after a deletion finds nothing of before: no session, no login, no group.',
    requirements: ['DELETE-01', 'DELETE-02'],
    needs: ['delete-account', 'groups', 'sync', 'sharing'],
    async run(bench) {
      const { account, device, own, foreign } = await garden(bench, 'delete.again');
      const opened = await bench.open(account);
      expectAccepted('a deletion', await device.call('DELETE', '/auth/delete-account'));
      const again = await signUpAgain(bench, account);
      await expectDead(bench, device.sessionId, 'a session from before the deletion');
      const proved = await bench.prove(opened, toHex(opened.expected('srp.M1')));
      expectRefusal('a login from before the deletion', proved, [401], 'wrong-proof');
      await expectLogin(bench, again, 'a login of the new account');
      const fresh = await bench.device(again);
      await expectNoGroup(fresh, own, 'a group of the deleted account');
      await expectNoGroup(fresh, foreign, 'a group of another account that the deleted one was in');
    },
  },
  {
    id: 'server.delete.moved',
    title:
      'With an account that has moved its last address is free again, and the first stays that of whoever has it now.',
    requirements: ['DELETE-02', 'LOGIN-07'],
    needs: ['delete-account', 'change-password', 'change-email'],
    async run(bench) {
      const before = await bench.someone('delete.moved');
      const device = await bench.device(before);
      const moved = await changed(device, changeOf(bench, before, { email: anotherEmail(before) }));
      await bench.confirm(moved);
      const { body } = await bench.prepare();
      const successor = await signUpAgain(bench, { ...before, body: { ...before.body, id: body.id } });
      expectAccepted('a deletion', await device.call('DELETE', '/auth/delete-account'));
      await expectLogin(bench, successor, 'a login with the first address of a deleted account');
      const again = await signUpAgain(bench, moved);
      await expectLogin(bench, again, 'a login with the last address of a deleted account');
    },
  },
  {
    id: 'server.delete.links',
    title:
      'A link that was mailed to an account which is gone confirms no new one, be it alike in everything.',
    requirements: ['CONFIRM-06'],
    profile: 'documented',
    needs: ['delete-account', 'change-password', 'change-email', 'mail'],
    twin: async (bench) => {
      const { device, link } = await linkToMoved(bench, 'delete.links.twin');
      expectAccepted('a live link', await bench.send('GET', link));
      const { isVerified } = await device.done('GET', '/auth/whoami');
      expectSame('isVerified after a live link was opened', 'true', String(isVerified));
    },
    async run(bench) {
      const { device, account, link } = await linkToMoved(bench, 'delete.links');
      expectAccepted('a deletion', await device.call('DELETE', '/auth/delete-account'));
      const again = await takenAgain(bench, account);
      const answer = await bench.send('GET', link);
      expectRefusal('a link to an account that is gone', answer, [404], 'not-found');
      const login = await bench.open(again);
      const proved = await bench.prove(login, toHex(login.expected('srp.M1')));
      expectRefusal('a login of the new account before its own link', proved, [403], 'not-confirmed');
      const own = await bench.linkMailedTo(again.body.email, link);
      if (own === undefined) throw new Blocked('no link was mailed to the new account');
      await bench.send('GET', own);
      await expectLogin(bench, again, 'a login of the new account after its own link');
    },
  },
  {
    id: 'server.delete.teams',
    title: 'A deleted account is in no team any more, and the team goes on without it.',
    requirements: ['DELETE-01', 'TEAM-01'],
    needs: ['delete-account', 'teams', 'team-members'],
    async run(bench) {
      const account = await bench.someone('delete.teams');
      const [device, bob] = [await bench.device(account), await bench.device(await bench.bob())];
      const ids = [await makeTeam(bench, device, [bob.account]), await makeTeam(bench, bob, [account])];
      expectAccepted('a deletion', await device.call('DELETE', '/auth/delete-account'));
      const members = await membersIn(bob, ids);
      expectThat(!members.includes(account.body.id), 'a deleted account is still in a team', {
        expected: `teams without ${account.body.id}`,
        actual: members.join(', '),
      });
      const again = await bench.device(await signUpAgain(bench, account));
      expectThat(
        !(await membersIn(bob, ids)).includes(again.account.body.id),
        'a new account is in the teams of a deleted one for the others',
        { expected: `teams without ${again.account.body.id}`, actual: 'it is among their accounts' },
      );
      const own = await again.call('GET', '/api/teams');
      expectThat(
        !ids.some((id) => own.responseBody.includes(`"${id}"`)),
        'a new account is in the teams of a deleted one',
        {
          expected: 'no team',
          actual: statusAndBody(own),
        },
      );
    },
  },
];
