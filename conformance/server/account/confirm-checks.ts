/** Confirmation links: mailed when they must be, and good for one address once (7.2). */
import { Blocked, expectSame, expectThat, type Check } from '../../check.ts';
import { isSuccess, requestLine, statusAndBody, type ServerBench } from '../bench/bench.ts';
import type { OwnAccount } from '../bench/own-account.ts';
import { expectNothingToldOf, M1 } from '../login/proof.ts';
import { expectRefusal } from '../answers/refusal.ts';
import { expectMailed, expectVerified, mailedLink } from './mailed-link.ts';
import { answerTold } from '../answers/told.ts';
import { judgeRows } from '../fixtures/rows.ts';
import { victim } from '../login/victims.ts';
import { honestLogin } from '../fixtures/honest-login.ts';
import { signedUp } from '../fixtures/people.ts';

async function expectUnconfirmed(bench: ServerBench, account: OwnAccount, after: string): Promise<void> {
  const login = await bench.open(account);
  const answer = await bench.prove(login, M1(login));
  expectNothingToldOf(`a login before the address is confirmed, after ${after},`, login, answer);
  expectRefusal(
    `the login of an account that is not confirmed, after ${after},`,
    answer,
    [403],
    'not-confirmed',
  );
}

/** The link of 7.2, as a path. */
const OWN_FORM = /^\/auth\/confirm\?code=[0-9a-f]{64}$/;

/** Headers in which a caller names a host that is not the server's. */
const FORGED_HOSTS: readonly Readonly<Record<string, string>>[] = [
  { host: 'elsewhere.example' },
  { 'x-forwarded-host': 'elsewhere.example', forwarded: 'host=elsewhere.example;proto=https' },
];

