/** `POST /auth/change-password`: passphrase, address and names (7.6, 7.7). */
import t from 'tap';
import { createSteps, toHex, type ProfileName } from '../index.ts';
import { fromHex } from '../bytes.ts';
import type { ChangePasswordRequest } from '../wire.ts';
import {
  accepted,
  fakeElement,
  fakeMessage,
  hex,
  mailTo,
  openWorld,
  PROFILES,
  refused,
  type Person,
  type World,
} from './server-world.ts';

const CHANGE = 'POST /auth/change-password';

const freshSalts = () => ({ newSaltKey: hex(32), newSaltAuth: hex(32), newSaltEnc: hex(32) });

/** A change that is right in everything. */
const changeOf = (profile: ProfileName, { account }: Person): ChangePasswordRequest => ({
  verifier: account.verifier,
  newEmail: account.email,
  encSymmetricKey: account.encSymmetricKey,
  newVerifier: fakeElement(),
  newEncSymmetricKey: fakeMessage(),
  ...(profile === 'documented' && freshSalts()),
});

for (const profile of PROFILES) {
  t.test(`${profile}: what a change replaces and what it leaves`, async (test) => {
    const { call, person, store } = openWorld(test, profile);
    const jane = await person('Jane');
    const before = store.accountById(jane.account.id);
    const change = { ...changeOf(profile, jane), newFirstName: 'Janet' };
    test.same(await accepted(test, call(CHANGE, { by: jane, body: change })), {});
    test.same(store.accountById(jane.account.id), {
      ...before,
      firstName: 'Janet',
      verifier: change.newVerifier,
      encSymmetricKey: change.newEncSymmetricKey,
      saltKey: change.newSaltKey ?? jane.account.saltKey,
      saltAuth: change.newSaltAuth ?? jane.account.saltAuth,
      saltEnc: change.newSaltEnc ?? jane.account.saltEnc,
    });
    const whoami = await accepted(test, call('GET /auth/whoami', { by: jane }));
    test.equal(whoami['encSymmetricKey'], change.newEncSymmetricKey, 'the session that made it goes on');
    test.equal(whoami['encPrivateKey'], jane.account.encPrivateKey);
    test.equal(whoami['isVerified'], true);
    await refused(test, call(CHANGE, { by: jane, body: change }), 401, 'wrong-proof');
  });

  t.test(`${profile}: links and documents stay as they are`, async (test) => {
    const { call, person, store } = openWorld(test, profile);
    const jane = await person('Jane');
    const body = { parentResourceId: 'wrk_1', name: 'Garden', encSymmetricKey: fakeElement() };
    const { id } = await accepted(test, call('POST /api/resource_groups', { by: jane, body }));
    const link = store.link(String(id), jane.account.id);
    await accepted(test, call(CHANGE, { by: jane, body: changeOf(profile, jane) }));
    test.same(store.link(String(id), jane.account.id), link);
  });

  t.test(`${profile}: every other session ends, and no session of anybody else`, async (test) => {
    const { call, person, session } = openWorld(test, profile);
    const [jane, bob] = [await person('Jane'), await person('Bob')];
    const phone = session(jane);
    await accepted(test, call('GET /auth/whoami', { by: phone }));
    await accepted(test, call(CHANGE, { by: jane, body: changeOf(profile, jane) }));
    await refused(test, call('GET /auth/whoami', { by: phone }), 401, 'no-session');
    await accepted(test, call('GET /auth/whoami', { by: jane }));
    await accepted(test, call('GET /auth/whoami', { by: bob }));
  });

  t.test(`${profile}: an open login does not survive, not even with the same verifier`, async (test) => {
    const world = openWorld(test, profile);
    const { srp } = createSteps(profile);
    const x = fromHex(hex(32), 'x');
    const jane = await world.person('Jane', { verifier: toHex(srp.SRP_Verifier(x)) });
    const { saltKey, saltAuth, saltEnc, verifier } = jane.account;
    const before = await openLogin(world, jane, x);
    const same = { ...changeOf(profile, jane), newVerifier: verifier };
    const salts = { newSaltKey: saltKey, newSaltAuth: saltAuth, newSaltEnc: saltEnc };
    const body = profile === 'documented' ? { ...same, ...salts } : same;
    await accepted(test, world.call(CHANGE, { by: jane, body }));
    await refused(test, world.call('POST /auth/login-m1', { body: before }), 401, 'wrong-proof');
    const after = await openLogin(world, jane, x);
    await accepted(test, world.call('POST /auth/login-m1', { body: after }));
  });

  t.test(`${profile}: what is refused changes nothing`, async (test) => {
    const { call, person, store } = openWorld(test, profile);
    const jane = await person('Jane');
    await person('Bob');
    const right = changeOf(profile, jane);
    const { verifier: _, ...unproven } = right;
    const refusals: readonly (readonly [body: object, status: number, error: string, field?: string])[] = [
      [{ ...right, verifier: fakeElement() }, 401, 'wrong-proof', '/verifier'],
      [{ ...right, encSymmetricKey: fakeMessage() }, 409, 'stale'],
      [{ ...right, newEmail: 'bob@example.com' }, 409, 'email-taken', '/newEmail'],
      [{ ...right, newEmail: 'Jane@example.com' }, 400, 'not-normalized', '/newEmail'],
      [{ ...right, newVerifier: '0'.repeat(512) }, 400, 'group-element', '/newVerifier'],
      [{ ...right, newVerifier: '1'.padStart(512, '0') }, 400, 'group-element', '/newVerifier'],
      [{ ...right, newVerifier: 'f'.repeat(512) }, 400, 'group-element', '/newVerifier'],
      [{ ...right, newVerifier: 'ab' }, 400, 'malformed', '/newVerifier'],
      [{ ...right, newEncSymmetricKey: '{}' }, 400, 'malformed', '/newEncSymmetricKey'],
      [{ ...right, publicKey: '{}' }, 400, 'malformed', '/publicKey'],
      [{ ...right, code: '123456' }, 400, 'malformed'],
      [unproven, 400, 'malformed'],
      // The first in the order of 9.5 decides.
      [{ ...right, verifier: fakeElement(), encSymmetricKey: fakeMessage() }, 401, 'wrong-proof'],
      [{ ...right, newEmail: 'bob@example.com', encSymmetricKey: fakeMessage() }, 409, 'stale'],
    ];
    const before = store.accountById(jane.account.id);
    for (const [body, status, error, field] of refusals)
      await refused(test, call(CHANGE, { by: jane, body }), status, error, field);
    await refused(test, call(CHANGE, { body: right }), 401, 'no-session');
    test.same(store.accountById(jane.account.id), before);
    await accepted(test, call(CHANGE, { by: jane, body: right }));
  });

  t.test(`${profile}: of two changes at once one wins`, async (test) => {
    const { call, person, session, store } = openWorld(test, profile);
    const jane = await person('Jane');
    const phone = session(jane);
    const changes = [jane, phone].map((by) => ({ by, body: changeOf(profile, by) }));
    const answers = await Promise.all(changes.map((change) => call(CHANGE, change)));
    const won = answers.findIndex(({ status }) => status === 200);
    test.equal(answers.filter(({ status }) => status === 200).length, 1);
    test.match(answers.find(({ status }) => status !== 200)?.body, { error: /^(no-session|wrong-proof)$/ });
    const { verifier, encSymmetricKey } = store.accountById(jane.account.id) ?? {};
    const { newVerifier, newEncSymmetricKey } = changes[won]?.body ?? {};
    test.same(
      [verifier, encSymmetricKey],
      [newVerifier, newEncSymmetricKey],
      'all of it is from one of them',
    );
  });

  t.test(`${profile}: a new address counts at once, and has to be confirmed`, async (test) => {
    const world = openWorld(test, profile);
    const { call, person, store } = world;
    const jane = await person('Jane');
    const oldLink = linkIn(mailTo(world, 'jane@example.com'));
    const saltsOf = async (email: string) =>
      await accepted(test, call('POST /auth/login-s', { body: { email } }));
    const before = await saltsOf('jane@example.com');
    const body = { ...changeOf(profile, jane), newEmail: 'jane@example.org' };
    await accepted(test, call(CHANGE, { by: jane, body }));
    const whoami = await accepted(test, call('GET /auth/whoami', { by: jane }));
    test.match(whoami, { email: 'jane@example.org', isVerified: false });
    test.notSame(await saltsOf('jane@example.com'), before, 'the old address is that of a stranger');
    const { saltKey, saltAuth } = store.accountById(jane.account.id) ?? {};
    test.same(await saltsOf('jane@example.org'), { saltKey, saltAuth });
    test.match(mailTo(world, 'jane@example.com'), /does not belong to it/);
    await refused(test, call(`GET ${oldLink}`), 404, 'not-found');
    test.equal(store.accountById(jane.account.id)?.isVerified, false);
    await accepted(test, call(`GET ${linkIn(mailTo(world, 'jane@example.org'))}`));
    test.equal(store.accountById(jane.account.id)?.isVerified, true);
    await person('Jane');
    test.pass('the old address can sign up again');
  });
}

