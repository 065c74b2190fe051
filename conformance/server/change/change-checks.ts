/** What a server does with a change that it accepts: everything new at once, everything else as it was (7.6). */
import { expectSame, expectThat, type Check } from '../../check.ts';
import { jsonOf, textOf, type Exchange } from '../../peer/exchange.ts';
import { toHex } from '../../../reference/index.ts';
import { expectAccount, expectDead } from '../answers/account-state.ts';
import { expectLogin } from '../login/expect-login.ts';
import { isSuccess, statusAndBody, type Device, type ServerBench } from '../bench/bench.ts';
import {
  anotherEmail,
  anotherPassphrase,
  CHANGE,
  changed,
  changeOf,
  expectChange,
  type Wanted,
} from './change.ts';
import {
  groupPath,
  makeGroup,
  pulled,
  pushed,
  resourceOf,
  shareWith,
  type OwnGroup,
} from '../fixtures/flows.ts';
import { LONG_NAME, ODD_NAME } from '../fixtures/odd-texts.ts';
import type { OwnAccount } from '../bench/own-account.ts';
import { expectM2, M1 } from '../login/proof.ts';
import { expectRefusal } from '../answers/refusal.ts';
import { honestLogin } from '../fixtures/honest-login.ts';

/** Changes that differ in what becomes new. */
const CHANGES: Readonly<Record<string, (account: OwnAccount) => Wanted>> = {
  passphrase: (account) => ({ passphrase: anotherPassphrase(account) }),
  'odd-names': () => ({ firstName: ODD_NAME, lastName: LONG_NAME }),
  'first-name': () => ({ firstName: 'Ada' }),
  nothing: () => ({ sameSalts: true }),
};

const TITLES: Readonly<Record<keyof typeof CHANGES, string>> = {
  passphrase: 'A change of passphrase is accepted, and the account opens with the new one and no other.',
  'odd-names':
    'A change to odd names and to the longest is accepted, and whoami tells them as they were sent.',
  'first-name': 'A change of the first name alone leaves the last name as it is.',
  nothing: 'A change that wraps the account key anew for the same passphrase and salts is accepted.',
};

const accepted = Object.entries(CHANGES).map(([what, wanted]): Check<ServerBench> => ({
  id: `server.change.${what}`,
  title: TITLES[what] ?? what,
  requirements: ['CHANGE-16', 'CHANGE-09', 'KEY-05', 'LOGIN-02'],
  needs: 'change-password',
  async run(bench) {
    const account = await bench.someone(`change.${what}`);
    const device = await bench.device(account);
    const change = changeOf(bench, account, wanted(account));
    await expectChange(device, change);
    await expectAccount(bench, device, change.after, 'after the change');
    const { sessionId } = await expectLogin(bench, change.after, 'a login with the new values');
    await expectAccount(bench, { sessionId }, change.after, 'in a new session after the change');
  },
}));

/** What a member is handed of a group: its link, and every resource. */
async function readGroup(device: Device, group: OwnGroup): Promise<readonly string[]> {
  const link = await device.call('GET', groupPath(group));
  const resources = (await pulled(device)).filter(({ resourceGroupId }) => resourceGroupId === group.groupId);
  return [
    isSuccess(link) ? textOf(jsonOf(link.responseBody), 'encSymmetricKey') : statusAndBody(link),
    ...resources.map(({ encContent }) => encContent).sort(),
  ];
}

/** The proof that a login which was begun before some act gets after it. */
async function provedAfter(
  bench: ServerBench,
  account: OwnAccount,
  act: () => Promise<unknown>,
): Promise<{ readonly answer: Exchange; readonly sessionId: string }> {
  const opened = await bench.open(account);
  await act();
  const answer = await bench.prove(opened, toHex(opened.expected('srp.M1')));
  return { answer, sessionId: toHex(opened.expected('session.id')) };
}

/** Changes after which a login that was begun before them must not end well, be its passphrase still right or not. */
const STARTED: Readonly<Record<string, (account: OwnAccount) => Wanted>> = {
  'another passphrase': (account) => ({ passphrase: anotherPassphrase(account) }),
  'the same passphrase and salts': () => ({ sameSalts: true }),
  'another name': () => ({ firstName: 'Ada', sameSalts: true }),
  'another address': (account) => ({ email: anotherEmail(account), sameSalts: true }),
};

