/** Diagnosis: every named mistake, pairs of them, the other profile, another value, and what it cannot say. */
import t, { type Test } from 'tap';
import {
  diagnose,
  diagnoseInBackground,
  namedMistakes,
  type Diagnosis,
  type Inputs,
  type Mistake,
  type ProfileName,
} from '../index.ts';
import { combined } from '../diagnose/search.ts';
import {
  cache,
  changed,
  derivationOf,
  hexOf,
  inputsOf,
  pick,
  PROFILES,
  showing,
  SLOW,
} from './mistaken-inputs.ts';

// Every mistake, twenty times, and a hundred pairs take as long as they take.
if (SLOW) t.setTimeout(0);

/** What goes over the wire: what one side sees of the other. */
const WIRE = [
  ...['SRP_Verifier', 'srp.A', 'srp.B', 'srp.M1', 'srp.M2', 'session.id'],
  ...['encSymmetricKey', 'encPrivateKey', 'encContent', 'SYM_Link'],
];

const ask = (profile: ProfileName, inputs: Inputs, observed: Readonly<Record<string, string>>): Diagnosis =>
  diagnose({ profile, inputs, observed, cache });
const find = (profile: ProfileName, id: string): Mistake => {
  const found = namedMistakes(profile).find((mistake) => mistake.id === id);
  if (found === undefined) throw new Error(`there is no ${id}`);
  return found;
};
const named = (profile: ProfileName): Mistake[] =>
  namedMistakes(profile).filter((mistake) => mistake.equivalent === undefined);

/** The mistake is among the explanations of everything, and only others of the same effect are before it. */
function names(
  t: Test,
  profile: ProfileName,
  mistake: Mistake,
  inputs: Inputs,
  observed: Record<string, string>,
): void {
  const { explanations, unexplained } = ask(profile, inputs, observed);
  const at = explanations.findIndex(
    ({ mistakes }) => mistakes.length === 1 && mistakes[0]?.id === mistake.id,
  );
  const message = `${profile}, ${mistake.id}: ${Object.keys(observed).slice(0, 3).join(', ')}`;
  t.not(at, -1, message);
  const worse = explanations
    .slice(0, at)
    .some(({ explains }) => explains.length < Object.keys(observed).length);
  t.equal(worse, false, `${message}: before it`);
  t.same(unexplained, [], `${message}: explained`);
}

for (const profile of PROFILES)
  t.test(`${profile}: named mistakes`, (t) => {
    for (let run = 0; run < (SLOW ? 20 : 1); run++)
      for (const [i, mistake] of named(profile).entries()) {
        if (!SLOW && (i + PROFILES.indexOf(profile)) % 24 !== 0) continue;
        const inputs = showing(profile, mistake, `named ${run}`);
        const all = changed(profile, inputs, [mistake]);
        names(t, profile, mistake, inputs, all);
        // The last value alone takes longest to explain: once for each mistake.
        const last = WIRE.findLast((name) => all[name] !== undefined);
        if (last !== undefined && run === 0) names(t, profile, mistake, inputs, { [last]: all[last] ?? '' });
      }
    t.end();
  });

for (const profile of PROFILES)
  t.test(`${profile}: pairs of mistakes, from all derived values and from those on the wire`, (t) => {
    const inputs = inputsOf('pairs');
    const visible = named(profile).filter(
      (mistake) => mistake.zero === undefined && Object.keys(changed(profile, inputs, [mistake])).length > 0,
    );
    const results = { all: 0, wire: 0, runs: 0 };
    for (let i = 0; results.runs < (SLOW ? 100 : 2); i++) {
      const pair = [pick(visible, `one ${i}`), pick(visible, `other ${i}`)];
      const observed = observedOf(profile, inputs, pair);
      if (observed === undefined) continue;
      results.runs += 1;
      const onWire = Object.fromEntries(Object.entries(observed).filter(([name]) => WIRE.includes(name)));
      if (explainsAll(ask(profile, inputs, observed), observed)) results.all += 1;
      if (explainsAll(ask(profile, inputs, onWire), onWire)) results.wire += 1;
    }
    t.comment(`of ${results.runs} pairs: ${results.all} from all values, ${results.wire} from the wire`);
    const least = SLOW ? 0.9 : 0.6;
    t.ok(results.all >= least * results.runs, `${results.all} from all values`);
    t.ok(results.wire >= (least - 0.1) * results.runs, `${results.wire} from the wire`);
    t.end();
  });

/** What two mistakes yield; undefined for two that cannot be made at once, or of which one hides the other. */
function observedOf(
  profile: ProfileName,
  inputs: Inputs,
  pair: readonly Mistake[],
): Record<string, string> | undefined {
  const both = pair[0] === pair[1] ? undefined : combined(profile, pair);
  if (both === undefined) return undefined;
  const observed = changed(profile, inputs, both);
  const hidden = pair.some(
    (one) => JSON.stringify(changed(profile, inputs, [one])) === JSON.stringify(observed),
  );
  return hidden ? undefined : observed;
}

