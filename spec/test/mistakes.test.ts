/** The named mistakes: of their schema, each in its place, each of them showing, and none of the known ones missing. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { findFault } from '../../reference/index.ts';
import { graphSource, loadGraph, namedMistakes, type ProfileName } from '../index.ts';
import { applyEdits, type Edit } from '../mistaken/edit.ts';
import file from '../mistakes.json' with { type: 'json' };
import mistakenOperators from '../mistaken/operators.json' with { type: 'json' };
import operators from '../operators.json' with { type: 'json' };
import requirementsFile from '../requirements.json' with { type: 'json' };
import { specFolder } from '../schemas.ts';
import { changed, derivationOf, inputsOf, PROFILES, showing } from './mistaken-inputs.ts';

const ids = new Set(file.mistakes.map(({ id }) => id));

t.test('the file is of its schema, and so are the operators of wrong readings', (t) => {
  t.equal(findFault('mistakes', file), undefined);
  t.equal(findFault('operators', mistakenOperators), undefined);
  const both = Object.keys(mistakenOperators).filter((name) => name in operators);
  t.same(both, [], 'no operator is in both tables');
  const used = JSON.stringify(file);
  for (const name of Object.keys(mistakenOperators)) t.ok(used.includes(`"op":"${name}"`), `${name} is used`);
  t.end();
});

t.test('ids, sections and requirements', (t) => {
  t.equal(ids.size, file.mistakes.length, 'no id twice');
  t.ok(ids.size >= 80, `${ids.size} mistakes`);
  const chapters = readdirSync(specFolder).filter((name) => name.endsWith('.md'));
  const text = chapters.map((name) => readFileSync(join(specFolder, name), 'utf8')).join('\n');
  const headings = new Set([...text.matchAll(/^## (\d+\.\d+) /gm)].map(([, number]) => number));
  const known = new Set(requirementsFile.requirements.map(({ id }) => id));
  for (const { id, section, requirement, title, hint } of file.mistakes) {
    t.ok(headings.has(section), `${id}: section ${section}`);
    t.ok(known.has(requirement), `${id}: requirement ${requirement}`);
    t.notMatch(title, /[.]$/, `${id}: a title is no sentence`);
    t.match(hint, /[.]$/, `${id}: a hint is one`);
  }
  t.end();
});

for (const profile of PROFILES)
  t.test(`${profile}: every mistake shows, or says why it cannot`, (t) => {
    for (const mistake of namedMistakes(profile)) {
      if (mistake.equivalent === undefined)
        t.doesNotThrow(() => showing(profile, mistake, 'shows'), mistake.id);
      else t.same(changed(profile, inputsOf('equivalent'), [mistake]), {}, mistake.id);
    }
    const equivalent = namedMistakes(profile).filter((mistake) => mistake.equivalent !== undefined);
    t.ok(equivalent.length < namedMistakes(profile).length / 50, `${equivalent.length} cannot show`);
    t.end();
  });

t.test('what a mistake changes can be computed with it', (t) => {
  for (const profile of PROFILES) {
    const derivation = derivationOf(profile, inputsOf('shows'));
    for (const mistake of namedMistakes(profile)) {
      const names = [...mistake.nodes.keys()].filter((name) => loadGraph(profile).nodes.has(name));
      const lost = names.filter((name) => derivation.value(name, [mistake]) === undefined);
      t.same(lost, [], `${profile}, ${mistake.id}`);
    }
  }
  t.end();
});

t.test('each profile is a mistake in the other, one variation point at a time', (t) => {
  for (const profile of PROFILES)
    for (const point of Object.keys(graphSource(profile).profile.variations)) {
      const isFromOther = ({ at, put }: Edit): boolean => at === `variations/${point}` && put === '$other';
      t.ok(
        namedMistakes(profile).some(({ edits }) => edits?.every(isFromOther)),
        `${profile}, ${point}`,
      );
    }
  t.end();
});

/** The mistakes that implementations of SRP make, of which all public vectors together catch 13. */
const SRP: Readonly<Record<string, readonly string[]>> = {
  'u over A and B without padding': ['u-not-padded'],
  'S without padding in K': ['K-S-strip-zeros'],
  'A or B without padding in M1': ['M1-A-B-not-padded'],
  'the salt without leading zeros': ['x-salt-strip-zeros', 'M1-salt-strip-zeros'],
  'the inner hash without leading zeros': ['x-inner-strip-zeros'],
  'H(I) without leading zeros': ['M1-H-I-strip-zeros'],
  'the xor without leading zeros': ['M1-xor-strip-zeros'],
  'K without leading zeros': ['K-strip-zeros', 'M1-K-strip-zeros', 'M2-K-strip-zeros'],
  'M1 in M2 without leading zeros': ['M2-M1-strip-zeros'],
  'M1 without leading zeros': ['M1-strip-zeros'],
  'the identity in another case': ['identity-not-lower-cased', 'identity-upper-cased'],
  'NFKD where it must not be, or not': ['identity-nfkd', 'passphrase-not-normalised'],
  'another trim': ['identity-not-trimmed', 'passphrase-not-trimmed'],
  'Latin-1': ['identity-latin-1', 'passphrase-latin-1'],
  'k with or without PAD(g)': ['k-g-padded', 'k-g-not-padded'],
  'g padded in M1': ['M1-rfc-2945-g-padded'],
  'M1 = H(A | B | S)': ['M1-A-B-S'],
  'M1 = H(A | B | K)': ['M1-A-B-K'],
  'M1 of RFC 2945': ['M1-rfc-2945'],
  'M1 from S, M2 from K, or the reverse': ['M1-S-for-K', 'M2-from-S'],
  'an interleaved K': ['K-interleaved', 'K-interleaved-sha-1'],
  'signed integers': ['A-signed', 'B-signed', 'u-signed', 'x-salt-signed', 'verifier-signed'],
  'hex text for bytes': ['x-hex-text', 'u-hex-text', 'K-S-hex-text', 'M1-hex-text', 'M2-hex-text'],
  'hex of odd length': ['A-odd-hex'],
  'B not reduced': ['B-not-reduced'],
  'a missing modulo in S': ['S-product-not-reduced', 'S-base-negative'],
  'a short salt stored for good': ['hkdf-salt-strip-zeros'],
};

