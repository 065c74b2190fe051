/** The vectors tell every mistake that is known, named or made by rule, but for those that change nothing. */
import t from 'tap';
import { loadGraph, type Expression, type ProfileName } from '../../spec/index.ts';
import type { Mistake } from '../../spec/mutate.ts';
import { judge } from '../adequacy/adequacy.ts';
import { equivalences } from '../adequacy/equivalent.ts';
import { contradicted, equivalent, nameOf, summary, survived } from '../adequacy/report.ts';

const PROFILES: readonly ProfileName[] = ['documented', 'deployed'];

const mistake = (nodes: Readonly<Record<string, Expression>>): Mistake => ({
  ...{ id: 'made-up', kind: 'named', title: '', hint: '', section: '', requirement: '', seen: [] },
  nodes: new Map(Object.entries(nodes)),
});

t.test('whoever makes no mistake is told by no vector', (test) => {
  for (const profile of PROFILES) {
    const computed = [...loadGraph(profile).nodes.values()].filter(({ value }) => value !== undefined);
    const right = computed.map(({ name, value = '' }) => mistake({ [name]: value }));
    const told = judge(profile, right).filter(({ caught }) => caught !== undefined);
    test.same(
      told.map(({ caught }) => caught),
      [],
      profile,
    );
  }
  test.end();
});

t.test('a mistake is told by a value that comes out differently, or does not come out', (test) => {
  const told = (...mistakes: Mistake[]) =>
    judge('documented', mistakes).map(({ caught }) => caught && `${caught.node} ${caught.how}`);
  const salt = { op: 'bytes', hex: '00' };
  test.same(
    told(
      mistake({ 'srp.K': { op: 'hash', hash: 'sha-256', of: 'srp.M1' } }),
      mistake({ 'encContent.sealed': { op: 'aes-256-gcm', key: salt, iv: salt, plaintext: salt, ad: salt } }),
      // Both are right.
      mistake({
        'srp.H_I': { op: 'hash', hash: 'sha-256', of: 'srp.I' },
        'srp.K': { op: 'hash', hash: 'sha-256', of: 'srp.S' },
      }),
    ),
    ['srp.K differs', 'encContent.sealed fails', undefined],
  );
  test.end();
});

t.test('every mistake is told by a vector, or yields the right values for a reason', (test) => {
  const verdicts = PROFILES.flatMap((profile) => judge(profile));
  test.same(survived(verdicts).map(nameOf), [], 'survivors');
  test.same(contradicted(verdicts).map(nameOf), [], 'equivalent, and told all the same');
  const share = equivalent(verdicts).length / verdicts.length;
  test.ok(share < 0.02, `${(100 * share).toFixed(1)} % are equivalent`);
  const stale = equivalences.filter(
    ({ ids, profile }) =>
      !verdicts.some(({ mistake: { id }, ...of }) => (profile ?? of.profile) === of.profile && ids.test(id)),
  );
  test.same(
    stale.map(({ why }) => why),
    [],
    'reasons for mistakes that there are not',
  );
  test.comment(summary(verdicts));
  test.end();
});
