/** The ledger counts faults and edits apart, out of the matrix, and marks a MUST that nothing proves. */
import t from 'tap';
import { listedRequirements, type ListedRequirement } from '../catalogue.ts';
import { ledgerPage } from '../docs/ledger-page.ts';
import type { Removal } from '../kill-matrix/removal.ts';
import { matrixOf, type Row } from '../kill-matrix/row.ts';

const [any] = listedRequirements;
if (any === undefined) throw new Error('there are no requirements');
const must = (id: string, ...faults: string[]): ListedRequirement => ({
  ...{ ...any, id, level: 'MUST', role: 'client', faults, excluded: null },
  ...{ checks: ['client.a'], vectors: [] },
});
const row = (id: string, requirement: string, status: Row['status'] = 'killed'): Row => ({
  ...{ id, role: 'client', requirement, status, killedBy: [], caughtBy: [], says: null },
});

t.test('what is killed of what', (test) => {
  const matrix = matrixOf(
    [
      ...[row('client.one', 'SRP-01'), row('client.two', 'SRP-01', 'survived')],
      ...['x', 'y', 'z'].map((id) => row(`client.documented.${id}`, 'SRP-01')),
      row('client.deployed.x', 'SRP-02'),
      row('client.deployed.y', 'SRP-03', 'no fault'),
    ],
    [],
  );
  const requirements = [
    must('SRP-01', 'client.one', 'client.two'),
    ...[must('SRP-02'), must('SRP-03'), { ...must('SRP-04'), excluded: 'none can.' }],
    { ...must('SRP-05'), level: 'SHOULD' as const },
  ];
  const { text } = ledgerPage(requirements, [], matrix, [], {});
  const cells = (id: string): string[] =>
    (text.split('\n').find((line) => line.includes(`[${id}]`)) ?? '').split('|').map((cell) => cell.trim());
  test.same(cells('SRP-01').slice(6, 8), ['1 of 2', '3 of 3']);
  test.same(cells('SRP-02').slice(6, 8), ['', '1 of 1'], 'what edits alone break is not empty');
  test.same(cells('SRP-03').slice(6, 8), ['**none**', ''], 'what is no fault proves nothing');
  test.same(cells('SRP-04').slice(6, 8), ['', '']);
  test.same(cells('SRP-05').slice(6, 8), ['', '']);
  test.end();
});

t.test('what each check is needed for', (test) => {
  const removal = (id: string, faults: string[]): Removal => ({
    ...{ id, role: 'client', faults, requirements: [], ledger: [`${id}: there is no such check any more`] },
  });
  const removals = [removal('client.a', ['client.one']), removal('client.b', []), removal('client.c', [])];
  const { text } = ledgerPage([], [], matrixOf([], []), removals, {
    'client.b': 'It is for clients without groups.',
    'client.c': null,
  });
  test.match(text, /\| clients +\| 3 +\| 1 +\| 0 +\| 2 +\|/);
  test.match(text, /\| servers +\| 0 +\| 0 +\| 0 +\| 0 +\|/);
  test.match(text, /- It is for clients without groups\.: \[`?client\.b/);
  test.match(text, /No fault is known yet that only one of these finds: \[`?client\.c/);
  test.end();
});
