/** Mechanical mistakes: each has an id and a title of its own, can be computed, and shows, or says why it cannot. */
import t from 'tap';
import { mechanicalMistakes, namedMistakes, type Mistake, type ProfileName } from '../index.ts';
import { bothMistakes } from '../mutate.ts';
import { changed, derivationOf, hexOf, inputsOf, PROFILES, showing } from './mistaken-inputs.ts';

const ID = /^[A-Za-z0-9][A-Za-z0-9._/:-]*$/;

for (const profile of PROFILES)
  t.test(profile, (t) => {
    const all = mechanicalMistakes(profile);
    t.ok(all.length > 700, `${all.length} mistakes`);
    t.equal(new Set(all.map(({ id }) => id)).size, all.length, 'no id twice');
    t.same(
      all.filter(({ id }) => !ID.test(id)).map(({ id }) => id),
      [],
      'ids of the form of ids',
    );
    const equivalent = all.filter((mistake) => mistake.equivalent !== undefined);
    t.ok(equivalent.length < all.length / 50, `${equivalent.length} cannot show`);
    const derivation = derivationOf(profile, inputsOf('mechanical'));
    const uncomputed = all.filter((mistake) =>
      [...mistake.nodes.keys()].some((name) => derivation.value(name, [mistake]) === undefined),
    );
    t.same(
      uncomputed.map(({ id }) => id),
      [],
      'all can be computed',
    );
    t.same(silent(profile, all), [], 'all others show');
    t.end();
  });

/** Those that change nothing. Leading zero bytes are looked for in the tests of the named mistakes. */
function silent(profile: ProfileName, mistakes: readonly Mistake[]): string[] {
  return mistakes
    .filter((mistake) => mistake.zero === undefined && !shows(profile, mistake))
    .map(({ id }) => id);
}

function shows(profile: ProfileName, mistake: Mistake): boolean {
  const derivation = derivationOf(profile, inputsOf('mechanical'));
  const differs = [...mistake.nodes.keys()].some(
    (name) => hexOf(derivation.value(name)) !== hexOf(derivation.value(name, [mistake])),
  );
  if (differs || mistake.equivalent !== undefined) return differs === (mistake.equivalent === undefined);
  return Object.keys(changed(profile, showing(profile, mistake, 'other'), [mistake])).length > 0;
}

t.test('two mistakes in one value', (t) => {
  const find = (id: string): Mistake => {
    const found = namedMistakes('documented').find((mistake) => mistake.id === id);
    if (found === undefined) throw new Error(`there is no ${id}`);
    return found;
  };
  const both = bothMistakes('documented', find('M1-K-strip-zeros'), find('M1-A-B-K'));
  t.match(
    JSON.stringify([...(both?.nodes.values() ?? [])]),
    /strip-zeros/,
    'the detail within the other form',
  );
  t.equal(
    bothMistakes('documented', find('M1-H-I-strip-zeros'), find('M1-A-B-K')),
    undefined,
    'no place for it',
  );
  t.same(Object.keys(changed('documented', inputsOf('x'), [find('session-id-S')])), ['session.id']);
  t.end();
});