export const confirmChecks: readonly Check<ServerBench>[] = [
  {
    id: 'server.confirm.mailed',
    title: 'A signup mails a confirmation link to its address.',
    requirements: ['CONFIRM-01'],
    needs: 'mail',
    async run(bench) {
      const account = await signedUp(bench);
      const link = await bench.confirmationLink(account);
      expectMailed('link', link, 'POST /auth/signup', account.body.email);
      await bench.confirm(account);
      await bench.login(account);
    },
  },
  {
    id: 'server.confirm.verified',
    title: 'Once its link was opened, whoami says of an address that it is confirmed.',
    requirements: ['WHOAMI-02'],
    needs: 'mail',
    async run(bench) {
      const account = await signedUp(bench);
      const link = await mailedLink(bench, account);
      await bench.confirm(account);
      // The link of `deployed` is of a form of its own, and what opens it may ask a person first.
      if (bench.profile === 'documented' || OWN_FORM.test(link))
        await expectVerified(await bench.device(account), true, 'after the link was opened');
    },
  },
  {
    id: 'server.confirm.public-url',
    title: 'A confirmation link begins with the public URL of the server, whatever host a signup names.',
    requirements: ['CONFIRM-02'],
    profile: 'documented',
    needs: 'mail',
    async run(bench) {
      const { publicUrl } = bench.target;
      const beginning = async (account: OwnAccount): Promise<string> => {
        const link = await bench.confirmationUrl(account);
        if (link === undefined) throw new Blocked('no mail with a confirmation link came');
        return link.href.split('/auth/confirm')[0] ?? '';
      };
      const honest = await signedUp(bench);
      const usual = await beginning(honest);
      await bench.confirm(honest);
      await bench.login(honest);
      if (publicUrl !== undefined)
        expectSame('the beginning of a confirmation link', publicUrl.replace(/\/$/, ''), usual);
      // A server that others use may be one of several behind a host: what names another one may reach another one.
      const forgeries = FORGED_HOSTS.filter(({ host }) => host === undefined || !bench.isPolite);
      await judgeRows(forgeries, async (headers) => {
        const account = await bench.prepare();
        const answer = await bench.send('POST', '/auth/signup', { body: account.body, headers });
        if (!isSuccess(answer)) return; // it may refuse a host that it does not have
        expectSame('the beginning of a confirmation link', usual, await beginning(account), {
          sent: `POST /auth/signup with ${JSON.stringify(headers)}`,
        });
      });
    },
  },
  {
    id: 'server.confirm.of-one-account',
    title: 'A confirmation link confirms the account that it was mailed to, and no other.',
    requirements: ['CONFIRM-06', 'CONFIRM-02', 'CONFIRM-03'],
    profile: 'documented',
    needs: 'mail',
    async run(bench) {
      const [one, other] = [await signedUp(bench), await signedUp(bench)];
      const [link, otherLink] = [await mailedLink(bench, one), await mailedLink(bench, other)];
      expectThat(link !== otherLink, 'two accounts were mailed the same link', {
        expected: 'a fresh code in every link',
        actual: link,
      });
      await bench.confirm(one);
      await expectUnconfirmed(bench, other, 'the link of another was opened');
      await bench.login(one);
    },
  },
  {
    id: 'server.confirm.preview',
    title: 'A HEAD request for a confirmation link confirms nothing and leaves the link as it was.',
    requirements: ['CONFIRM-03'],
    profile: 'documented',
    needs: 'mail',
    async run(bench) {
      const account = await signedUp(bench);
      await bench.send('HEAD', await mailedLink(bench, account));
      await expectUnconfirmed(bench, account, 'a HEAD request');
      const link = await mailedLink(bench, account);
      const answer = await bench.send('GET', link);
      expectThat(answer.status === 200, 'a link does not work after a HEAD request', {
        sent: requestLine(answer),
        expected: 'status 200',
        actual: statusAndBody(answer),
      });
      await bench.login(account);
    },
  },
  {
    id: 'server.confirm.ill-formed',
    title:
      'A code that is missing, twice there, not of its form or never mailed is answered with 404, and changes nothing.',
    requirements: ['ERROR-02', 'HTTP-11'],
    profile: 'documented',
    needs: 'mail',
    twin: honestLogin,
    async run(bench) {
      const account = await signedUp(bench);
      const link = await mailedLink(bench, account);
      const code = link.slice(link.indexOf('=') + 1);
      const targets: Readonly<Record<string, string>> = {
        'no code': '/auth/confirm',
        'an empty code': '/auth/confirm?code=',
        'a code that was never mailed': `/auth/confirm?code=${'5'.repeat(64)}`,
        'the first half of a code': `/auth/confirm?code=${code.slice(0, 32)}`,
        'a code with one more byte': `/auth/confirm?code=${code}00`,
        'a wildcard': '/auth/confirm?code=%25',
        'a wildcard for the last digit': `/auth/confirm?code=${code.slice(0, -1)}_`,
        'a code in upper case': `/auth/confirm?code=${code.toUpperCase()}`,
        'a code that is there twice': `/auth/confirm?code=${code}&code=${code}`,
        'a code beside another': `/auth/confirm?code=${code}&code=${'5'.repeat(64)}`,
        'a code in brackets': `/auth/confirm?code[]=${code}`,
      };
      await judgeRows(Object.entries(targets), async ([what, target]) => {
        expectRefusal(what, await bench.send('GET', target), [404], 'not-found');
      });
      await expectUnconfirmed(bench, account, 'codes that are none');
      await bench.confirm(account);
      await bench.login(account);
    },
  },
  {
    id: 'server.confirm.wrong-proof',
    title: 'A wrong proof of an account that is not confirmed is answered like that of any other.',
    requirements: ['LOGIN-08'],
    profile: 'documented',
    twin: honestLogin,
    async run(bench) {
      const [account, other] = [await signedUp(bench), await victim(bench)];
      const answers = [];
      for (const own of [account, other])
        answers.push(answerTold('error', await bench.prove(await bench.open(own), 'ab'.repeat(32))));
      expectSame('the answer to a wrong proof', answers[1] ?? '', answers[0] ?? '');
      expectRefusal(
        'a wrong proof',
        await bench.prove(await bench.open(account), 'ab'.repeat(32)),
        [401],
        'wrong-proof',
      );
    },
  },
  {
    id: 'server.confirm.mailed-at-login',
    title:
      'A right proof that is refused because the address is not confirmed has a new link mailed, which works.',
    requirements: ['CONFIRM-08'],
    profile: 'documented',
    needs: 'mail',
    async run(bench) {
      const account = await signedUp(bench);
      const first = await mailedLink(bench, account);
      await expectUnconfirmed(bench, account, 'the signup');
      const link = await bench.linkMailedTo(account.body.email, first);
      expectMailed('new link', link, 'a right M1 before the address is confirmed', account.body.email);
      await bench.confirm(account);
      await bench.login(account);
    },
  },
  {
    id: 'server.confirm.older',
    title: 'A link lives on when a login begins and another link is mailed after it.',
    requirements: ['CONFIRM-03'],
    profile: 'documented',
    needs: 'mail',
    async run(bench) {
      const account = await signedUp(bench);
      const first = await mailedLink(bench, account);
      await expectUnconfirmed(bench, account, 'the signup');
      await bench.linkMailedTo(account.body.email, first);
      const answer = await bench.send('GET', first);
      expectThat(answer.status === 200, 'an older link does not work', {
        sent: requestLine(answer),
        expected: 'status 200: a newer link does not end it',
        actual: statusAndBody(answer),
      });
      await bench.login(account);
    },
  },
];
