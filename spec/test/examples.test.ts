/**
 * The examples are right by two engines: the evaluator computed them, and the reference logs in with them, opens every
 * key, link and document, and changes the passphrase.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { createSteps, findFault, fromHex, toHex, type ProfileName } from '../../reference/index.ts';
import examplesFile from '../examples.json' with { type: 'json' };
import story from '../story.json' with { type: 'json' };
import { specFolder } from '../schemas.ts';

interface Example {
  readonly value: unknown;
  readonly 'x-profiles'?: readonly string[];
}
const examples: Readonly<Record<string, Readonly<Record<string, Example>>>> = examplesFile.examples;

/** The members of the messages that are texts. */
type Texts = Readonly<Record<string, string>>;

/** An example as it is in a profile. */
function exampleOf(profile: ProfileName, schema: string, name: string): unknown {
  const named = examples[schema] ?? {};
  const found = [named[`${name}-${profile}`], named[name]].find(
    (example) => example !== undefined && (example['x-profiles'] ?? [profile]).includes(profile),
  );
  if (found === undefined) throw new Error(`${profile} has no example ${name} of ${schema}`);
  return found.value;
}

/** Somebody who typed an address and a passphrase, and the account that the server has. */
const personIn = (profile: ProfileName, who: 'jane' | 'bob') => {
  const steps = createSteps(profile);
  const texts = (schema: string, name: string) => exampleOf(profile, schema, name) as Texts;
  const bytes = (message: Texts, member: string) => fromHex(message[member] ?? '', member);
  const record = texts('record-account', who);
  const SEC_PWD = (salt: Uint8Array, passphrase = story[who].given.passphrase) =>
    steps.SEC_PWD(steps.passphrase(passphrase), steps.SLT_TMP(salt, steps.email(story[who].given.email)));
  /** The keys that the account holds, as a client opens them after login. */
  const open = async () => {
    const SYM_Account = steps.wrap.openKey(
      await SEC_PWD(bytes(record, 'saltEnc')),
      record['encSymmetricKey'] ?? '',
    );
    const PRV_Account = steps.accept.privateKey(
      steps.wrap.openJson(SYM_Account, record['encPrivateKey'] ?? ''),
    );
    const PUB_Account = steps.accept.publicKey(JSON.parse(record['publicKey'] ?? ''));
    steps.accept.keyPair(PUB_Account, PRV_Account);
    return { SYM_Account, PRV_Account, PUB_Account };
  };
  return { steps, texts, bytes, record, SEC_PWD, open };
};

