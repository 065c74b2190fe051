/** The record of the diagnosis score is of the mistakes that there are, and counts one as named where every failure of it is. */
import t from 'tap';
import {
  diagnosesText,
  missing,
  namedOf,
  presentIds,
  readDiagnoses,
  withRows,
  type Diagnoses,
} from '../kill-matrix/diagnoses.ts';

const NONE: Diagnoses = { unnoticed: [], failed: [], 'cannot be built': [], 'no fault': [], named: [] };

t.test('it is of the mistakes of today', (test) => {
  const record = readDiagnoses();
  test.same(missing(record, presentIds()), [], 'npm run diagnosis-score -- --write, and npm run generate');
  test.equal(
    diagnosesText(record),
    diagnosesText(withRows(record, [], presentIds())),
    'it is as it is written',
  );
  test.end();
});

t.test('mistakes that came or went', (test) => {
  const record = { ...NONE, named: ['client.documented.old'], failed: ['server.deployed.kept'] };
  test.same(missing(record, ['server.deployed.kept', 'server.deployed.new']), [
    'server.deployed.new is not recorded',
    'client.documented.old is recorded, and there is no such mistake',
  ]);
  test.same(
    withRows(
      record,
      [{ id: 'server.deployed.new', telling: 'named' }],
      ['server.deployed.kept', 'server.deployed.new'],
    ),
    { ...record, named: ['server.deployed.new'] },
  );
  test.end();
});

t.test('a mistake is named where every client and server that makes it is told so', (test) => {
  const record = {
    ...NONE,
    named: ['client.documented.one', 'server.documented.one', 'client.documented.two'],
    failed: ['client.deployed.two'],
    unnoticed: ['server.deployed.three'],
    'no fault': ['client.deployed.one', 'client.deployed.four'],
  };
  test.same(namedOf(record), [1, 3]);
  test.end();
});
