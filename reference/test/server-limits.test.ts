/** Limits (9.8): on failed attempts, by account and by network address, and on mail. */
import { request } from 'node:http';
import t from 'tap';
import { listen } from '../index.ts';
import { createCounter } from '../server/counter.ts';
import { networkOf } from '../server/network.ts';
import {
  accepted,
  fakeAccount,
  fakeElement,
  fakeMessage,
  hex,
  openWorld,
  PROFILES,
  refused,
  type Answer,
  type Person,
  type World,
} from './server-world.ts';

const MINUTE = 60_000;
const HERE = '203.0.113.7';

const loginA = ({ call }: World, email: string, from?: string): Promise<Answer> =>
  call('POST /auth/login-a', { body: { email, srpA: fakeElement() }, from });

const prove = ({ call }: World, { body }: Answer, from?: string): Promise<Answer> => {
  const { sessionStarterId } = body;
  return call('POST /auth/login-m1', { body: { sessionStarterId, srpM1: hex(32) }, from });
};

/** A whole login with a wrong proof, as far as it gets. */
async function fail(world: World, email: string, from?: string): Promise<Answer> {
  const answer = await loginA(world, email, from);
  return answer.status === 200 ? await prove(world, answer, from) : answer;
}

const withVerifier = ({ account }: Person, verifier: string) => ({
  verifier,
  newEmail: account.email,
  encSymmetricKey: account.encSymmetricKey,
  newVerifier: fakeElement(),
  newEncSymmetricKey: fakeMessage(),
});

for (const profile of PROFILES)
  t.test(
    `${profile}: an address, with or without an account, is tried so often in a window`,
    async (test) => {
      let now = 1_000_000;
      const limits = { failuresOfAccount: 3, window: 10 * MINUTE };
      const world = openWorld(test, profile, { limits, now: () => now });
      const { account } = await world.person('Jane');
      const story = async (email: string) => {
        const open = await loginA(world, email);
        const answers = [];
        for (let i = 0; i < 3; i++) answers.push(await fail(world, email));
        now += MINUTE + 1;
        answers.push(await loginA(world, email), await prove(world, open), await fail(world, email));
        await accepted(test, loginA(world, 'bob@example.com'));
        now += 9 * MINUTE - 1;
        answers.push(await fail(world, email));
        return answers;
      };
      const known = await story(account.email);
      test.same(
        known.map(({ status, body, headers }) => [status, body['error'], headers['retry-after']]),
        [
          ...Array<unknown>(3).fill([401, 'wrong-proof', undefined]),
          ...Array<unknown>(3).fill([429, 'too-many', '540']),
          [401, 'wrong-proof', undefined],
        ],
        'wrong, wrong, wrong, too many, a login of before too, and again after the window',
      );
      test.same(await story('nobody@example.com'), known, 'byte for byte the same without an account');
    },
  );

t.test('a starter is used up by a proof that comes too often', async (test) => {
  let now = 0;
  const world = openWorld(test, 'deployed', {
    limits: { failuresOfAccount: 1, window: MINUTE },
    now: () => now,
  });
  const open = await loginA(world, 'jane@example.com');
  await refused(test, fail(world, 'jane@example.com'), 401, 'wrong-proof');
  await refused(test, prove(world, open), 429, 'too-many');
  test.equal(world.store.takeStarter(String(open.body['sessionStarterId'])), undefined);
  now += MINUTE;
  await refused(test, prove(world, open), 401, 'wrong-proof');
});

t.test('a network address fails so often, over all accounts', async (test) => {
  let now = 0;
  const limits = { failuresOfNetwork: 3, window: MINUTE };
  const world = openWorld(test, 'documented', { limits, now: () => now });
  const { call } = world;
  await refused(test, fail(world, 'one@example.com', HERE), 401, 'wrong-proof');
  await refused(test, call(`GET /auth/confirm?code=${hex(32)}`, { from: HERE }), 404, 'not-found');
  const unknown = { status: 200, headers: {}, body: { sessionStarterId: hex(32) } };
  await refused(test, prove(world, unknown, HERE), 401, 'wrong-proof');
  await refused(test, loginA(world, 'two@example.com', HERE), 429, 'too-many');
  await refused(test, prove(world, unknown, HERE), 429, 'too-many');
  await refused(test, call(`GET /auth/confirm?code=${hex(32)}`, { from: HERE }), 429, 'too-many');
  await accepted(test, loginA(world, 'one@example.com', '203.0.113.8'));
  await accepted(test, call('POST /auth/login-s', { body: { email: 'one@example.com' }, from: HERE }));
  now += MINUTE;
  await accepted(test, loginA(world, 'two@example.com', HERE));
});

t.test('a live link waits until its network address may go on', async (test) => {
  let now = 0;
  const world = openWorld(test, 'documented', {
    limits: { failuresOfNetwork: 1, window: MINUTE },
    now: () => now,
  });
  await accepted(test, world.call('POST /auth/signup', { body: fakeAccount('Jane') }));
  const link = new URL(/https:\S+/.exec(world.mails[0]?.text ?? '')?.[0] ?? '');
  await refused(test, fail(world, 'one@example.com', HERE), 401, 'wrong-proof');
  const open = () => world.call(`GET ${link.pathname}${link.search}`, { from: HERE });
  await refused(test, open(), 429, 'too-many');
  now += MINUTE;
  await accepted(test, open());
});

