/**
 * What a client refuses of a server that lies in a login (5.3, 5.5, 6.1 to 6.6, 7.3), each with its accepting twin: the
 * stage, and that K is sent to nobody who has not proved that it holds the verifier.
 */
import t from 'tap';
import { createSteps, native, toHex, type RsaPrivateJwk, type WhoamiResponse } from '../index.ts';
import { N } from '../constants.ts';
import { pad } from '../bytes.ts';
import { codeOf, message, openWorld, otherEnd, PROFILES } from './client-world.ts';

const group = (value: bigint): string => toHex(pad(value, 256));
type Members = Readonly<Record<string, string>>;

for (const profile of PROFILES) {
  t.test(`${profile}: the exchange`, async (test) => {
    const world = openWorld(profile);
    const jane = await world.person('Jane');
    const B = (srpB: string) => (own: Members) => ({ ...own, srpB });
    const M2 = (alter: (srpM2: string) => string) => (own: Members) => ({
      ...own,
      srpM2: alter(own['srpM2'] ?? ''),
    });
    const [S, A, M1] = ['POST /auth/login-s', 'POST /auth/login-a', 'POST /auth/login-m1'];
    const cases: readonly (readonly [
      code: string | undefined,
      call: string,
      alter: (own: Members) => object,
    ])[] = [
      ['schema/message', S, (own) => ({ ...own, saltKey: own['saltKey']?.slice(2) })],
      ['schema/message', S, (own) => ({ ...own, saltAuth: own['saltAuth']?.toUpperCase() })],
      ['schema/message', S, ({ saltAuth: _, ...own }) => own],
      ['auth/refused', S, (own) => ({ ...own, saltAuth: otherEnd(own['saltAuth']) })],
      ['auth/group-element', A, B(group(0n))],
      ['auth/group-element', A, B(group(N))],
      ['auth/group-element', A, B(group(N + 1n))],
      ['auth/group-element', A, B('f'.repeat(512))],
      ['schema/message', A, B(group(1n).slice(2))],
      ['schema/message', A, B(`${group(1n).slice(1)}A`)],
      ['schema/message', A, B(`${group(1n).slice(1)}g`)],
      ['schema/message', A, B(`00${group(1n)}`)],
      ['auth/refused', A, B(group(5n))],
      ['auth/server-proof', M1, M2(otherEnd)],
      ['auth/server-proof', M1, M2(() => '0'.repeat(64))],
      ['schema/message', M1, M2((own) => own.slice(2))],
      ['schema/message', M1, M2((own) => own.toUpperCase())],
      ['schema/message', M1, M2((own) => `${own}00`)],
      ['schema/message', M1, () => ({})],
      [undefined, M1, (own) => ({ ...own, since: 2020 })],
    ];
    for (const [i, [code, call, alter]] of cases.entries()) {
      const before = world.sent.length;
      test.equal(await codeOf(world.tampered(call, alter, () => jane.login())), code, `case ${i}`);
      const calls = world.sent.slice(before).map((one) => one.call);
      test.equal(calls.includes('GET /auth/whoami'), code === undefined, 'K is sent after M2 alone');
      if (call === A && code !== 'auth/refused') test.notOk(calls.includes(M1), 'no proof for a wrong B');
    }
  });

  t.test(`${profile}: the keys`, async (test) => {
    const world = openWorld(profile);
    const [jane, bob] = [await world.person('Jane'), await world.person('Bob')];
    const his = await (await bob.login()).whoami();
    const steps = createSteps(profile);
    const own = await (await jane.login()).whoami();

    // SYM_Account and PRV_Account, opened by hand, so that other keys can be wrapped under the right ones
    const SLT_TMP_2 = steps.SLT_TMP(Buffer.from(own.saltEnc, 'hex'), jane.email);
    const SEC_PWD_Enc = await steps.SEC_PWD(steps.passphrase(jane.passphrase), SLT_TMP_2);
    const SYM_Account = steps.wrap.openKey(SEC_PWD_Enc, own.encSymmetricKey);
    const PRV_Account = steps.wrap.openJson(SYM_Account, own.encPrivateKey) as RsaPrivateJwk;
    const other = await native.generateRsaKeyPair();
    const wrapped = (jwk: unknown) => ({ encPrivateKey: steps.wrap.sealJson(SYM_Account, jwk) });
    const publicKey = (members: object) => ({
      publicKey: JSON.stringify({ ...(JSON.parse(own.publicKey) as object), ...members }),
    });
    const refusedData = profile === 'documented' ? 'decrypt/additional-data' : 'decrypt/tag';
    const swapped = { ...PRV_Account, p: PRV_Account.q, q: PRV_Account.p };
    const even = Buffer.from(PRV_Account.n, 'base64url');
    even[255] = 0;

    const cases: readonly (readonly [code: string | undefined, change: Partial<WhoamiResponse>])[] = [
      ['state/not-allowed', { email: his.email }],
      ['decrypt/tag', { encSymmetricKey: his.encSymmetricKey }],
      ['decrypt/tag', { saltEnc: his.saltEnc }],
      ['decrypt/tag', { encPrivateKey: his.encPrivateKey }],
      ['decrypt/tag', { encPrivateKey: message(own.encPrivateKey, ({ t: tag }) => ({ t: otherEnd(tag) })) }],
      ['decrypt/tag', { encPrivateKey: message(own.encPrivateKey, ({ iv }) => ({ iv: otherEnd(iv) })) }],
      [refusedData, { encPrivateKey: message(own.encPrivateKey, () => ({ ad: '00' })) }],
      [
        'schema/message',
        { encPrivateKey: message(own.encPrivateKey, ({ t: tag = '' }) => ({ t: tag.slice(2) })) },
      ],
      ['schema/message', { encPrivateKey: message(own.encPrivateKey, ({ iv = '' }) => ({ iv: `${iv}00` })) }],
      [
        'schema/message',
        { encPrivateKey: message(own.encPrivateKey, ({ iv = '' }) => ({ iv: iv.slice(2) })) },
      ],
      ['schema/message', { encSymmetricKey: 'not JSON' }],
      // Thirty-two raw bytes, or the JWK of a symmetric key
      [
        profile === 'documented' ? 'decrypt/document' : 'schema/jwk',
        { encPrivateKey: steps.wrap.sealKey(SYM_Account, new Uint8Array(32).fill(0xc0)) },
      ],
      ['decrypt/key', { encSymmetricKey: steps.wrap.sealJson(SEC_PWD_Enc, 'no key') }],
      // The public key is not that of the private key
      ['decrypt/key-pair', { publicKey: his.publicKey }],
      ['decrypt/key-pair', publicKey({ n: other.publicKey.n })],
      ['decrypt/key-pair', wrapped(other.privateKey)],
      // The numbers of the private key do not belong together
      ['decrypt/key-pair', wrapped(swapped)],
      ['decrypt/key-pair', wrapped({ ...PRV_Account, d: other.privateKey.d })],
      ['decrypt/key-pair', wrapped({ ...PRV_Account, qi: other.privateKey.qi })],
      // Keys that are weak, or none
      ['schema/jwk', wrapped({ ...PRV_Account, kty: 'EC' })],
      ['schema/jwk', wrapped({ ...PRV_Account, alg: 'RSA-OAEP' })],
      ['schema/jwk', wrapped({ ...PRV_Account, key_ops: ['encrypt'] })],
      ['schema/jwk', wrapped({ ...PRV_Account, e: 'Aw' })],
      ['schema/jwk', wrapped({ ...PRV_Account, n: even.toString('base64url') })],
      ['schema/jwk', wrapped({ ...PRV_Account, n: PRV_Account.n.slice(4) })],
      ['schema/jwk', wrapped({ ...PRV_Account, d: `AA${PRV_Account.d}A`.slice(0, 344) })],
      ['schema/jwk', wrapped({ ...PRV_Account, qi: undefined })],
      ['schema/jwk', wrapped(null)],
      ['schema/jwk', publicKey({ n: even.toString('base64url') })],
      ['schema/message', publicKey({ e: 'Aw' })],
      ['schema/message', publicKey({ d: PRV_Account.d })],
      ['schema/message', publicKey({ key_ops: ['decrypt'] })],
      ['schema/message', publicKey({ alg: 'RSA-OAEP' })],
      [undefined, wrapped({ ...PRV_Account })],
      [undefined, { publicKey: JSON.stringify({ ...(JSON.parse(own.publicKey) as object), ext: true }) }],
    ];
    for (const [i, [code, change]] of cases.entries())
      test.equal(
        await codeOf(
          world.tampered(
            'GET /auth/whoami',
            (sent: object) => ({ ...sent, ...change }),
            () => jane.login(),
          ),
        ),
        code,
        `case ${i}: ${Object.keys(change).join()}`,
      );
  });
}

t.test('an input with half of a surrogate pair is refused before anything is sent', async (test) => {
  const world = openWorld('documented');
  const jane = await world.person('Jane');
  const session = await jane.login();
  const before = world.sent.length;
  const half = 'half \ud800';
  const account = { email: 'x@example.com', passphrase: 'x', firstName: '', lastName: '' };
  for (const act of [
    () => jane.client.login({ email: half, passphrase: 'x' }),
    () => jane.client.login({ email: 'x@example.com', passphrase: half }),
    () => jane.client.signup({ ...account, passphrase: half }),
    () => jane.client.signup({ ...account, firstName: half }),
    () => session.createGroup({ parentResourceId: 'wrk_1', name: half }),
    () => session.createTeam({ name: half }),
  ])
    test.equal(await codeOf(act), 'encoding/unicode');
  test.equal(world.sent.length, before);
  test.equal(await codeOf(session.createTeam({ name: 'whole 🥕' })), undefined, 'the accepting twin');
});
