/** Evaluator, native and portable steps agree on every AES message and SYM_Link, and open each other's (chapter 6). */
import t from 'tap';
import fc from 'fast-check';
import type { Given } from '../../spec/index.ts';
import { fromHex, toHex } from '../bytes.ts';
import { checkKeyPair, readPrivateKey, readPublicKey } from '../jwk.ts';
import { checkMessage } from '../messages.ts';
import { native } from '../primitives/native.ts';
import { portable } from '../primitives/portable.ts';
import type { Steps } from '../steps.ts';
import type { AesMessage } from '../wrap.ts';
import { bytes32, document, iv } from './arbitraries.ts';
import { agree, derivedIn, evaluated, PROFILES, providers, type Values } from './engines.ts';
import { property, same } from './property.ts';

const pairs = [
  await native.generateRsaKeyPair(),
  await native.generateRsaKeyPair(),
  await portable.generateRsaKeyPair(),
];
const pair = fc.constantFrom(...pairs);

/** The nodes of one message: plaintext, ciphertext with tag, JSON text. */
function messageValues(name: string, plaintext: Uint8Array, message: string): Values {
  const { t: tag, d } = JSON.parse(message) as AesMessage;
  return {
    [`${name}.plaintext`]: plaintext,
    [`${name}.sealed`]: fromHex(d + tag, name),
    [name]: message,
  };
}

/** Every message is opened by every provider. */
function allOpen<T>(steps: readonly Steps[], open: (step: Steps) => T, expected: T): void {
  for (const step of steps) same(open(step), expected, `what ${step.primitives.name} opens`);
}

for (const profile of PROFILES) {
  const steps = providers(profile);
  const name = (what: string, runs: number) => ({ name: `${profile}: ${what}`, runs });

  await property(t, name('wrapped key', 100), bytes32, bytes32, iv, (kek, key, iv) => {
    const messages = steps.map(({ wrap }) => wrap.sealKey(kek, key, () => iv));
    const given = { SEC_PWD_Enc: kek, SYM_Account: key, 'encSymmetricKey.iv': iv };
    const found = steps.map(({ profile }, i) =>
      messageValues('encSymmetricKey', profile.encodeKey(key), messages[i] ?? ''),
    );
    agree(profile, given, found);
    for (const message of messages) allOpen(steps, ({ wrap }) => wrap.openKey(kek, message), key);
  });

  /** A JSON value, sealed by both providers and the evaluator, opened by both providers. */
  const sealed = (node: string, given: Given, key: Uint8Array, value: unknown, iv: Uint8Array) => {
    const json = JSON.stringify(value);
    const messages = steps.map(({ wrap }) => wrap.sealJson(key, value, () => iv));
    const found = steps.map((step, i) =>
      messageValues(node, step.profile.encodeText(json), messages[i] ?? ''),
    );
    agree(profile, { ...given, [`${node}.iv`]: iv }, found);
    for (const message of messages) {
      checkMessage('aes-message', JSON.parse(message));
      allOpen(steps, ({ wrap }) => JSON.stringify(wrap.openJson(key, message)), json);
    }
  };

  await property(t, name('wrapped private key', 10), bytes32, pair, iv, (key, { privateKey }, iv) => {
    sealed('encPrivateKey', { SYM_Account: key, PRV_Account: { json: privateKey } }, key, privateKey, iv);
  });

  await property(t, name('document', 200), bytes32, document, iv, (key, value, iv) => {
    sealed('encContent', { SYM_ResourceGroup: key, M_Resource: { json: value } }, key, value, iv);
  });

  await t.test(`${profile}: long, nested and odd documents`, (t) => {
    const odd = JSON.parse('{"__proto__":1,"10":2,"9":3,"\\ud800":"\\udfff\\u2028"}') as unknown;
    const nested = Array.from({ length: 500 }).reduce<unknown>((inner) => [inner], null);
    for (const value of ['x'.repeat(100_000), 'é👩‍👩‍👧'.repeat(3_000), odd, nested, '', null, -1e-7]) {
      const key = new Uint8Array(32);
      sealed(
        'encContent',
        { SYM_ResourceGroup: key, M_Resource: { json: value } },
        key,
        value,
        key.slice(20),
      );
      t.pass(JSON.stringify(value).slice(0, 20));
    }
    t.end();
  });

  await property(t, name('SYM_Link', 6), bytes32, bytes32, pair, (key, seed, { publicKey, privateKey }) => {
    const given = { SYM_ResourceGroup: key, PUB_Account: { json: publicKey }, 'SYM_Link.seed': seed };
    const { SYM_Link, ...rest } = evaluated(profile, given, ['SYM_Link', 'SYM_Link.plaintext']);
    for (const step of steps) same(step.profile.encodeKey(key), rest['SYM_Link.plaintext'], 'plaintext');
    const links = [toHex(SYM_Link as Uint8Array), ...steps.map(({ wrap }) => wrap.sealLink(publicKey, key))];
    for (const link of links) allOpen(steps, ({ wrap }) => wrap.openLink(privateKey, link), key);
  });
}

await t.test('no value of chapter 6 is left out', (t) => {
  const messages = ['encSymmetricKey', 'encPrivateKey', 'encContent'];
  const compared = messages.flatMap((name) => [name, `${name}.plaintext`, `${name}.sealed`]);
  for (const profile of PROFILES)
    t.same([...compared, 'SYM_Link', 'SYM_Link.plaintext'].sort(), derivedIn(profile, 6));
  t.end();
});

await t.test('key pairs of both providers are in the form of 6.6', (t) => {
  for (const { publicKey, privateKey } of pairs) {
    checkKeyPair(readPublicKey(publicKey), readPrivateKey(privateKey));
    t.same(Object.keys(publicKey).sort(), ['alg', 'e', 'ext', 'key_ops', 'kty', 'n']);
  }
  t.end();
});
