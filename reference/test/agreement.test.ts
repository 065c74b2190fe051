/** Evaluator, native and portable steps agree on normalisation, salts and password keys (chapter 4). */
import t from 'tap';
import fc from 'fast-check';
import { evaluate, loadGraph } from '../../spec/index.ts';
import { bytes32, email, illFormed, text } from './arbitraries.ts';
import { agree, derivedIn, passwordValues, PROFILES, providers, saltValues } from './engines.ts';
import { property, refused, same } from './property.ts';

const salts = { email, SLT_Auth_1: bytes32, SLT_Enc: bytes32 };

for (const profile of PROFILES) {
  const steps = providers(profile);

  await property(t, { name: `${profile}: salts`, runs: 200 }, fc.record(salts), (input) => {
    agree(
      profile,
      { ...input },
      steps.map((step) => saltValues(step, input)),
    );
  });

  await property(t, { name: `${profile}: normalised passphrase`, runs: 200 }, text, (passphrase) => {
    const found = steps.map((step) => ({ 'normalized.passphrase': step.passphrase(passphrase) }));
    agree(profile, { passphrase }, found);
  });

  const typed = fc.record({ ...salts, passphrase: text });
  await property(t, { name: `${profile}: password keys`, runs: 2 }, typed, async (input) => {
    const found = await Promise.all(steps.map((step) => passwordValues(step, input)));
    const values = agree(profile, { ...input }, found);
    same(Object.keys(values).sort(), derivedIn(profile, 4), 'what was compared');
  });

  await property(t, `${profile}: half of a surrogate pair is refused`, illFormed, async (half) => {
    for (const step of steps) {
      await refused(() => step.email(half), 'email', /surrogate/);
      await refused(() => step.passphrase(half), 'passphrase', /surrogate/);
    }
    await refused(() => evaluate(loadGraph(profile), { email: half }), 'email', /^email: .*surrogate/);
    await refused(() => evaluate(loadGraph(profile), { passphrase: half }), 'it', /^passphrase: .*surrogate/);
  });
}

/** Of 4.1: a raw text, what it is as an email, what it is as a passphrase. */
const TABLE = [
  ['\u00a0x\ufeff', 'x', 'x'],
  ['\u0085x', '\u0085x', '\u0085x'],
  ['\u0130', 'i\u0307', 'I\u0307'],
  ['\u0391\u03a3', '\u03b1\u03c2', '\u0391\u03a3'],
  ['\u212b', '\u00e5', 'A\u030a'],
  ['\ufb01', '\ufb01', 'fi'],
  ['\u00a8', '\u00a8', '\u0020\u0308'],
  ['\uac01', '\uac01', '\u1100\u1161\u11a8'],
  ['\u{10400}', '\u{10428}', '\u{10400}'],
  ['\u1e9e', '\u00df', '\u1e9e'],
  [' \u3000\t', '', ''],
] as const;

await t.test('normalisation of the texts that tell implementations apart', (t) => {
  for (const [raw, address, passphrase] of TABLE)
    for (const profile of PROFILES) {
      const { values } = evaluate(loadGraph(profile), { email: raw, passphrase: raw });
      t.equal(values.get('normalized.email'), address, `evaluator, email ${address}`);
      t.equal(values.get('normalized.passphrase'), passphrase, `evaluator, passphrase ${passphrase}`);
      for (const step of providers(profile)) {
        t.equal(step.email(raw), address, `${step.primitives.name}, email ${address}`);
        t.equal(step.passphrase(raw), passphrase, `${step.primitives.name}, passphrase ${passphrase}`);
      }
    }
  t.end();
});

/** What `String.prototype.trim` strips, written out (4.1). */
const SPACE = '[\\t-\\r \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff]';
const ENDS = new RegExp(`^${SPACE}+|${SPACE}+$`, 'gu');

await property(t, { name: 'trimming strips what 4.1 lists', runs: 500 }, text, (raw) => {
  for (const step of PROFILES.flatMap(providers)) {
    same(step.email(raw), raw.replaceAll(ENDS, '').toLowerCase(), 'email');
    same(step.passphrase(raw), raw.replaceAll(ENDS, '').normalize('NFKD'), 'passphrase');
  }
});