for (const profile of ['documented', 'deployed'] as const) {
  t.test(`${profile}: the login of 7.3 is one of the account of 7.1`, async (test) => {
    const { steps, texts, bytes, record, SEC_PWD } = personIn(profile, 'jane');
    const { srp } = steps;
    test.match(record, texts('signup-request', 'jane'), 'the account is the one that signed up');
    const { email = '' } = texts('login-s-request', 'jane');
    test.equal(email, record['email']);
    test.match(record, texts('login-s-response', 'salts'));
    const I = steps.I(email);
    const s = bytes(record, 'saltAuth');
    const x = srp.x(s, I, steps.P(await SEC_PWD(bytes(record, 'saltKey'))));
    const v = bytes(record, 'verifier');
    test.equal(toHex(srp.SRP_Verifier(x)), toHex(v), 'the verifier is that of the passphrase');

    const [a, b] = [fromHex(story.login.given.a, 'a'), fromHex(story.login.given.b, 'b')];
    const A = steps.accept.A(texts('login-a-request', 'jane')['srpA'] ?? '');
    const B = steps.accept.B(texts('login-a-response', 'starter')['srpB'] ?? '');
    test.same([A, B], [srp.A(a), srp.B(b, v)]);
    const u = srp.u(A, B);
    const S = srp.S({ B, a, u, x });
    test.same(srp.S_server({ A, b, u, v }), S, 'client and server have the same secret');
    const K = srp.K(S);
    const M1 = srp.M1({ I, s, A, B, S, K });
    test.equal(texts('login-m1-request', 'jane')['srpM1'], toHex(M1), 'M1');
    test.equal(texts('login-m1-response', 'proof')['srpM2'], toHex(srp.M2(A, M1, K)), 'M2');
    test.equal(exampleOf(profile, 'types#/$defs/sessionId', 'story'), toHex(K), 'the session');
    const starters = [texts('login-a-response', 'starter'), texts('login-m1-request', 'jane')];
    test.equal(new Set(starters.map(({ sessionStarterId }) => sessionStarterId)).size, 1);
  });

  t.test(`${profile}: the account opens, and so does everything that was shared`, async (test) => {
    const [jane, bob] = [personIn(profile, 'jane'), personIn(profile, 'bob')];
    const { steps, texts } = jane;
    const { accountId, ...whoami } = texts('whoami-response', 'jane');
    test.equal(accountId, jane.record['id']);
    test.match(jane.record, whoami, 'whoami gives what is stored');
    const keys = { jane: await jane.open(), bob: await bob.open() };
    test.equal(toHex(keys.jane.SYM_Account), story.jane.given.SYM_Account);
    test.same(keys.jane.PRV_Account, story.jane.given.PRV_Account);

    const SYM_ResourceGroup = fromHex(story.group.given.SYM_ResourceGroup, 'SYM_ResourceGroup');
    for (const name of ['resource-group-request', 'resource-group']) {
      const link = texts(name, 'garden')['encSymmetricKey'] ?? '';
      test.same(steps.wrap.openLink(keys.jane.PRV_Account, link), SYM_ResourceGroup, name);
      test.throws(() => steps.wrap.openLink(keys.bob.PRV_Account, link), 'for Jane and nobody else');
    }
    const asked = exampleOf(profile, 'share-a-response', 'team') as { readonly keys: Texts };
    test.same(JSON.parse(asked.keys[story.bob.id] ?? ''), keys.bob.PUB_Account, 'share-a gives his key');
    const given = exampleOf(profile, 'share-b-request', 'team') as { readonly keys: Texts };
    test.equal(given.keys[story.bob.id], texts('resource-group', 'for-bob')['encSymmetricKey']);
    test.same(steps.wrap.openLink(keys.bob.PRV_Account, given.keys[story.bob.id] ?? ''), SYM_ResourceGroup);

    const [pushed] = exampleOf(profile, 'push-request', 'new') as readonly Texts[];
    test.same(
      steps.wrap.openJson(SYM_ResourceGroup, pushed?.['encContent'] ?? ''),
      story.resource.given.M_Resource,
      'the document of 6.1',
    );
    const { createdResources } = exampleOf(profile, 'pull-response', 'second-device') as {
      readonly createdResources: readonly object[];
    };
    test.same(createdResources, [{ ...pushed, version: story.resource.version }], 'comes back as pushed');
  });

  const permits = profile === 'deployed' ? ['passphrase', 'mailed-code'] : ['passphrase'];
  for (const permit of permits)
    t.test(`${profile}: the change of 7.6 starts from this account: ${permit}`, async (test) => {
      const { steps, texts, bytes, record, SEC_PWD, open } = personIn(profile, 'jane');
      const change = texts('change-password-request', permit);
      test.equal(change['encSymmetricKey'], record['encSymmetricKey']);
      if (permit === 'passphrase') test.equal(change['verifier'], record['verifier']);
      test.equal('newSaltKey' in change, profile === 'documented', 'new salts');
      const salt = (member: string, old: string) =>
        bytes(member in change ? change : record, member in change ? member : old);
      const { passphrase } = story.change.given;
      const { SYM_Account } = await open();
      const kek = await SEC_PWD(salt('newSaltEnc', 'saltEnc'), passphrase);
      test.same(steps.wrap.openKey(kek, change['newEncSymmetricKey'] ?? ''), SYM_Account, 'the same key');
      const SEC_PWD_Auth = await SEC_PWD(salt('newSaltKey', 'saltKey'), passphrase);
      const I = steps.I(change['newEmail'] ?? '');
      const x = steps.srp.x(salt('newSaltAuth', 'saltAuth'), I, steps.P(SEC_PWD_Auth));
      test.equal(change['newVerifier'], toHex(steps.srp.SRP_Verifier(x)));
    });
}

t.test('every example is as its schema says', (test) => {
  for (const [schema, named] of Object.entries(examples))
    for (const [name, { value }] of Object.entries(named))
      test.equal(findFault(schema, value), undefined, `${schema} ${name}`);
  test.end();
});

/** What stands between the markers of a part of chapter 6. */
function linesOf(test: Test, part: string): string[] {
  const text = readFileSync(join(specFolder, '06-wrapping.md'), 'utf8');
  const [, block = ''] = text.split(`<!-- generated: example ${part} -->`);
  const lines = block.split('<!-- /generated -->')[0]?.trim().split('\n').slice(1, -1) ?? [];
  test.ok(lines.length > 0, part);
  return lines;
}

t.test('the texts of chapter 6, and the lengths that it says they have', (test) => {
  const bytes = (text = '') => Buffer.byteLength(text, 'utf8');
  const [document, encoded] = linesOf(test, 'document');
  test.equal(document, JSON.stringify(story.resource.given.M_Resource));
  test.equal(encoded, encodeURIComponent(document ?? ''));
  test.equal(bytes(document), 51);
  test.same(
    JSON.parse(linesOf(test, 'account-key')[0] ?? ''),
    exampleOf('documented', 'aes-message', 'account-key'),
    'the string holds the message above it',
  );
  const [key, encodedKey] = linesOf(test, 'symmetric-key');
  test.equal(key, JSON.stringify(exampleOf('deployed', 'jwk-symmetric', 'account')));
  test.equal(encodedKey, encodeURIComponent(key ?? ''));
  test.equal(bytes(encodedKey), 190);
  test.end();
});
