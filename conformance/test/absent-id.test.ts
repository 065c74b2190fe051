/** Ids that nothing has: like the one of a group, and another one, whatever ids look like. */
import { randomBytes } from 'node:crypto';
import t from 'tap';
import { absentId, neighbourOf, wildcardFor } from '../server/fixtures/absent-id.ts';

const IDS = {
  hex: 'rg_9c7de17c6648b3cf01686c93bd72119c',
  'upper-case hex': '9C7DE17C6648B3CF01686C93BD72119C',
  'a UUID': '0b6f3a58-2f0e-4c59-9f0a-57d3c1e0b6aa',
  base64url: 'rg_Zk9-x_Qw7LmPqRsTuVwXyZ',
  'base64url in letters of no hex digit': 'rg_ghijklmnopqrstuvwxyz',
  'nothing that can be drawn again': 'rg_------------________',
  'a number': '7',
  'not ASCII': 'gruppe-ä-ö-ü-ß-é-è-ê-ë-ñ',
};

for (const [what, id] of Object.entries(IDS))
  t.test(what, (test) => {
    const made = Array.from({ length: 2000 }, () => absentId(id));
    test.notOk(made.includes(id), 'it is another one');
    if (what !== 'nothing that can be drawn again' && id.length >= 16)
      test.ok(
        made.every(({ length }) => length === id.length || length === id.length + 10),
        'it is as long, or ten digits longer where chance made the same',
      );
    test.ok(made.every((one) => one.startsWith(id.slice(0, -12))));
    test.end();
  });

for (const [what, id] of Object.entries({ ...IDS, 'a digit and a character': '1_', nothing: '' }))
  t.test(`near ${what}`, (test) => {
    for (const other of [neighbourOf(id), wildcardFor(id)]) {
      test.not(other, id);
      test.equal(other.length, Math.max(id.length, 1));
    }
    test.equal(neighbourOf(id).slice(0, -1), id.slice(0, -1), 'nothing but its last character is another');
    if (/^[0-9a-f]+$/.test(id)) test.match(neighbourOf(id), /^[0-9a-f]+$/, 'hex stays hex');
    test.match(wildcardFor(id), /[_x].?$/);
    test.end();
  });

t.test('no id of bytes in base64url is read as the same bytes', (test) => {
  for (let i = 0; i < 500; i++) {
    const bytes = randomBytes(16 + (i % 3));
    const id = bytes.toString('base64url');
    for (const other of [neighbourOf(id), wildcardFor(id)])
      test.notOk(bytes.equals(Buffer.from(other, 'base64url')), other);
  }
  test.end();
});
