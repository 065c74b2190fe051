/** The evaluator: the constants of the two profiles, what it leaves out, what it takes as given, what it refuses. */
import { createHash, generateKeyPairSync } from 'node:crypto';
import t, { type Test } from 'tap';
import {
  evaluate,
  loadGraph,
  type Expression,
  type Given,
  type Pbkdf2Cache,
  type ProfileName,
  type Value,
} from '../index.ts';
import { operands, references } from '../operators.ts';

const PROFILES: readonly ProfileName[] = ['documented', 'deployed'];
const cache: Pbkdf2Cache = new Map();
const hex = (value: Value | undefined) => Buffer.from(value as Uint8Array).toString('hex');
const filled = (length: number, byte: number) => new Uint8Array(length).fill(byte);

const keys = (modulusLength: number) => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength });
  return [publicKey, privateKey].map((key) => ({ json: key.export({ format: 'jwk' }) }));
};
const [PUB_Account, PRV_Account] = keys(2048) as [Value, Value];

/** A value for every input. */
const ALL: Given = {
  email: ' Jane@Example.com',
  passphrase: 'correct horse battery staple',
  SLT_Auth_1: filled(32, 1),
  SLT_Auth_2: filled(32, 2),
  SLT_Enc: filled(32, 3),
  a: filled(32, 4),
  b: filled(32, 5),
  SYM_Account: filled(32, 6),
  PUB_Account,
  PRV_Account,
  SYM_ResourceGroup: filled(32, 7),
  M_Resource: { json: { name: 'Träffpunkt' } },
  'encSymmetricKey.iv': filled(12, 8),
  'encPrivateKey.iv': filled(12, 9),
  'encContent.iv': filled(12, 10),
  'SYM_Link.seed': filled(32, 11),
};

const run = (profile: ProfileName, given: Given) => evaluate(loadGraph(profile), given, cache);
const without = (names: readonly string[]): Given =>
  Object.fromEntries(Object.entries(ALL).filter(([name]) => !names.includes(name)));
const derived = (profile: ProfileName) =>
  [...loadGraph(profile).nodes.values()].filter(({ value }) => value !== undefined);

t.test('the constants of the profiles', (t) => {
  const k = (profile: ProfileName) => hex(run(profile, {}).values.get('srp.k'));
  t.equal(k('documented'), '4cba3fb2923e01fb263ddbbb185a01c131c638f2561942e437727e02ca3c266d');
  t.equal(k('deployed'), '05b9e8ef059c6b32ea59fc1d322d37f04aa30bae5aa9003b8321e21ddb04e300');
  const xor = hex(run('documented', {}).values.get('srp.H_N_xor_H_g'));
  t.equal(xor, '4a76a9a2402bdd18123389b72ebbda50a30f65aedb90d7273130edea4b29cc4c');
  t.end();
});

t.test('a wrapped symmetric key is 32 bytes in documented and 190 in deployed, whatever the key', (t) => {
  for (let i = 0; i < 200; i++) {
    const key = Uint8Array.from(createHash('sha256').update(String(i)).digest());
    const length = (profile: ProfileName, node: string, input: string) =>
      (run(profile, { [input]: key }).values.get(node) as Uint8Array).length;
    const lengths = PROFILES.flatMap((profile) => [
      length(profile, 'SYM_Link.plaintext', 'SYM_ResourceGroup'),
      length(profile, 'encSymmetricKey.plaintext', 'SYM_Account'),
    ]);
    if (String(lengths) !== '32,32,190,190') t.same(lengths, [32, 32, 190, 190], hex(key));
  }
  t.pass('200 keys');
  t.end();
});

/** The nodes that can be computed without those named. */
function reachable(profile: ProfileName, absent: readonly string[]): string[] {
  const missing = new Set(absent);
  for (const { name, value } of loadGraph(profile).nodes.values())
    if (value !== undefined && references(value).some((used) => missing.has(used))) missing.add(name);
  return [...loadGraph(profile).nodes.keys()].filter((name) => !missing.has(name));
}

