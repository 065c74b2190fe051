/** Implementations that do nothing pass no vector, and one that is almost right fails where it is wrong. */
import t from 'tap';
import { verifyCorpus, type FamilyResult } from '../vectors/corpus.ts';
import { referenceImplementation } from '../vectors/reference.ts';
import { vectorFiles } from '../vectors/files.ts';
import { verify, type Implementation, type Outcome } from '../vectors/verify.ts';

const NULL: Readonly<Record<string, Outcome>> = {
  'takes everything and computes nothing': { values: {} },
  'refuses everything': { refusal: 'no' },
  'refuses everything at one stage': { refusal: 'no', stage: 'decrypt' },
  'answers zero bytes': { values: { SYM_Account: '00'.repeat(32), 'srp.A': '00'.repeat(256) } },
};

const SOME = ['aes-gcm', 'jwk', 'srp', 'normalization', 'percent-encoding', 'share', 'wrong-answers'];
const wanted = (family: string): boolean => SOME.includes(family);

async function run(implementation: Implementation): Promise<FamilyResult[]> {
  const results: FamilyResult[] = [];
  for await (const result of verifyCorpus(implementation, { wanted })) results.push(result);
  return results;
}

for (const [name, outcome] of Object.entries(NULL))
  t.test(name, async (test) => {
    for (const { family, valid, invalid, faults } of await run(() => Promise.resolve(outcome)))
      test.equal(faults.length, valid + invalid, family);
  });

const reference = referenceImplementation();

t.test('one wrong byte, one missing check, one wrong stage: each is named', async (test) => {
  const almost: Implementation = async (profile, vector) => {
    const outcome = await reference(profile, vector);
    if (vector.id === 'deployed.B.N') return { values: {} };
    if (vector.id === 'documented.message.t.12') return { refusal: 'too short', stage: 'decrypt' };
    if (vector.id === 'documented.final-sigma') return { values: { 'normalized.email': '00' } };
    return outcome;
  };
  const faults = (await run(almost)).flatMap((result) => result.faults);
  test.same(Object.fromEntries(faults), {
    'deployed.B.N': 'was accepted (); SRP-19 wants it refused',
    'documented.message.t.12': 'was refused with stage decrypt (too short), expected schema',
    'documented.final-sigma': 'normalized.passphrase was not computed',
  });
});

t.test('who makes a known mistake is told which', async (test) => {
  const mistaken: Implementation = (_, { outputs }) => Promise.resolve({ values: outputs });
  for (const { profile, vectors } of vectorFiles().get('wrong-answers')?.groups ?? [])
    for (const vector of vectors.filter(({ mistake }) => mistake !== undefined)) {
      const [first = ''] = Object.keys(vector.outputs);
      test.equal(
        await verify(mistaken, profile, vector),
        `${first} is the value one gets with ${vector.comment} (${vector.mistake ?? ''})`,
      );
    }
});