t.test('the 27 mistakes of SRP are all there', (t) => {
  t.equal(Object.keys(SRP).length, 27);
  for (const [what, wanted] of Object.entries(SRP))
    for (const id of wanted) t.ok(ids.has(id), `${what}: ${id}`);
  t.end();
});

t.test('an edit of something that is not there is refused by name', (t) => {
  const other: Record<ProfileName, ProfileName> = { documented: 'deployed', deployed: 'documented' };
  const refused: readonly (readonly [edit: Edit, message: RegExp])[] = [
    [{ at: 'nodes/srp.q', put: 'a' }, /nodes\/srp.q: there is no srp.q/],
    [{ at: 'nodes/srp.u/of/of/2', put: 'a' }, /there is no 2/],
    [{ at: 'nodes/email', put: 'a' }, /email is not computed/],
    [{ at: 'templates/seal', put: 'a' }, /there is no seal/],
    [{ at: 'constants/HASHES', put: 'a' }, /there is no HASHES/],
    [{ at: 'inputs/email', put: 'a' }, /inputs is none of/],
    [{ at: 'nodes/srp.u', find: 'srp.S', put: 'a' }, /there is no "srp.S" in it/],
    [{ at: 'nodes/srp.u', put: '$old.password' }, /there is no password/],
    [{ at: 'nodes/srp.H_I', put: '$other' }, /there is no srp.H_I/],
  ];
  for (const profile of PROFILES.slice(0, 1))
    for (const [edit, message] of refused) {
      const make = () => applyEdits(graphSource(profile), [edit], graphSource(other[profile]));
      t.throws(make, { name: 'EditError', message }, JSON.stringify(edit));
    }
  t.end();
});
