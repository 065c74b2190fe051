/** Right requests stay right however they are written: they say the same, and are no longer than a receiver has to take. */
import t from 'tap';
import { UNUSUAL, written, writtenWithin } from '../requests/writing.ts';

const value = { d: 'a7'.repeat(50_000), email: 'zoë@example.com' };
const LIMIT = 1_048_576;

t.test('what fits is written as it was to be', (test) => {
  const text = writtenWithin(LIMIT, value, UNUSUAL);
  test.equal(text, written(value, UNUSUAL));
  test.match(text, '\\u0061');
  test.same(JSON.parse(text), value);
  test.end();
});

t.test('what escapes make too long has none', (test) => {
  const longer = { ...value, old: value.d };
  test.ok(Buffer.byteLength(written(longer, UNUSUAL)) > LIMIT);
  const text = writtenWithin(LIMIT, longer, UNUSUAL);
  test.ok(Buffer.byteLength(text) <= LIMIT);
  test.notMatch(text, '\\u');
  test.same(JSON.parse(text), longer);
  test.end();
});
