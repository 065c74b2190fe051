/**
 * npm `@getinsomnia/srp-js` 1.0.0-alpha.1 computes what the profile `deployed` computes, and either opens what the other
 * seals; where it does otherwise, the condition is stated.
 */
import t from 'tap';
import fc from 'fast-check';
import { fromHex, toBase64url, toHex, utf8 } from '../bytes.ts';
import { checkKeyPair, readPrivateKey, readPublicKey } from '../jwk.ts';
import { native } from '../primitives/native.ts';
import { portable } from '../primitives/portable.ts';
import { parseJson } from '../profile.ts';
import { createSteps } from '../node.ts';
import type { AesMessage } from '../wrap.ts';
import { bytes32, document, email, small, text } from './arbitraries.ts';
import { evaluated, providers, type Login } from './engines.ts';
import { property, same } from './property.ts';
import { group, toVendor, vendor, withoutWebCrypto, type Jwk } from '../../vectors/engines/srp-js-package.ts';
import { loginsWithZeros } from './zeros.ts';

const both = providers('deployed');
const steps = createSteps('deployed');
const typed = fc.record({ email, passphrase: text, SLT_Auth_1: bytes32, SLT_Enc: bytes32 });

await property(t, { name: 'password keys', runs: 4 }, typed, async (input) => {
  const [address, passphrase] = [steps.email(input.email), steps.passphrase(input.passphrase)];
  const derive = async (salt: Uint8Array) =>
    fromHex(await vendor.deriveKey(passphrase, address, toHex(salt)), 'key');
  const found = {
    SEC_PWD_Auth: await derive(input.SLT_Auth_1),
    SEC_PWD_Enc: await derive(input.SLT_Enc),
  };
  same(found, evaluated('deployed', { ...input }, Object.keys(found)), 'the package');
});

/** Every value of a login that the package shows, from both its sides. */
function packageLogin({ SLT_Auth_2, SEC_PWD_Auth, ...login }: Login): Record<string, Uint8Array> {
  const [s, P] = [toVendor(SLT_Auth_2), toVendor(SEC_PWD_Auth)];
  const I = toVendor(utf8(steps.email(login.email)));
  const v = vendor.computeVerifier(group, s, I, P);
  const client = new vendor.Client(group, s, I, P, toVendor(login.a));
  const server = new vendor.Server(group, v, toVendor(login.b));
  server.setA(client.computeA());
  client.setB(server.computeB());
  const M2 = server.checkM1(client.computeM1());
  client.checkM2(M2);
  const found = {
    SRP_Verifier: v,
    'srp.A': client.computeA(),
    'srp.B': server.computeB(),
    'srp.K': client.computeK(),
    'session.id': server.computeK(),
    'srp.M1': client.computeM1(),
    'srp.M2': M2,
  };
  return Object.fromEntries(Object.entries(found).map(([name, value]) => [name, Uint8Array.from(value)]));
}

function agreeOn(login: Login): void {
  const found = packageLogin(login);
  same(found, evaluated('deployed', { ...login }, Object.keys(found)), 'the package');
}

const secret = fc.oneof({ arbitrary: bytes32, weight: 3 }, fc.nat(2100).map(small));
const anyLogin = fc.record({ email, SLT_Auth_2: bytes32, SEC_PWD_Auth: bytes32, a: secret, b: secret });

await property(t, { name: 'v, A, B, K, M1 and M2 of both sides', runs: 4 }, anyLogin, agreeOn);

await t.test('the same where a value begins with a zero byte', (t) => {
  for (const [names, login] of loginsWithZeros('deployed')) {
    agreeOn(login);
    t.pass(names.join(', '));
  }
  t.end();
});

const jwkOf = (key: Uint8Array): Jwk => ({ kty: 'oct', k: toBase64url(key) });
const keyOf = (text: string) =>
  fromHex(Buffer.from((parseJson(text) as { k: string }).k, 'base64url').toString('hex'), 'k');

await property(
  t,
  { name: 'documents, sealed by either and opened by the other', runs: 50 },
  bytes32,
  document,
  (key, value) => {
    const json = JSON.stringify(value);
    for (const theirKey of [toHex(key), jwkOf(key)]) {
      const theirs = JSON.stringify(vendor.encryptAES(theirKey, json));
      for (const { wrap } of both) {
        same(JSON.stringify(wrap.openJson(key, theirs)), json, 'their message');
        const ours = JSON.parse(wrap.sealJson(key, value)) as AesMessage;
        same(vendor.decryptAES(theirKey, ours), json, 'our message');
      }
    }
  },
);

/** Without WebCrypto the members of a symmetric key come in another order, and a public key has no `ext`. */
const theirKeys = [await vendor.generateAES256Key(), await withoutWebCrypto(vendor.generateAES256Key)];
const theirs = await vendor.generateKeyPairJWK();
const { ext: _, ...withoutExt } = theirs.publicKey;
const pairs = [
  await native.generateRsaKeyPair(),
  await portable.generateRsaKeyPair(),
  theirs,
  { ...theirs, publicKey: withoutExt },
].map(({ publicKey, privateKey }) => ({
  publicKey: readPublicKey(publicKey),
  privateKey: readPrivateKey(privateKey),
}));

await t.test('keys and key pairs that the package generates are in the form of 6.6', (t) => {
  for (const { publicKey, privateKey } of pairs) checkKeyPair(publicKey, privateKey);
  for (const jwk of theirKeys) {
    const message = JSON.stringify(vendor.encryptAES('00'.repeat(32), JSON.stringify(jwk)));
    for (const { wrap } of both) t.equal(toBase64url(wrap.openKey(new Uint8Array(32), message)), jwk.k);
  }
  t.end();
});

await property(
  t,
  { name: 'wrapped keys and SYM_Link, both ways', runs: 4 },
  bytes32,
  bytes32,
  fc.constantFrom(...theirKeys),
  fc.constantFrom(...pairs),
  (kek, key, form, pair) => {
    const jwk = JSON.stringify({ ...form, k: toBase64url(key) });
    const theirs = JSON.stringify(vendor.encryptAES(toHex(kek), jwk));
    const theirLink = vendor.encryptRSAWithJWK(pair.publicKey, jwk);
    for (const { wrap } of both) {
      same(wrap.openKey(kek, theirs), key, 'their wrapped key');
      same(wrap.openLink(pair.privateKey, theirLink), key, 'their link');
      const ours = JSON.parse(wrap.sealKey(kek, key)) as AesMessage;
      same(keyOf(vendor.decryptAES(toHex(kek), ours)), key, 'our wrapped key');
      same(
        keyOf(vendor.decryptRSAWithJWK(pair.privateKey, wrap.sealLink(pair.publicKey, key))),
        key,
        'our link',
      );
    }
  },
);

await t.test('additional data is authenticated in deployed and refused in documented', (t) => {
  const key = new Uint8Array(32);
  for (const additionalData of ['workspace', '\u0000\u00ff']) {
    const sealed = vendor.encryptAES(toHex(key), '"text"', additionalData);
    const message = JSON.stringify(sealed);
    for (const { wrap } of both) {
      t.equal(wrap.openJson(key, message), 'text');
      for (const ad of ['', `${sealed.ad}00`])
        t.throws(() => wrap.openJson(key, JSON.stringify({ ...sealed, ad })), { code: 'decrypt/tag' });
    }
    for (const { wrap } of providers('documented'))
      t.throws(() => wrap.openJson(key, message), { code: 'decrypt/additional-data' });
  }
  t.end();
});