t.test('documented: three fresh salts, and no code', async (test) => {
  const { call, person, store } = openWorld(test, 'documented');
  const jane = await person('Jane');
  const right = changeOf('documented', jane);
  const { newSaltEnc: _, ...two } = right;
  const { newSaltKey: _key, newSaltAuth: _auth, ...none } = two;
  const { verifier: _verifier, ...unproven } = right;
  for (const body of [two, none, { ...unproven, code: '123456' }])
    await refused(test, call(CHANGE, { by: jane, body }), 400, 'malformed');
  test.equal(store.accountById(jane.account.id)?.verifier, jane.account.verifier);
  await accepted(test, call(CHANGE, { by: jane, body: right }));
});

t.test('deployed: the salts are kept', async (test) => {
  const { call, person } = openWorld(test, 'deployed');
  const jane = await person('Jane');
  const right = changeOf('deployed', jane);
  await refused(
    test,
    call(CHANGE, { by: jane, body: { ...right, ...freshSalts() } }),
    400,
    'malformed',
    '/newSaltKey',
  );
  await accepted(test, call(CHANGE, { by: jane, body: right }));
});

/** login-s left out: login-a with an x, for the body of the right login-m1. */
async function openLogin(
  { call, profile }: World,
  { account }: Person,
  x: Uint8Array,
): Promise<{ sessionStarterId: string; srpM1: string }> {
  const { srp, I } = createSteps(profile);
  const a = fromHex(hex(32), 'a');
  const A = srp.A(a);
  const body = { email: account.email, srpA: toHex(A) };
  const answer = (await call('POST /auth/login-a', { body })).body;
  const B = fromHex(String(answer['srpB']), 'B');
  const S = srp.S({ B, a, u: srp.u(A, B), x });
  const s = fromHex(account.saltAuth, 'saltAuth');
  const M1 = srp.M1({ I: I(account.email), s, A, B, S, K: srp.K(S) });
  return { sessionStarterId: String(answer['sessionStarterId']), srpM1: toHex(M1) };
}

function linkIn(text: string): string {
  const { pathname, search } = new URL(/https:\S+/.exec(text)?.[0] ?? '');
  return pathname + search;
}
