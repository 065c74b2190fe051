/** What a server does with a change of address (7.7). */
import { toHex } from '../../../reference/index.ts';
import { expectSame, expectThat, type Check } from '../../check.ts';
import { jsonOf, textOf } from '../../peer/exchange.ts';
import { expectAccount, expectDead } from '../answers/account-state.ts';
import { expectLogin } from '../login/expect-login.ts';
import { isSuccess, requestLine, statusAndBody, type ServerBench } from '../bench/bench.ts';
import { anotherEmail, anotherPassphrase, changed, changeOf, expectChange } from './change.ts';
import { groupPath, makeGroup, shareWith } from '../fixtures/flows.ts';
import { expectAccepted } from '../answers/acceptance.ts';
import type { OwnAccount } from '../bench/own-account.ts';
import { expectRefusal } from '../answers/refusal.ts';
import { honestLogin } from '../fixtures/honest-login.ts';

const NEEDS = ['change-password', 'change-email'];

export const emailChecks: readonly Check<ServerBench>[] = [
  {
    id: 'server.email.change',
    title: 'A change of address is accepted, and the account opens with the new one once it is confirmed.',
    requirements: ['CHANGE-16', 'CHANGE-09', 'CHANGE-10', 'KEY-05'],
    needs: NEEDS,
    async run(bench) {
      const account = await bench.someone('email.change');
      const device = await bench.device(account);
      const passphrase = anotherPassphrase(account);
      const change = changeOf(bench, account, { email: anotherEmail(account), passphrase });
      await expectChange(device, change);
      await expectAccount(bench, device, change.after, 'after a change of address');
      await bench.confirm(change.after);
      const { sessionId } = await expectLogin(bench, change.after, 'a login with the new address');
      await expectAccount(bench, { sessionId }, change.after, 'in a new session after a change of address');
    },
  },
  {
    id: 'server.email.sessions',
    title: 'A change of address ends the other sessions of the account, and not the one that made it.',
    requirements: ['CHANGE-11'],
    needs: NEEDS,
    async run(bench) {
      const account = await bench.someone('email.sessions');
      const [device, other] = [await bench.device(account), await bench.device(account)];
      const change = changeOf(bench, account, { email: anotherEmail(account), sameSalts: true });
      await expectChange(device, change);
      await expectAccount(bench, device, change.after, 'in the session that changed the address');
      await expectDead(bench, other.sessionId, 'another session after a change of address');
    },
  },
  {
    id: 'server.email.unconfirmed',
    title: 'A changed address is not confirmed until the link that is mailed to it is opened.',
    requirements: ['EMAIL-03', 'WHOAMI-02', 'LOGIN-10'],
    profile: 'documented',
    needs: [...NEEDS, 'mail'],
    twin: honestLogin,
    async run(bench) {
      const before = await bench.someone('email.unconfirmed');
      const device = await bench.device(before);
      const account = await changed(device, changeOf(bench, before, { email: anotherEmail(before) }));
      const isVerified = async (): Promise<string> =>
        String((await device.done('GET', '/auth/whoami'))['isVerified']);
      expectSame('isVerified after a change of address', 'false', await isVerified());
      const opened = await bench.open(account);
      const proved = await bench.prove(opened, toHex(opened.expected('srp.M1')));
      expectRefusal('a login with an address that is not confirmed', proved, [403], 'not-confirmed');
      const link = await bench.confirmationLink(account);
      expectThat(link !== undefined && link !== '', 'no link was mailed to the new address', {
        expected: `a mail with a confirmation link to ${account.body.email}`,
        actual: 'none came',
      });
      await bench.confirm(account);
      expectSame('isVerified after the link was opened', 'true', await isVerified());
      await expectLogin(bench, account, 'a login with the new address');
    },
  },
  {
    id: 'server.email.old-address',
    title:
      'After a change of address the old one is that of a stranger: other salts, no login, and free to sign up.',
    requirements: ['EMAIL-04'],
    needs: NEEDS,
    twin: honestLogin,
    async run(bench) {
      const before = await bench.someone('email.old');
      const device = await bench.device(before);
      const account = await changed(device, changeOf(bench, before, { email: anotherEmail(before) }));
      const opened = await bench.open(before);
      const salts = jsonOf(opened.salts.responseBody);
      for (const name of ['saltKey', 'saltAuth'] as const)
        expectThat(
          ![before.body[name], account.body[name]].includes(textOf(salts, name)),
          'login-s hands out a salt of the account for its old address',
          { expected: `another ${name}, as for an address without an account`, actual: textOf(salts, name) },
        );
      const proved = await bench.prove(opened, toHex(opened.expected('srp.M1')));
      expectRefusal('a login with the old address', proved, [401], 'wrong-proof');
      const other = await bench.prepare('email.successor');
      const successor = {
        typed: { ...other.typed, email: before.typed.email, passphrase: before.typed.passphrase },
        body: { ...before.body, id: other.body.id },
      };
      const answer = await bench.send('POST', '/auth/signup', { body: successor.body });
      expectThat(isSuccess(answer), 'a signup with the old address was refused', {
        sent: requestLine(answer),
        expected: 'status 200: the address belongs to no account',
        actual: statusAndBody(answer),
      });
      await bench.confirm(successor);
      await expectLogin(bench, successor, 'a login of the next owner of the address');
      await expectAccount(bench, device, account, 'after the old address was signed up by somebody else');
    },
  },
  {
    id: 'server.email.old-address-sharing',
    title: 'Nobody can share with the address that an account had before.',
    requirements: ['EMAIL-04'],
    needs: [...NEEDS, 'groups', 'share-email'],
    twin: async (bench) => {
      const [jane, bob] = [await bench.jane(), await bench.device(await bench.bob())];
      const group = await makeGroup(bench, bob);
      await bob.done('POST', groupPath(group, 'share-a'), { emails: [jane.body.email] });
    },
    async run(bench) {
      const account = await bench.someone('email.shared');
      const bob = await bench.device(await bench.bob());
      const group = await makeGroup(bench, bob);
      const whom = { emails: [account.body.email] };
      await bob.done('POST', groupPath(group, 'share-a'), whom);
      await changed(
        await bench.device(account),
        changeOf(bench, account, { email: anotherEmail(account), sameSalts: true }),
      );
      const answer = await bob.call('POST', groupPath(group, 'share-a'), whom);
      expectRefusal('share-a with the old address of an account', answer, [404], 'unknown-account');
    },
  },
  {
    id: 'server.email.old-address-withdrawing',
    title:
      'A member is withdrawn by the address that they have now, and not by the one that they had before.',
    requirements: ['UNSHARE-06', 'UNSHARE-01', 'EMAIL-04'],
    profile: 'documented',
    needs: [...NEEDS, 'groups', 'share-email', 'unshare'],
    twin: async (bench) => {
      const [jane, bob] = [await bench.jane(), await bench.device(await bench.bob())];
      const group = await makeGroup(bench, bob);
      await shareWith(bench, group, [jane]);
      await bob.done('PUT', groupPath(group, 'unshare'), { emails: [jane.body.email] });
    },
    async run(bench) {
      const before = await bench.someone('email.withdrawn');
      const [member, bob] = [await bench.device(before), await bench.device(await bench.bob())];
      const group = await makeGroup(bench, bob);
      await shareWith(bench, group, [before]);
      const account = await changed(member, changeOf(bench, before, { email: anotherEmail(before) }));
      await bench.confirm(account);
      const withdraw = ({ body: { email } }: OwnAccount) =>
        bob.call('PUT', groupPath(group, 'unshare'), { emails: [email] });
      const link = async (): Promise<string> =>
        textOf(await member.done('GET', groupPath(group)), 'encSymmetricKey');
      const held = await link();
      const refused = await withdraw(before);
      expectRefusal('an unshare by the address that a member had before', refused, [404], 'not-found');
      expectSame('the link of the member after it', held, await link());
      expectAccepted('an unshare by the address that a member has now', await withdraw(account));
      const answer = await member.call('GET', groupPath(group));
      expectRefusal('a group from which a member was withdrawn', answer, [404], 'not-found');
    },
  },
];