export const changeChecks: readonly Check<ServerBench>[] = [
  ...accepted,
  {
    id: 'server.change.old-passphrase',
    title: 'After a change the old passphrase opens no session, and the old verifier permits no change.',
    requirements: ['CHANGE-09', 'CHANGE-07', 'LOGIN-08'],
    needs: 'change-password',
    twin: honestLogin,
    async run(bench) {
      const before = await bench.someone('change.old');
      const device = await bench.device(before);
      const account = await changed(
        device,
        changeOf(bench, before, { passphrase: anotherPassphrase(before) }),
      );
      const opened = await bench.open(account, before.typed.passphrase);
      const proved = await bench.prove(opened, toHex(opened.expected('srp.M1')));
      expectRefusal('a proof from the old passphrase', proved, [401], 'wrong-proof');
      await expectDead(bench, toHex(opened.expected('session.id')), 'the session of the old passphrase');
      const next = changeOf(bench, account, { passphrase: anotherPassphrase(before, 2) });
      const again = await device.call('POST', CHANGE, { ...next.body, verifier: before.body.verifier });
      expectRefusal('a change with the verifier before the last change', again, [401], 'wrong-proof');
      await expectAccount(bench, device, account, 'after the refusals');
      await expectChange(device, next);
    },
  },
  {
    id: 'server.change.contents',
    title: 'A change of passphrase leaves links and resources byte for byte as they are, for all members.',
    requirements: ['CHANGE-10', 'KEY-05'],
    needs: ['change-password', 'groups', 'sync', 'sharing'],
    async run(bench) {
      const account = await bench.someone('change.contents');
      const bob = await bench.device(await bench.bob());
      const jane = await bench.device(account);
      const own = await makeGroup(bench, jane);
      const foreign = await makeGroup(bench, bob);
      await pushed(jane, [resourceOf(bench, own, jane, 'res_own')]);
      await pushed(bob, [resourceOf(bench, foreign, bob, 'res_foreign')]);
      await shareWith(bench, own, [bob.account]);
      await shareWith(bench, foreign, [account]);
      const read = async (device: Device): Promise<string> =>
        JSON.stringify([await readGroup(device, own), await readGroup(device, foreign)]);
      for (const device of [jane, bob])
        for (const group of [own, foreign]) await device.done('GET', groupPath(group));
      const [janes, bobs] = [await read(jane), await read(bob)];
      await expectChange(jane, changeOf(bench, account, { passphrase: anotherPassphrase(account) }));
      expectSame('what the account reads of its groups after the change', janes, await read(jane));
      expectSame('what another member reads of the groups after the change', bobs, await read(bob));
    },
  },
  {
    id: 'server.change.sessions',
    title:
      'A change ends the other sessions of the account, and neither the one that made it nor those of others.',
    requirements: ['CHANGE-11'],
    needs: 'change-password',
    async run(bench) {
      const account = await bench.someone('change.sessions');
      const [device, second, third] = [
        await bench.device(account),
        await bench.device(account),
        await bench.device(account),
      ];
      const bob = await bench.device(await bench.bob());
      const change = changeOf(bench, account, { passphrase: anotherPassphrase(account) });
      await expectChange(second, change);
      await expectAccount(bench, second, change.after, 'in the session that made the change');
      await expectDead(bench, device.sessionId, 'an older session after a change');
      await expectDead(bench, third.sessionId, 'a younger session after a change');
      const whoami = await bob.call('GET', '/auth/whoami');
      expectThat(
        textOf(jsonOf(whoami.responseBody), 'accountId') === bob.account.body.id,
        'a change ended a session of another account',
        {
          expected: 'the session of the other account goes on',
          actual: statusAndBody(whoami),
        },
      );
      const fourth = await bench.device(change.after);
      const renamed = changeOf(bench, change.after, { firstName: 'Ada', sameSalts: true });
      await expectChange(second, renamed);
      await expectAccount(bench, second, renamed.after, 'after another change in the same session');
      await expectDead(bench, fourth.sessionId, 'another session after a change of a name');
    },
  },
  {
    id: 'server.change.starters',
    title:
      'A login that was begun before a change does not end well after it, and one to another account does.',
    requirements: ['CHANGE-12', 'LOGIN-09', 'LOGIN-07'],
    needs: ['change-password', 'change-email'],
    twin: honestLogin,
    async run(bench) {
      for (const [what, wanted] of Object.entries(STARTED)) {
        const account = await bench.someone(`change.starters.${what.replaceAll(' ', '-')}`);
        const device = await bench.device(account);
        const bobs = await bench.open(await bench.bob());
        const { answer, sessionId } = await provedAfter(bench, account, () =>
          changed(device, changeOf(bench, account, wanted(account))),
        );
        expectRefusal(`a login from before a change to ${what}`, answer, [401], 'wrong-proof');
        await expectDead(bench, sessionId, `the session of a login from before a change to ${what}`);
        expectM2(bobs, await bench.prove(bobs, M1(bobs)));
      }
    },
  },
  {
    id: 'server.change.salts-sent',
    title: 'A change that carries new salts is refused, or its salts are stored.',
    requirements: ['CHANGE-14', 'CHANGE-09', 'HTTP-11'],
    profile: 'deployed',
    needs: 'change-password',
    async run(bench) {
      const account = await bench.someone('change.salts');
      const device = await bench.device(account);
      const passphrase = anotherPassphrase(account);
      const change = changeOf(bench, account, { passphrase, freshSalts: true });
      const answer = await device.call('POST', CHANGE, change.body);
      if (!isSuccess(answer)) expectRefusal('a change that carries new salts', answer, [400]);
      const after = isSuccess(answer) ? change.after : account;
      await expectAccount(bench, device, after, 'after a change with new salts was answered');
      await expectLogin(bench, after, 'a login after a change with new salts was answered');
      await expectChange(device, changeOf(bench, after, { passphrase: anotherPassphrase(account, 2) }));
    },
  },
];