function explainsAll({ explanations }: Diagnosis, observed: Readonly<Record<string, string>>): boolean {
  return explanations.some(({ explains }) => explains.length === Object.keys(observed).length);
}

const inputs = inputsOf('one');
const right = (profile: ProfileName, name: string): string =>
  hexOf(derivationOf(profile, inputs).value(name)) ?? '';

t.test('what is right', (t) => {
  const { explanations, correct } = ask('documented', inputs, { 'srp.x': right('documented', 'srp.x') });
  t.match(explanations, [{ kind: 'correct', sentence: 'Your srp.x is right.' }]);
  t.same(correct, ['srp.x']);
  t.end();
});

t.test('the other profile', (t) => {
  const observed = { SRP_Verifier: right('deployed', 'SRP_Verifier'), 'srp.M1': right('deployed', 'srp.M1') };
  const [first] = ask('documented', inputs, observed).explanations;
  t.equal(first?.kind, 'other-profile');
  t.match(
    first?.sentence,
    /^Your SRP_Verifier and srp.M1 are the right values of the profile deployed \(§11.1\)/,
  );
  t.end();
});

t.test('another value of the same run', (t) => {
  const [first] = ask('deployed', inputs, { 'srp.K': right('deployed', 'srp.M1') }).explanations;
  t.equal(first?.kind, 'other-value');
  t.match(first?.sentence, /you have srp.M1 where srp.K belongs \(§5.5\)/);
  t.end();
});

t.test('the sentence of a mistake', (t) => {
  const observed = changed('documented', inputs, [find('documented', 'hkdf-salt-hex-text')]);
  const { explanations, correct } = ask('documented', inputs, {
    SRP_Verifier: observed['SRP_Verifier'] ?? '',
    'srp.A': right('documented', 'srp.A'),
  });
  t.match(
    explanations[0]?.sentence,
    /^Your SRP_Verifier is the value one gets with the hex text of the salt as HKDF salt \(§4.2\)\. The HKDF salt is the 32 bytes/,
  );
  t.match(explanations[0], { kind: 'mistake', section: '4.2', explains: ['SRP_Verifier'] });
  t.same(correct, ['srp.A']);
  t.end();
});

t.test('several values: the first wrong one is named, and a mistake that explains all of them', (t) => {
  const observed = changed('documented', inputs, [find('documented', 'pbkdf2-1000-iterations')]);
  const [first] = ask('documented', inputs, observed).explanations;
  t.equal(first?.explains[0], 'SEC_PWD_Auth');
  t.same(first?.explains, Object.keys(observed));
  t.end();
});

t.test('what would spoil a value that is right was not made, where anything else explains it', (t) => {
  const named = (observed: Record<string, string>): string[] =>
    ask('documented', inputs, observed).explanations.flatMap(({ mistakes }) => mistakes.map(({ id }) => id));
  const wrong = (id: string): Record<string, string> =>
    changed('documented', inputs, [find('documented', id)]);
  const { SEC_PWD_Enc = '' } = wrong('tmp-2-from-auth-1');
  t.ok(named({ SEC_PWD_Enc }).includes('password-keys-swapped'), 'it may be either of several');
  const withVerifier = named({ SEC_PWD_Enc, SRP_Verifier: right('documented', 'SRP_Verifier') });
  t.ok(withVerifier.includes('tmp-2-from-auth-1'));
  t.notOk(withVerifier.includes('password-keys-swapped'), 'with which the verifier is another');
  t.end();
});

t.test('hex of odd length and in upper case is read', (t) => {
  const found = showing('deployed', find('deployed', 'A-strip-zeros'), 'odd');
  const A = hexOf(derivationOf('deployed', found).value('srp.A')) ?? '';
  const { explanations } = ask('deployed', found, { 'srp.A': A.replace(/^0+/, '').toUpperCase() });
  t.ok(explanations.some(({ mistakes }) => mistakes[0]?.id === 'A-strip-zeros'));
  t.end();
});

t.test('a value that stands in for another: what one sees who does not know a', (t) => {
  for (const profile of PROFILES) {
    const { a: _, ...known } = inputs;
    const seen = { ...known, 'srp.A': right(profile, 'srp.A'), 'srp.B': right(profile, 'srp.B') };
    const observed = changed(profile, inputs, [find(profile, 'u-32-bits')]);
    const standIns = { 'srp.S': 'srp.S_server' };
    const [first] = diagnose({
      profile,
      inputs: seen,
      standIns,
      observed: { 'srp.M1': observed['srp.M1'] ?? '' },
      cache,
    }).explanations;
    t.match(first?.mistakes[0]?.id, 'u-32-bits', profile);
    // Edits that make S_server depend on S lead in a circle; they explain nothing, and end.
    const nothing = diagnose({
      profile,
      inputs: seen,
      standIns,
      observed: { 'srp.M2': '5a'.repeat(32) },
      pairs: false,
      cache,
    });
    t.same(nothing.explanations, [], profile);
  }
  t.end();
});

