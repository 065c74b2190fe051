/**
 * npm `secure-remote-password` 0.3.1 computes the SRP values of the profile `documented`; where it does otherwise, the
 * condition is stated.
 */
import t from 'tap';
import fc from 'fast-check';
import * as client from 'secure-remote-password/client.js';
import * as server from 'secure-remote-password/server.js';
import { fromHex, pad, toHex, toInteger } from '../bytes.ts';
import { GROUP_BYTES, N } from '../constants.ts';
import { createSteps } from '../node.ts';
import { bytes32, email, small } from './arbitraries.ts';
import { evaluated, type Login } from './engines.ts';
import { property, same } from './property.ts';
import { countedLogin, loginsWithZeros } from './zeros.ts';

const steps = createSteps('documented');
const SRP = ['srp.x', 'SRP_Verifier', 'srp.A', 'srp.B', 'srp.K', 'srp.M1', 'srp.M2'];

/** What the evaluator finds, as hex. */
const expectedOf = (login: Login): Record<string, string> =>
  Object.fromEntries(
    Object.entries(evaluated('documented', { ...login }, SRP)).map(([name, value]) => [
      name,
      toHex(value as Uint8Array),
    ]),
  );

/** A login by the package; its A and B for given secrets show in the proofs alone. */
function packageLogin(login: Login, { A = '', B = '' }) {
  const [s, I] = [toHex(login.SLT_Auth_2), steps.email(login.email)];
  const x = client.derivePrivateKey(s, I, toHex(login.SEC_PWD_Auth));
  const v = client.deriveVerifier(x);
  const session = client.deriveSession(toHex(login.a), B, s, I, x);
  const served = server.deriveSession(toHex(login.b), A, s, I, v, session.proof);
  client.verifySession(A, session, served.proof);
  same(served.key, session.key, 'K of the server');
  return { x, v, K: session.key, M1: session.proof, M2: served.proof };
}

function agreeOn(login: Login): void {
  const expected = expectedOf(login);
  const found = packageLogin(login, { A: expected['srp.A'], B: expected['srp.B'] });
  const names = { x: 'srp.x', v: 'SRP_Verifier', K: 'srp.K', M1: 'srp.M1', M2: 'srp.M2' };
  same(
    found,
    Object.fromEntries(Object.entries(names).map(([short, name]) => [short, expected[name]])),
    'it',
  );
}

const secret = fc.oneof({ arbitrary: bytes32, weight: 3 }, fc.integer({ min: 1, max: 2100 }).map(small));
const anyLogin = fc.record({ email, SLT_Auth_2: bytes32, SEC_PWD_Auth: bytes32, a: secret, b: secret });

await property(t, { name: 'x, v, K, M1 and M2 of both sides', runs: 5 }, anyLogin, agreeOn);

await t.test('the same where a value begins with a zero byte', (t) => {
  for (const [names, login] of loginsWithZeros('documented')) {
    agreeOn(login);
    t.pass(names.join(', '));
  }
  t.end();
});

await property(t, { name: 'A and B of its own ephemerals', runs: 4 }, bytes32, (SEC_PWD_Auth) => {
  const first = { ...countedLogin(0), SEC_PWD_Auth };
  const A = client.generateEphemeral();
  const B = server.generateEphemeral(expectedOf(first)['SRP_Verifier'] ?? '');
  const expected = expectedOf({ ...first, a: fromHex(A.secret, 'a'), b: fromHex(B.secret, 'b') });
  same([A.public, B.public], [expected['srp.A'], expected['srp.B']], 'A and B');
});

/** A login to change, with everything that the two sides send. */
const login = countedLogin(0);
const sent = expectedOf(login);
const salt = toHex(login.SLT_Auth_2);
const hexOf = (name: string) => sent[name] ?? '';
const serve = (A: string, M1: string) =>
  server.deriveSession(toHex(login.b), A, salt, login.email, hexOf('SRP_Verifier'), M1);
const connect = (B: string) => client.deriveSession(toHex(login.a), B, salt, login.email, hexOf('srp.x'));

await t.test(
  'exception: a proof is compared as an integer, so zeros in front, upper case and a space pass',
  (t) => {
    const M1 = hexOf('srp.M1');
    for (const proof of [M1, `00${M1}`, M1.toUpperCase(), ` ${M1}`])
      t.equal(serve(hexOf('srp.A'), proof).proof, hexOf('srp.M2'), `"${proof}"`);
    for (const proof of [`${M1}0`, M1.slice(2), ''])
      t.throws(() => serve(hexOf('srp.A'), proof), /invalid/, `"${proof}" is refused`);
    const session = { key: hexOf('srp.K'), proof: M1 };
    client.verifySession(hexOf('srp.A'), session, `00${hexOf('srp.M2')}`);
    t.throws(() => client.verifySession(hexOf('srp.A'), session, hexOf('srp.M1')), /invalid/);
    t.end();
  },
);

await t.test('exception: A and B of N and more are refused at multiples of N only', (t) => {
  const element = (value: bigint) => toHex(pad(value, GROUP_BYTES));
  for (const value of [0n, N]) {
    t.throws(() => connect(element(value)), /invalid public ephemeral/, `B = ${value}`);
    t.throws(() => serve(element(value), hexOf('srp.M1')), /invalid public ephemeral/, `A = ${value}`);
  }
  t.equal(connect(element(N + 1n)).key.length, 64, 'B = N + 1 is accepted');
  t.equal(connect(element(1n)).key.length, 64, 'and so is B = 1, rightly');
  t.end();
});

await t.test('exception: A or B without its leading zeros is hashed as short as it came', (t) => {
  const short = { ...login, a: small(2000) };
  const expected = expectedOf(short);
  const A = expected['srp.A'] ?? '';
  const { M1 } = packageLogin(short, { A, B: expected['srp.B'] });
  t.equal(serve(A, M1).proof, expected['srp.M2'], 'all 512 digits');
  const stripped = toInteger(fromHex(A, 'A')).toString(16);
  t.throws(() => serve(stripped, M1), /session proof is invalid/, `${stripped.length} digits`);
  t.end();
});

await t.test('exception: half of a surrogate pair is taken for U+FFFD instead of refused', (t) => {
  const x = (I: string) => client.derivePrivateKey(salt, I, toHex(login.SEC_PWD_Auth));
  t.equal(x('jane\ud800'), x('jane\ufffd'));
  t.throws(() => steps.email('jane\ud800'), { code: 'encoding/unicode' });
  t.not(x('jane\u{10000}'), x('jane\ufffd'), 'a whole pair is not');
  t.end();
});