t.test('this machine, and a host that says nothing, are not counted', async (test) => {
  const world = openWorld(test, 'deployed', { limits: { failuresOfNetwork: 1 } });
  for (const from of ['127.0.0.1', '::1', '::ffff:127.0.0.1', undefined])
    for (const name of ['one', 'two', 'three'])
      await refused(test, fail(world, `${name}@example.com`, from), 401, 'wrong-proof');
});

t.test('what counts as one network address', (test) => {
  const of = (networkAddress: string) => networkOf({ networkAddress });
  test.equal(of('203.0.113.7'), '203.0.113.7');
  test.equal(of('::ffff:203.0.113.7'), '203.0.113.7');
  test.equal(of('2001:db8:1:2::1'), of('2001:db8:1:2:ffff:1:2:3'));
  test.equal(of('2001:db8::1'), '2001:db8:0:0');
  test.equal(of('2001:db8::1:2:3:4:5'), '2001:db8:0:1');
  test.equal(of('fe80::1%eth0'), 'fe80:0:0:0');
  test.equal(of('::'), '0:0:0:0');
  test.end();
});

t.test('a host says where a request comes from by its socket, whatever its headers say', async (test) => {
  const { port, close } = await listen((_, { networkAddress }) => Response.json({ networkAddress }));
  test.teardown(close);
  const headers = { 'x-forwarded-for': HERE, forwarded: `for=${HERE}` };
  const address = await new Promise((done, failed) => {
    request({ port, host: '127.0.0.1', headers }, (response) => {
      response.on('data', (chunk: Buffer) => {
        done((JSON.parse(chunk.toString()) as { networkAddress: string }).networkAddress);
      });
    })
      .on('error', failed)
      .end();
  });
  test.equal(address, '127.0.0.1');
});

t.test('a session guesses the old passphrase or a code so often, and hinders no login', async (test) => {
  let now = 0;
  const limits = { failuresOfAccount: 2, window: MINUTE };
  const world = openWorld(test, 'deployed', { limits, now: () => now });
  const [jane, bob] = [await world.person('Jane'), await world.person('Bob')];
  const change = (by: Person, body: object) => world.call('POST /auth/change-password', { by, body });
  const { verifier: _, ...withoutVerifier } = withVerifier(jane, '');
  await refused(test, change(jane, withVerifier(jane, fakeElement())), 401, 'wrong-proof');
  await refused(test, change(jane, { ...withoutVerifier, code: 'wrong' }), 401, 'wrong-code');
  const right = withVerifier(jane, jane.account.verifier);
  await refused(test, change(jane, right), 429, 'too-many');
  await accepted(test, loginA(world, jane.account.email));
  await accepted(test, change(bob, withVerifier(bob, bob.account.verifier)));
  now += MINUTE;
  await accepted(test, change(jane, right));

  for (let i = 0; i < 2; i++) await refused(test, fail(world, bob.account.email), 401, 'wrong-proof');
  await refused(test, loginA(world, bob.account.email), 429, 'too-many');
  await accepted(test, world.call('GET /auth/whoami', { by: bob }));
  await refused(test, change(bob, withVerifier(bob, fakeElement())), 401, 'wrong-proof');
});

t.test('an address is mailed to so often', async (test) => {
  let now = 0;
  const limits = { mails: 3, window: MINUTE };
  const world = openWorld(test, 'deployed', { limits, now: () => now });
  const { call, mails } = world;
  const account = fakeAccount('Jane');
  await accepted(test, call('POST /auth/signup', { body: account }));
  const jane = world.session({ account, session: '' });
  await accepted(test, call('POST /auth/verify', { by: jane }));
  await accepted(test, call('POST /auth/send-password-code', { by: jane }));
  const mailed = mails.length;
  await refused(test, call('POST /auth/verify', { by: jane }), 429, 'too-many');
  await refused(test, call('POST /auth/send-password-code', { by: jane }), 429, 'too-many');
  await accepted(test, call('DELETE /auth/delete-account', { by: jane }));
  await refused(test, call('POST /auth/signup', { body: account }), 429, 'too-many');
  const bob = await world.person('Bob');
  const move = { ...withVerifier(bob, bob.account.verifier), newEmail: account.email };
  await refused(test, call('POST /auth/change-password', { by: bob, body: move }), 429, 'too-many');
  test.equal(mails.filter(({ to }) => to === account.email).length, mailed);
  now += MINUTE;
  await accepted(test, call('POST /auth/signup', { body: account }));
});

t.test('a counter remembers so many keys, and forgets those that were not asked for the longest', (test) => {
  let now = 0;
  const counter = createCounter({ limit: 1, window: 10, keys: 3, now: () => now });
  for (const key of ['a', 'b', 'c']) counter.count(key);
  now += 5;
  test.equal(counter.waitOf('a'), 5, 'a was asked for, and stays');
  counter.count('d');
  test.same(
    ['a', 'b', 'c', 'd'].map((key) => counter.waitOf(key)),
    [5, 0, 5, 10],
  );
  now += 6;
  test.same(
    ['a', 'c', 'd'].map((key) => counter.waitOf(key)),
    [0, 0, 4],
    'a and c are over',
  );
  counter.count('a');
  test.equal(counter.waitOf('a'), 10, 'and a begins anew');
  for (let i = 0; i < 1000; i++) counter.count(String(i));
  test.equal(counter.size, 3);
  const without = createCounter({ limit: Infinity, window: 10, keys: 3, now: () => now });
  for (let i = 0; i < 1000; i++) without.count('a');
  test.equal(without.waitOf('a'), 0);
  test.end();
});
