/** Mailed codes (7.8): in `deployed` only. */
import t from 'tap';
import {
  accepted,
  fakeElement,
  fakeMessage,
  mailTo,
  openWorld,
  refused,
  type Person,
  type World,
} from './server-world.ts';

const MINUTE = 60_000;
const CHANGE = 'POST /auth/change-password';
const SEND = 'POST /auth/send-password-code';

const withCode = ({ account }: Person, code: string) => ({
  code,
  newEmail: account.email,
  encSymmetricKey: account.encSymmetricKey,
  newVerifier: fakeElement(),
  newEncSymmetricKey: fakeMessage(),
});

/** Has a code mailed and reads it. */
async function codeFor(world: World, by: Person): Promise<string> {
  await world.call(SEND, { by });
  return /^\S{6,}$/m.exec(mailTo(world, by.account.email))?.[0] ?? '';
}

t.test('documented has no codes', async (test) => {
  const { call, person } = openWorld(test, 'documented');
  const jane = await person('Jane');
  await refused(test, call(SEND, { by: jane }), 404, 'not-found');
  await refused(test, call(CHANGE, { by: jane, body: withCode(jane, '123456') }), 400, 'malformed', '/code');
});

t.test('a code takes the place of the old passphrase, once', async (test) => {
  const world = openWorld(test, 'deployed');
  const { call, person, store } = world;
  const jane = await person('Jane');
  await refused(test, call(SEND), 401, 'no-session');
  const code = await codeFor(world, jane);
  test.match(code, /^[0-9a-f]{16}$/);
  test.not(store.code(jane.account.id)?.hash, code, 'it is not what is stored');
  const change = withCode(jane, code);
  test.same(await accepted(test, call(CHANGE, { by: jane, body: change })), {});
  test.equal(store.accountById(jane.account.id)?.verifier, change.newVerifier);
  const again = { ...withCode(jane, code), encSymmetricKey: change.newEncSymmetricKey };
  await refused(test, call(CHANGE, { by: jane, body: again }), 401, 'wrong-code', '/code');
});

t.test('a code is for one account, and the newest counts', async (test) => {
  const world = openWorld(test, 'deployed');
  const [jane, bob] = [await world.person('Jane'), await world.person('Bob')];
  const first = await codeFor(world, jane);
  const change = (by: Person, code: string) => world.call(CHANGE, { by, body: withCode(by, code) });
  await refused(test, change(bob, first), 401, 'wrong-code');
  const second = await codeFor(world, jane);
  await refused(test, change(jane, first), 401, 'wrong-code');
  await accepted(test, change(jane, second));
});

t.test('a code expires', async (test) => {
  let now = 0;
  const world = openWorld(test, 'deployed', { now: () => now });
  const jane = await world.person('Jane');
  const code = await codeFor(world, jane);
  now += 30 * MINUTE;
  await refused(test, world.call(CHANGE, { by: jane, body: withCode(jane, code) }), 401, 'wrong-code');
  const another = await codeFor(world, jane);
  now += 30 * MINUTE - 1;
  await accepted(test, world.call(CHANGE, { by: jane, body: withCode(jane, another) }));
});

t.test('five wrong codes are too many, four are not', async (test) => {
  for (const [wrong, status] of [
    [4, 200],
    [5, 401],
  ] as const) {
    const world = openWorld(test, 'deployed');
    const jane = await world.person('Jane');
    const code = await codeFor(world, jane);
    for (const guess of Array.from({ length: wrong }, (_, i) => `wrong-${i}`))
      await refused(test, world.call(CHANGE, { by: jane, body: withCode(jane, guess) }), 401, 'wrong-code');
    const answer = await world.call(CHANGE, { by: jane, body: withCode(jane, code) });
    test.equal(answer.status, status, `after ${wrong} wrong codes`);
  }
});

t.test('a code that is half a surrogate pair is ill-formed, not a failure', async (test) => {
  const world = openWorld(test, 'deployed');
  const jane = await world.person('Jane');
  await codeFor(world, jane);
  const body = JSON.stringify(withCode(jane, 'HALF')).replace('HALF', '\\ud800');
  await refused(test, world.call(CHANGE, { by: jane, body }), 400, 'malformed', '/code');
  test.same(world.errors, []);
});

t.test('a code moves no account, and a refusal after it does not use it up', async (test) => {
  const world = openWorld(test, 'deployed');
  const jane = await world.person('Jane');
  const code = await codeFor(world, jane);
  const right = withCode(jane, code);
  const change = (body: object) => world.call(CHANGE, { by: jane, body });
  await refused(test, change({ ...right, newEmail: 'jane@example.org' }), 403, 'forbidden', '/newEmail');
  await refused(test, change({ ...right, encSymmetricKey: fakeMessage() }), 409, 'stale');
  await accepted(test, change(right));
});

t.test('a change with the old passphrase makes the code unusable', async (test) => {
  const world = openWorld(test, 'deployed');
  const jane = await world.person('Jane');
  const code = await codeFor(world, jane);
  const { code: _, ...change } = { ...withCode(jane, code), verifier: jane.account.verifier };
  await accepted(test, world.call(CHANGE, { by: jane, body: change }));
  const late = { ...withCode(jane, code), encSymmetricKey: change.newEncSymmetricKey };
  await refused(test, world.call(CHANGE, { by: jane, body: late }), 401, 'wrong-code');
});

t.test('a code that cannot be mailed is a failure of the server', async (test) => {
  const errors: Error[] = [];
  const world = openWorld(test, 'deployed', {
    mailer: () => Promise.reject(new Error('no mail today')),
    onError: (error) => errors.push(error),
  });
  const jane = await world.person('Jane');
  await refused(test, world.call(SEND, { by: jane }), 500, 'internal');
  test.equal(errors.at(-1)?.message, 'no mail today');
});
