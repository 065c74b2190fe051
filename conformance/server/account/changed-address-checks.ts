/** Confirmation links of accounts that have another address than before (7.2, 7.7). */
import { Blocked, expectThat, type Check } from '../../check.ts';
import { expectRefusal } from '../answers/refusal.ts';
import { addressWith } from '../bench/address.ts';
import type { Device, ServerBench } from '../bench/bench.ts';
import { expectMailed, expectVerified } from './mailed-link.ts';

/** Gives an account another address; its passphrase opens nothing any more, and its session goes on. @throws Blocked */
async function changeAddress({ profile }: ServerBench, device: Device, newEmail: string): Promise<void> {
  const { verifier, encSymmetricKey, saltKey, saltAuth, saltEnc } = device.account.body;
  const newSalts = { newSaltKey: saltKey, newSaltAuth: saltAuth, newSaltEnc: saltEnc };
  await device.done('POST', '/auth/change-password', {
    ...{ verifier, newEmail, encSymmetricKey, newVerifier: verifier, newEncSymmetricKey: encSymmetricKey },
    ...(profile === 'documented' && newSalts),
  });
}

export const changedAddressChecks: readonly Check<ServerBench>[] = [
  {
    id: 'server.confirm.again',
    title: 'POST /auth/verify mails a new link to an address that is not confirmed, also a changed one.',
    requirements: ['CONFIRM-07', 'WHOAMI-02'],
    needs: ['mail', 'change-email'],
    async run(bench) {
      const device = await bench.device(await bench.someone('verified-again'));
      const email = addressWith(device.account.body.email, '.moved');
      await changeAddress(bench, device, email);
      const first = await bench.linkMailedTo(email);
      const { isVerified } = await device.done('GET', '/auth/whoami');
      if (isVerified === true)
        throw new Blocked('the changed address kept its mark, so that no link is needed');
      await device.done('POST', '/auth/verify');
      const link = await bench.linkMailedTo(email, first);
      expectMailed('new link', link, 'POST /auth/verify', email);
    },
  },
  {
    id: 'server.confirm.of-one-address',
    title: 'A link that was mailed to an earlier address of an account does not confirm the present one.',
    requirements: ['CONFIRM-06', 'WHOAMI-02'],
    profile: 'documented',
    needs: ['mail', 'change-email'],
    async twin(bench) {
      const device = await bench.device(await bench.someone('moved-once'));
      const present = addressWith(device.account.body.email, '.second');
      await changeAddress(bench, device, present);
      const link = await bench.linkMailedTo(present);
      if (link === undefined) throw new Blocked('no link was mailed to a changed address');
      await bench.send('GET', link);
      await expectVerified(device, true, 'after the link to the present address was opened');
    },
    async run(bench) {
      const device = await bench.device(await bench.someone('moved-twice'));
      const [second, third] = ['.second', '.third'].map((addition) =>
        addressWith(device.account.body.email, addition),
      );
      await changeAddress(bench, device, second ?? '');
      const link = await bench.linkMailedTo(second ?? '');
      if (link === undefined) throw new Blocked('no link was mailed to a changed address');
      await changeAddress(bench, device, third ?? '');
      expectRefusal('a link to an earlier address', await bench.send('GET', link), [404], 'not-found');
      await expectVerified(device, false, 'after the link to an earlier address was opened');
      const newest = await bench.linkMailedTo(third ?? '');
      if (newest === undefined) throw new Blocked('no link was mailed to a changed address');
      await bench.send('GET', newest);
      await expectVerified(device, true, 'after the link to the present address was opened');
    },
  },
  {
    id: 'server.confirm.to-one-address',
    title: 'The link to a changed address is mailed to that address, and not to the one before.',
    requirements: ['CONFIRM-06'],
    profile: 'documented',
    needs: ['mail', 'change-email'],
    async run(bench) {
      const device = await bench.device(await bench.someone('moved-alone'));
      const { email } = device.account.body;
      const present = addressWith(email, '.alone');
      await changeAddress(bench, device, present);
      const link = await bench.linkMailedTo(present);
      if (link === undefined) throw new Blocked('no link was mailed to a changed address');
      await bench.send('GET', link);
      await expectVerified(device, true, 'after the link to the present address was opened');
      expectThat(
        !(await bench.wasMailed(link, email)),
        'the link to a changed address was mailed elsewhere',
        {
          sent: 'POST /auth/change-password with a newEmail',
          expected: `a mail with this link to ${present} alone`,
          actual: `one to ${email} too`,
        },
      );
    },
  },
];
