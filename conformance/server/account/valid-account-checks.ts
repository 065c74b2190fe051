/** Right requests about accounts and sessions in all their variety (chapter 7). */
import fc from 'fast-check';
import { Blocked, expectSame, type Check } from '../../check.ts';
import { WHOAMI } from '../../peer/calls.ts';
import { jsonOf, textOf } from '../../peer/exchange.ts';
import {
  freshHex,
  anyGroupElement,
  message,
  nothing,
  personName,
  strangeQuery,
} from '../../requests/valid-values.ts';
import { expectAccepted } from '../answers/acceptance.ts';
import { addressWith } from '../bench/address.ts';
import type { Device, ServerBench } from '../bench/bench.ts';
import { makeGroup, groupPath } from '../fixtures/flows.ts';
import { expectM2, M1 } from '../login/proof.ts';
import { expectRefusal } from '../answers/refusal.ts';
import { shared } from '../fixtures/shared.ts';
import { expectTaken, sendText, validCheck, validPeople } from '../fixtures/valid.ts';

/** The empty object, with white space; at a call that says nothing but the session, without, and no body too. */
const SPACED = [' { } '];
const WORDLESS = [undefined, '{}', ...SPACED];

/** A name that no account of this run has had. */
const freshName = (bench: ServerBench): string => `valid.${bench.exchanges.length}`;

const whoamiOf = async (device: Device): Promise<Readonly<Record<string, unknown>>> =>
  expectTaken(WHOAMI, await device.call('GET', '/auth/whoami'), 'whoami-response');

/** Fails unless these members say what they must. */
function expectMembers(expected: Readonly<Record<string, string>>, actual: object, of: string): void {
  for (const [name, value] of Object.entries(expected))
    expectSame(`${name} of ${of}`, value, textOf(actual as Record<string, unknown>, name));
}

async function expectEnded(bench: ServerBench, { sessionId }: Device, how: string): Promise<void> {
  const after = await bench.send('GET', '/auth/whoami', { sessionId });
  expectRefusal(`a session after ${how}`, after, [401], 'no-session');
}

/** Addresses that nobody signs up with, in their normalised form (2.6, 4.1). */
const strangeEmail = fc.oneof(
  fc.constantFrom('a@b', `${'x'.repeat(242)}@example.com`, 'zoë+ß@example.com', 'o\'n%41{}"\\@example.com'),
  fc
    .array(fc.constantFrom('a', 'z', '0', '.', '+', '-', '_', '%', '/', 'é', 'ø', '木', '\u{1f331}'), {
      ...{ minLength: 1, maxLength: 60 },
    })
    .map((parts) => `${parts.join('')}@stranger.example`),
);

/** Nobody's own address, from which those are made that a polite run names. */
const nobody = shared((bench) => bench.prepare('valid.nobody'));

/** The address itself, or where others use the server, one of the suite's own with as much of it as fits (2.6). */
async function addressToName(bench: ServerBench, email: string): Promise<string> {
  if (!bench.isPolite) return email;
  const { body } = await nobody(bench);
  const local = Array.from(email.slice(0, email.lastIndexOf('@')));
  return addressWith(body.email, `.${local.slice(0, 253 - body.email.length).join('')}`);
}

/** What is changed again and again, as it was taken last. */
const changing = shared(async (bench) => {
  const device = await bench.device(await bench.someone('valid.changing'));
  const { verifier, encSymmetricKey, email, firstName, lastName } = device.account.body;
  return { device, email, now: { verifier, encSymmetricKey, firstName, lastName } };
});

interface Change {
  readonly newVerifier: string;
  readonly newEncSymmetricKey: string;
  readonly newFirstName: string | undefined;
  readonly newLastName: string | undefined;
}

async function judgeChange(
  bench: ServerBench,
  change: Change,
  write: (body: unknown) => string,
): Promise<void> {
  const own = await changing(bench);
  const { verifier, encSymmetricKey, firstName, lastName } = own.now;
  const salts = { newSaltKey: freshHex(32), newSaltAuth: freshHex(32), newSaltEnc: freshHex(32) };
  const body = {
    ...{ verifier, encSymmetricKey, newEmail: own.email, ...change },
    ...(bench.profile === 'documented' && salts),
  };
  const answer = await sendText(bench, ['POST', '/auth/change-password'], write(body), own.device);
  expectTaken('a change', answer);
  own.now = {
    verifier: change.newVerifier,
    encSymmetricKey: change.newEncSymmetricKey,
    firstName: change.newFirstName ?? firstName,
    lastName: change.newLastName ?? lastName,
  };
  const { verifier: _, ...shown } = own.now;
  expectMembers(shown, await whoamiOf(own.device), 'the account after a change');
  if (bench.profile !== 'documented') return;
  const login = await bench.send('POST', '/auth/login-s', { body: { email: own.email } });
  const { newSaltKey: saltKey, newSaltAuth: saltAuth } = salts;
  expectMembers({ saltKey, saltAuth }, jsonOf(login.responseBody), 'the account after a change');
}

