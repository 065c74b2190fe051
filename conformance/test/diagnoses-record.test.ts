/** What counts as named, and the record of the diagnosis score: it is of the mistakes that there are, and enough of them are named. */
import t from 'tap';
import {
  diagnosesText,
  isOtherwise,
  lacking,
  missing,
  namedOf,
  presentIds,
  readDiagnoses,
  rowsIn,
  withRows,
} from '../kill-matrix/diagnoses.ts';
import { editsOf } from '../kill-matrix/edits.ts';
import { formatShare, isEnough, shareOf } from '../kill-matrix/share.ts';
import { rowOf, type Telling, type TellingRow } from '../kill-matrix/telling.ts';
import type { CheckResult } from '../verdict.ts';

const STALE = 'npm run diagnosis-score -- --write, and npm run generate';

t.test(
  'the record is of the mistakes of today, and names enough of them in each role and profile',
  (test) => {
    const record = readDiagnoses();
    test.same(missing(record, presentIds()), [], STALE);
    test.same(lacking(record), []);
    test.equal(
      diagnosesText(record),
      diagnosesText(withRows(record, [], presentIds())),
      'it is as it is written',
    );
    test.same(new Set(rowsIn(diagnosesText(record))), new Set(record), 'nothing is lost in between');
    test.end();
  },
);

const row = (id: string, telling: Telling = 'named', says: string | null = 'a line'): TellingRow => ({
  ...{ id, telling, says, but: null },
});

t.test('mistakes that came or went', (test) => {
  const record = [row('client.documented.old'), row('server.deployed.kept', 'failed')];
  test.same(missing(record, ['server.deployed.kept', 'server.deployed.new']), [
    'server.deployed.new is not recorded',
    'client.documented.old is recorded, and there is no such mistake',
  ]);
  const present = ['server.deployed.kept', 'server.deployed.new'];
  test.same(withRows(record, [row('server.deployed.new')], present), [
    row('server.deployed.kept', 'failed'),
    row('server.deployed.new'),
  ]);
  test.end();
});

t.test('what is told otherwise than it is recorded is stale, as far as it is no chance', (test) => {
  const isOther = (seen: TellingRow, isChance: boolean): boolean =>
    isOtherwise(row('client.a'), seen, () => isChance);
  for (const isChance of [false, true])
    test.equal(isOther(row('client.a'), isChance), false, 'it is the same');
  test.equal(isOther(row('client.a', 'named', 'another line'), false), true);
  test.equal(isOther(row('client.a', 'named', 'another line'), true), false);
  test.equal(isOther(row('client.a', 'among others'), false), true);
  test.equal(isOther(row('client.a', 'among others'), true), false, 'in another login it is named again');
  test.equal(isOther(row('client.a', 'misnamed'), true), true, 'but nobody is told of another by chance');
  test.end();
});

t.test('what several are told is written once, and what is not named first', (test) => {
  const text = diagnosesText([row('client.a'), row('client.b', 'failed', 'other'), row('client.c')]);
  test.equal(text.split('\n').length, 5);
  test.same(
    rowsIn(text).map(({ id }) => id),
    ['client.b', 'client.a', 'client.c'],
  );
  test.end();
});

t.test('a mistake is named where every client and server that makes it is told so', (test) => {
  const record = [
    ...['client.documented.one', 'server.documented.one', 'client.documented.two'].map((id) => row(id)),
    row('client.deployed.two', 'among others'),
    row('server.deployed.three', 'unnoticed'),
    ...['client.deployed.one', 'client.deployed.four'].map((id) => row(id, 'no fault')),
  ];
  test.same(namedOf(record), [1, 3]);
  test.end();
});

t.test('of each role and profile enough must be named, and of none nothing is', (test) => {
  const ids = presentIds();
  const all = ids.map((id) => row(id));
  test.same(lacking(all), []);
  const isSpoiled = (id: string): boolean => id.startsWith('server.deployed.');
  const spoiled = all.map((one, i) => (isSpoiled(one.id) && i % 10 === 0 ? row(one.id, 'misnamed') : one));
  const [what, ...more] = lacking(spoiled);
  test.match(what, /^servers, deployed: only \d+ of \d+ \(\d\d\.?\d? %\) are recorded as named$/);
  test.same(more, [], 'the others are enough');
  test.ok(isEnough(shareOf(spoiled.map(({ telling }) => telling))), 'and so are all together');
  test.equal(isEnough(shareOf([])), false);
  test.equal(isEnough(shareOf(['no fault', 'cannot be built'])), false, 'none of these counts');
  test.equal(formatShare(shareOf(['named', 'failed', 'no fault'])), '1 of 2 (50 %)');
  test.end();
});

/** A client whose mistake is that, and failures that name these. */
function told(id: string, ...failures: readonly (readonly string[] | null)[]): TellingRow {
  const edit = editsOf('client', 'documented', 'named').find(({ mistake }) => mistake.id === id);
  if (edit === undefined) throw new Error(`there is no mistake ${id}`);
  const results = failures.map((mistakes, i): CheckResult => {
    const diagnosis = mistakes === null ? null : `Your value is that of ${mistakes.join(' and ')}.`;
    return {
      ...{
        id: `client.check-${i}`,
        title: 'It holds.',
        requirements: ['SRP-10'],
        level: 'MUST',
        role: 'client',
      },
      ...{ profile: 'documented', verdict: 'fail', reason: 'it does not', sent: null, expected: null },
      ...{ actual: null, diagnosis, mistakes: mistakes ?? [], replay: '' },
    };
  });
  return rowOf(edit, results);
}

t.test('the first diagnosis names it and nothing else, and no other names another', (test) => {
  const hashed = 'pbkdf2-password-hashed';
  const tellingOf = (...failures: Parameters<typeof told>[1][]): Telling => told(hashed, ...failures).telling;
  test.equal(tellingOf([hashed]), 'named');
  test.equal(tellingOf(null, [hashed]), 'named', 'a line without a diagnosis names nothing');
  test.equal(tellingOf([`${hashed}-hex`]), 'misnamed', 'a name that the other one begins with is not named');
  test.equal(tellingOf([`${hashed}-hex`], [hashed]), 'misnamed', 'the first is what is read first');
  test.equal(tellingOf([hashed], ['x-no-colon']), 'misnamed', 'nor may a later one mislead');
  test.equal(tellingOf([hashed, 'x-no-colon']), 'among others');
  test.equal(tellingOf([hashed], [hashed, 'x-no-colon']), 'among others');
  test.equal(tellingOf([]), 'misnamed', 'the other profile is no mistake');
  test.equal(tellingOf([hashed], []), 'named', 'and misleads nobody');
  test.equal(tellingOf(null), 'failed');
  test.equal(tellingOf(), 'unnoticed');
  test.equal(
    told('password-keys-swapped', ['salts-auth-1-enc-swapped']).telling,
    'named',
    'it is the same to a judge',
  );
  test.end();
});

t.test('what is recorded is the first line with a diagnosis, and the one that misleads', (test) => {
  const { says, but } = told('x-no-colon', null, ['x-no-colon'], ['x-sha-1']);
  test.equal(says, 'client.check-1: it does not. Your value is that of x-no-colon.');
  test.equal(but, 'client.check-2: it does not. Your value is that of x-sha-1.');
  test.equal(told('x-no-colon', null).says, 'client.check-0: it does not');
  test.equal(told('x-no-colon').says, null);
  test.end();
});
