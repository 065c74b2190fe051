/** Changes that meet each other, or a login: of several from the same account one wins (7.6). */
import { toHex } from '../../../reference/index.ts';
import { expectSame, expectThat, type Check } from '../../check.ts';
import { expectAccount, expectDead } from '../answers/account-state.ts';
import { expectLogin } from '../login/expect-login.ts';
import { isSuccess, statusAndBody, type Device, type ServerBench } from '../bench/bench.ts';
import { anotherPassphrase, CHANGE, changed, changeOf } from './change.ts';
import { expectRefusal } from '../answers/refusal.ts';
import { honestLogin } from '../fixtures/honest-login.ts';

/** How many changes are sent at once, and over how many sessions. */
const CHANGES = 6;
const SESSIONS = 3;

export const changeRaceChecks: readonly Check<ServerBench>[] = [
  {
    id: 'server.change.race-sessions',
    title: 'Of six changes at once over three sessions one wins, and the account opens with it.',
    requirements: ['CHANGE-08', 'CHANGE-09', 'CHANGE-11'],
    floods: 'it sends several requests at once',
    needs: 'change-password',
    async run(bench) {
      const account = await bench.someone('race.sessions');
      const devices: Device[] = [];
      for (let i = 0; i < SESSIONS; i++) devices.push(await bench.device(account));
      const sent = Array.from({ length: CHANGES }, (_, i) => ({
        change: changeOf(bench, account, { passphrase: anotherPassphrase(account, i) }),
        device: devices[i % SESSIONS] ?? devices[0],
      }));
      const answered = await Promise.all(
        sent.map(async ({ device, change }) => ({
          device,
          change,
          answer: await bench.send('POST', CHANGE, { body: change.body, sessionId: device?.sessionId }),
        })),
      );
      const winners = answered.filter(({ answer }) => isSuccess(answer));
      expectSame('the number of changes that were accepted', '1', String(winners.length));
      for (const { answer } of answered)
        if (!isSuccess(answer)) expectRefusal('a change that came too late', answer, [401, 409]);
      for (const { change, device } of winners) {
        await expectAccount(
          bench,
          device ?? { sessionId: '' },
          change.after,
          'after several changes at once',
        );
        await expectLogin(bench, change.after, 'a login with the values of the change that was accepted');
      }
    },
  },
  {
    id: 'server.change.race-login',
    title: 'A proof that meets a change leaves no session behind that began with the old values.',
    requirements: ['CHANGE-11', 'CHANGE-12'],
    floods: 'it sends several requests at once',
    needs: 'change-password',
    twin: honestLogin,
    async run(bench) {
      const account = await bench.someone('race.login');
      const device = await bench.device(account);
      const logins = [await bench.open(account), await bench.open(account), await bench.open(account)];
      const change = changeOf(bench, account, { passphrase: anotherPassphrase(account) });
      const proofs = logins.map((login) => ({ login, srpM1: toHex(login.expected('srp.M1')) }));
      const [first, ...others] = proofs;
      const prove = async (proof: typeof first) =>
        proof === undefined ? undefined : await bench.prove(proof.login, proof.srpM1);
      const [answer] = await Promise.all([
        prove(first),
        changed(device, change),
        ...others.map(async (proof) => await prove(proof)),
      ]);
      expectThat(
        answer !== undefined && (isSuccess(answer) || answer.status === 401),
        'a proof beside a change',
        {
          expected: 'a 2xx status or 401',
          actual: answer === undefined ? 'none' : statusAndBody(answer),
        },
      );
      for (const { login } of proofs)
        await expectDead(bench, toHex(login.expected('session.id')), 'a session from before a change');
      await expectAccount(bench, device, change.after, 'after the change');
    },
  },
];