for (const profile of PROFILES) {
  t.test(`${profile}: an absent input is left out with everything that depends on it`, (t) => {
    const found = (given: Given) => [...run(profile, given).values.keys()];
    t.same(found(ALL), [...loadGraph(profile).nodes.keys()], 'every input gives every value');
    for (const name of Object.keys(ALL)) t.same(found(without([name])), reachable(profile, [name]), name);
    t.same(found({}), profile === 'documented' ? ['srp.k', 'srp.H_N_xor_H_g'] : ['srp.k'], 'no input');
    t.end();
  });

  t.test(`${profile}: a given value takes the place of its computation`, (t) => {
    const { values } = run(profile, ALL);
    for (const { name } of derived(profile)) {
      const value = values.get(name) ?? '';
      const { values: again, steps } = run(profile, { ...ALL, [name]: value });
      t.same(again, values, `${name} changes nothing when it is the same`);
      t.notOk(
        steps.some(({ path }) => path === name || path.startsWith(`${name}/`)),
        `${name} is not computed`,
      );
    }
    const other = run(profile, { ...ALL, 'srp.K': filled(32, 0) }).values;
    t.not(hex(other.get('srp.M2')), hex(values.get('srp.M2')), 'another K changes M2');
    t.equal(hex(other.get('srp.S')), hex(values.get('srp.S')), 'and not S');
    t.equal(hex(other.get('session.id')), hex(filled(32, 0)), 'and is the session id');
    t.end();
  });

  t.test(`${profile}: every intermediate is in the steps`, (t) => {
    const { values, steps } = run(profile, ALL);
    const found = new Map(steps.map((step) => [step.path, step]));
    t.equal(found.size, steps.length, 'no path twice');
    const calls = derived(profile).flatMap(({ name, value }) => callsOf(value ?? '', name));
    t.same([...found.values()].map(({ path, op }) => `${path} ${op}`).sort(), calls.sort());
    for (const { name, value } of derived(profile))
      if (typeof value === 'object') t.equal(found.get(name)?.value, values.get(name), name);
    t.end();
  });
}

/** The paths and operators of an expression and of those within it. */
function callsOf(expression: Expression, path: string): string[] {
  if (typeof expression === 'string') return [];
  return [
    `${path} ${expression.op}`,
    ...operands(expression).flatMap((of, i) => callsOf(of, `${path}/${i}`)),
  ];
}

/** Refused under the name of the node, beside a twin that is not. */
function refuses(t: Test, node: string, given: Given, message: RegExp, twin: Given): void {
  for (const profile of PROFILES) {
    const name = `${profile}, ${node}: ${message.source}`;
    t.throws(() => run(profile, given), { name: 'EvaluationError', node, message }, name);
    t.doesNotThrow(() => run(profile, twin), `${name}: the accepting twin`);
  }
}

t.test('bytes of a wrong length are refused', (t) => {
  for (const profile of PROFILES)
    for (const { name, length } of loadGraph(profile).nodes.values()) {
      if (length === undefined) continue;
      for (const wrong of [0, length - 1, length + 1])
        t.throws(
          () => run(profile, { [name]: filled(wrong, 1) }),
          { name: 'EvaluationError', node: name },
          `${name}, ${wrong} bytes`,
        );
      t.ok(run(profile, { [name]: filled(length, 1) }).values.has(name), `${name}, ${length} bytes`);
    }
  for (const name of ['a', 'b']) {
    refuses(t, name, { [name]: filled(31, 1) }, /31 bytes long, expected 32 to 256/, {
      [name]: filled(32, 1),
    });
    refuses(t, name, { [name]: filled(257, 1) }, /257 bytes long/, { [name]: filled(256, 1) });
  }
  t.end();
});

t.test('values of a wrong type, and names that nothing has, are refused', (t) => {
  refuses(t, 'email', { email: filled(1, 1) }, /is bytes, expected text/, { email: 'x' });
  refuses(t, 'email', { email: { json: 'x' } }, /is json, expected text/, { email: '' });
  refuses(t, 'SLT_Enc', { SLT_Enc: '03'.repeat(32) }, /is text, expected bytes/, { SLT_Enc: filled(32, 3) });
  refuses(t, 'a', { a: 5n }, /is integer, expected bytes/, { a: filled(32, 5) });
  refuses(t, 'M_Resource', { M_Resource: '{}' }, /is text, expected json/, { M_Resource: { json: '{}' } });
  refuses(t, 'SLT_Auth_3', { SLT_Auth_3: filled(32, 1) }, /is not a value/, { SLT_Auth_1: filled(32, 1) });
  refuses(t, 'toString', { toString: 'x' }, /is not a value/, {});
  t.end();
});

t.test('text that is not well-formed Unicode is refused', (t) => {
  for (const name of ['email', 'passphrase', 'normalized.email', 'normalized.passphrase', 'encContent'])
    for (const half of ['\ud800', 'x\udc00', '\udc00\ud800'])
      refuses(t, name, { [name]: half }, /surrogate/, { [name]: '\ud800\udc00' });
  t.end();
});

t.test('what RSA-OAEP cannot take is refused under the name of the link', (t) => {
  const given = { PUB_Account, 'SYM_Link.seed': filled(32, 1), SYM_ResourceGroup: filled(32, 2) };
  const plaintext = (length: number): Given => ({ ...given, 'SYM_Link.plaintext': filled(length, 1) });
  refuses(t, 'SYM_Link', plaintext(191), /191 bytes long, RSA-OAEP takes at most 190/, plaintext(190));
  refuses(t, 'SYM_Link', { ...given, PUB_Account: { json: {} } }, /key/i, given);
  const [small] = keys(1024) as [Value];
  refuses(t, 'SYM_Link', { ...plaintext(62), PUB_Account: small }, /128 bytes long/, plaintext(62));
  t.end();
});