t.test('a value of which only an effect is known', (t) => {
  const key = changed('deployed', inputs, [find('deployed', 'pbkdf2-1000-iterations')])['SEC_PWD_Enc'];
  const observed = { SEC_PWD_Enc: (value: Uint8Array) => Buffer.from(value).toString('hex') === key };
  const [first] = diagnose({ profile: 'deployed', inputs, observed, cache }).explanations;
  t.equal(first?.mistakes[0]?.id, 'pbkdf2-1000-iterations');
  t.end();
});

t.test('in the background: the same, and PBKDF2 runs ahead of the search', async (t) => {
  const observed = changed('documented', inputs, [find('documented', 'passphrase-nfc')]);
  const question = {
    profile: 'documented',
    inputs,
    observed: { SRP_Verifier: observed['SRP_Verifier'] ?? '' },
  } as const;
  const progress: number[] = [];
  const inBackground = diagnoseInBackground({ ...question, cache }, (tried) => progress.push(tried));
  t.same(await inBackground, diagnose({ ...question, cache }));
  t.ok(progress.length > 5, 'it pauses');
  t.same(
    progress,
    progress.toSorted((one, other) => one - other),
  );
  const kept = new Map<string, Uint8Array>();
  const known = { SEC_PWD_Auth: '5a'.repeat(32) };
  const real = { profile: 'documented', inputs, observed: known, pairs: false, cache: kept } as const;
  const { unexplained, tried } = await diagnoseInBackground(real);
  t.same(unexplained, ['SEC_PWD_Auth']);
  const runs = kept.size;
  t.ok(runs > 60, `${runs} runs for ${tried} mistakes`);
  t.same(await diagnoseInBackground(real), diagnose(real), 'whether or not the results are there already');
  t.equal(kept.size, runs, 'no run more');
  await t.rejects(diagnoseInBackground({ ...real, observed: { 'srp.Q': '00' } }), {
    message: /is not a value of the protocol/,
  });
});

t.test('two mistakes above PBKDF2: the first ones are tried, all of them on request', (t) => {
  const explained = (one: string, other: string, thorough: boolean): Diagnosis => {
    const pair = [find('documented', one), find('documented', other)];
    const { SEC_PWD_Auth = '' } = changed('documented', inputs, combined('documented', pair) ?? []);
    return diagnose({ profile: 'documented', inputs, observed: { SEC_PWD_Auth }, thorough, cache });
  };
  const cheap = explained('hkdf-info-email', 'pbkdf2-1000-iterations', false);
  t.same(cheap.unexplained, [], 'few iterations make a run cheap');
  const dear = explained('passphrase-newline', 'hkdf-counter-from-0', false);
  t.same([dear.explanations, dear.unexplained], [[], ['SEC_PWD_Auth']]);
  t.ok(dear.untried > 1000, `${dear.untried} were not tried`);
  const all = explained('passphrase-newline', 'hkdf-counter-from-0', true);
  const ids = all.explanations.map(({ mistakes }) => mistakes.map(({ id }) => id).toSorted());
  t.match(ids[0], ['hkdf-counter-from-0', 'passphrase-newline']);
  t.end();
});

t.test('what cannot be said', (t) => {
  const { SLT_Auth_1: _, ...partial } = inputs;
  const unknown = ask('documented', partial, { SLT_TMP_1: '00'.repeat(32) });
  t.match(unknown, { explanations: [], unknown: ['SLT_TMP_1'], unexplained: [] });
  const nothing = diagnose({
    profile: 'documented',
    inputs,
    observed: { 'srp.u': 'ff'.repeat(32) },
    pairs: false,
    cache,
  });
  t.match(nothing, { explanations: [], unexplained: ['srp.u'] });
  t.ok(nothing.tried > 40, `${nothing.tried} were tried`);
  t.end();
});

t.test('what is refused', (t) => {
  const refused: readonly (readonly [inputs: Inputs, observed: Record<string, string>, message: RegExp])[] = [
    [inputs, { 'srp.Q': '00' }, /srp.Q: is not a value of the protocol/],
    [inputs, { 'srp.x': 'xy' }, /srp.x: must be hex/],
    [{ SLT_Enc: '00' }, { 'srp.x': '00' }, /SLT_Enc: is 1 bytes long, expected 32/],
    [{ salt: '00' }, { 'srp.x': '00' }, /salt: is not a value/],
  ];
  for (const [given, observed, message] of refused)
    t.throws(() => ask('documented', given, observed), { name: 'EvaluationError', message });
  t.end();
});
