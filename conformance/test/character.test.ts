/** Characters are drawn as `binary` of fast-check draws them, the same ones for a seed. */
import fc from 'fast-check';
import t from 'tap';
import { character } from '../requests/character.ts';

t.test('a seed leads to the same texts', (t) => {
  const draw = (unit: fc.Arbitrary<string> | 'binary') =>
    fc.sample(fc.string({ unit, maxLength: 20 }), { seed: 7, numRuns: 500 });
  t.same(draw(character), draw('binary'));
  t.end();
});

t.test('each is one code point, and no half of a pair', (t) => {
  for (const one of fc.sample(character, { seed: 1, numRuns: 2000 })) {
    t.ok(/^.$/su.test(one) && one.isWellFormed());
    t.ok(character.canShrinkWithoutContext(one));
  }
  for (const none of ['', 'ab', '\ud800', 7]) t.notOk(character.canShrinkWithoutContext(none));
  t.end();
});