export const validAccountChecks: readonly Check<ServerBench>[] = [
  validCheck({
    ...{ id: 'signup', requirements: ['HTTP-17', 'SIGNUP-06', 'KEY-05'], most: 1 },
    values: () => fc.record({ firstName: personName, lastName: personName, encPrivateKey: message }),
    async judge(bench, own, write) {
      const prepared = await bench.prepare(freshName(bench));
      const account = { ...prepared, body: { ...prepared.body, ...own } };
      const answer = await sendText(bench, ['POST', '/auth/signup'], write(account.body));
      const { id, email } = account.body;
      expectMembers({ id, email }, expectTaken('a signup', answer, 'account'), 'a signup');
      await bench.confirm(account);
      expectMembers(own, await whoamiOf(await bench.device(account)), 'the account that signed up');
    },
  }),
  validCheck({
    ...{ id: 'confirm', requirements: ['CONFIRM-03'], profile: 'documented', needs: ['mail'], most: 0 },
    values: () => fc.constantFrom('&utm_source=mail', '&x=1&y=%F0%9F%8C%B1'),
    async judge(bench, more) {
      const account = await bench.prepare(freshName(bench));
      expectTaken('a signup', await bench.send('POST', '/auth/signup', { body: account.body }), 'account');
      const link = await bench.confirmationLink(account);
      if (link === undefined)
        throw new Blocked(`no mail with a confirmation link came for ${account.body.email}`);
      const answer = await bench.send('GET', link + more);
      expectAccepted('a live link with a query that no call knows', answer);
      await bench.login(account);
    },
  }),
  validCheck({
    ...{ id: 'verify', requirements: ['HTTP-23', 'CONFIRM-07'], values: () => nothing, always: WORDLESS },
    async judge(bench, text) {
      const { owner } = await validPeople(bench);
      expectTaken('POST /auth/verify', await sendText(bench, ['POST', '/auth/verify'], text, owner));
    },
  }),
  validCheck({
    ...{ id: 'loginS', requirements: ['HTTP-17', 'ENUM-01'], values: () => strangeEmail },
    always: ['a@b'],
    async judge(bench, strange, write) {
      const email = await addressToName(bench, strange);
      const answer = await sendText(bench, ['POST', '/auth/login-s'], write({ email }));
      expectTaken('login-s', answer, 'login-s-response');
    },
  }),
  validCheck({
    ...{ id: 'loginA', requirements: ['HTTP-17', 'ENUM-04'] },
    values: () => fc.record({ email: strangeEmail, srpA: anyGroupElement }),
    async judge(bench, { email: strange, srpA }, write) {
      const body = { email: await addressToName(bench, strange), srpA };
      const answer = await sendText(bench, ['POST', '/auth/login-a'], write(body));
      expectTaken('login-a', answer, 'login-a-response');
    },
  }),
  validCheck({
    ...{ id: 'loginM1', requirements: ['HTTP-17', 'LOGIN-07'], values: () => fc.constant({}) },
    async judge(bench, _, write) {
      const login = await bench.open(await bench.jane());
      const { sessionStarterId } = login;
      const text = write({ sessionStarterId, srpM1: M1(login) });
      expectM2(login, await sendText(bench, ['POST', '/auth/login-m1'], text));
    },
  }),
  validCheck({
    ...{ id: 'whoami', requirements: ['WHOAMI-01'], values: () => strangeQuery },
    async judge(bench, query) {
      const { owner } = await validPeople(bench);
      const answer = await owner.call('GET', `/auth/whoami${query}`);
      const { id: accountId, email } = owner.account.body;
      expectMembers({ accountId, email }, expectTaken('whoami', answer, 'whoami-response'), 'whoami');
    },
  }),
  validCheck({
    ...{ id: 'logout', requirements: ['HTTP-23', 'SESSION-03'], values: () => nothing, always: WORDLESS },
    async judge(bench, text) {
      const device = await bench.device(await bench.jane());
      expectTaken('a logout', await sendText(bench, ['POST', '/auth/logout'], text, device));
      await expectEnded(bench, device, 'a logout');
    },
  }),
  validCheck({
    ...{ id: 'changePassword', requirements: ['HTTP-17', 'CHANGE-16', 'CHANGE-09'] },
    values: () =>
      fc.record({
        ...{ newVerifier: anyGroupElement, newEncSymmetricKey: message },
        newFirstName: fc.option(personName, { nil: undefined }),
        newLastName: fc.option(personName, { nil: undefined }),
      }),
    judge: judgeChange,
  }),
  validCheck({
    ...{ id: 'sendPasswordCode', requirements: ['HTTP-23', 'CODE-01'], profile: 'deployed', most: 0 },
    ...{ values: () => nothing, always: SPACED },
    async judge(bench, text) {
      const { owner } = await validPeople(bench);
      const answer = await sendText(bench, ['POST', '/auth/send-password-code'], text, owner);
      expectTaken('a request for a code', answer);
    },
  }),
  validCheck({
    ...{
      id: 'reset',
      requirements: ['HTTP-23', 'RESET-01'],
      needs: ['groups'],
      values: () => nothing,
      always: WORDLESS,
    },
    async judge(bench, text) {
      const device = await resetting(bench);
      const group = await makeGroup(bench, device);
      await device.done('GET', groupPath(group));
      expectTaken('a reset', await sendText(bench, ['POST', '/auth/reset'], text, device));
      const gone = await device.call('GET', groupPath(group));
      expectRefusal('a group after a reset', gone, [404], 'not-found');
      await whoamiOf(device);
    },
  }),
  validCheck({
    ...{
      id: 'deleteAccount',
      requirements: ['HTTP-23', 'DELETE-01'],
      values: () => nothing,
      always: WORDLESS,
      most: 0,
    },
    async judge(bench, text) {
      const device = await bench.device(await bench.someone(freshName(bench)));
      expectTaken('a deletion', await sendText(bench, ['DELETE', '/auth/delete-account'], text, device));
      await expectEnded(bench, device, 'the deletion of its account');
    },
  }),
];

const resetting = shared(async (bench) => bench.device(await bench.someone('valid.resetting')));
