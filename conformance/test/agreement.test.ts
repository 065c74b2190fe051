/** What counts as agreement, and how many engines it takes. */
import t from 'tap';
import {
  agreementOf,
  corpus,
  nameOf,
  type Agreement,
  type Item,
  type Verdict,
} from '../agreement/agreement.ts';
import { thinlyAgreed } from '../agreement/table.ts';
import type { Engine, Outcome } from '../../vectors/engines/engine.ts';

const items = corpus();

function one(step: string, result: string): Item {
  const found = items.find(({ vector }) => vector.step === step && vector.result === result);
  if (found === undefined) throw new Error(`no vector is ${step}, ${result}`);
  return found;
}

const engineOf = (outcome: Outcome): Engine => ({
  name: 'an engine',
  about: 'for a test',
  outcome: () => Promise.resolve(outcome),
});

const agreements = (item: Item, ...verdicts: readonly Verdict[]): Agreement[] =>
  verdicts.map((verdict, index) => ({
    name: String(index),
    about: '',
    verdicts: new Map([[nameOf(item), verdict]]),
    faults: [],
    stale: [],
  }));

t.test('a refusal agrees with an invalid login, a departure and an acceptance do not', async (test) => {
  const item = one('log-in', 'invalid');
  const judged = async (outcome: Outcome) => await agreementOf(engineOf(outcome), [item]);
  test.match(await judged({ refusal: 'no' }), { faults: [], verdicts: new Map([[nameOf(item), 'agrees']]) });
  for (const outcome of [{ departure: 'goes on' }, { values: { 'session.id': '00' } }]) {
    const { faults, verdicts } = await judged(outcome);
    test.equal(faults.length, 1);
    test.equal(verdicts.get(nameOf(item)), 'deviates');
  }
  test.match((await judged({ departure: 'goes on' })).faults, [/goes on$/]);
});

for (const [step, result] of [
  ['derive', 'invalid'],
  ['log-in', 'invalid'],
  ['accept-B', 'valid'],
  ['open-document', 'invalid'],
] as const)
  t.test(`${step}, ${result}: it takes three engines`, (test) => {
    const item = one(step, result);
    test.same(thinlyAgreed([item], agreements(item, 'agrees', 'agrees', 'agrees')), []);
    const few = [
      ['agrees', 'agrees'],
      ['agrees', 'agrees', 'agrees in part'],
      ['agrees', 'agrees', 'deviates', 'silent'],
    ] as const;
    for (const verdicts of few)
      test.match(thinlyAgreed([item], agreements(item, ...verdicts)), [/: only 2 engines agree on it/]);
    test.end();
  });

for (const step of ['derive', 'log-in'])
  t.test(`${step}, valid: the evaluator is one of the three`, (test) => {
    const item = one(step, 'valid');
    test.same(thinlyAgreed([item], agreements(item, 'agrees', 'agrees')), []);
    test.equal(thinlyAgreed([item], agreements(item, 'agrees', 'agrees in part')).length, 1);
    test.end();
  });
