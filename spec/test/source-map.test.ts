/** The map of the source: whole, in order, and every id and erratum that it names exists. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { findFault } from '../../reference/index.ts';
import { specFolder } from '../schemas.ts';

interface Unit {
  readonly id: string;
  readonly text: string;
  readonly requirements: readonly string[];
  readonly informative: string | null;
  readonly note?: string;
}
interface SourceMap {
  readonly documents: readonly {
    readonly id: string;
    readonly title: string;
    readonly units: readonly Unit[];
  }[];
}

/** How many requirements say something that the source says; the number only grows. */
const REACHED = 85;

/** The source is not part of this package. Its text was compared once, in full; from then on this tells it. */
const SOURCE = [
  {
    id: 'website',
    letter: 'W',
    units: 53,
    sha256: 'e313a3b8219319bc66ee243aa3090d05679868a1db835c330da374a04ebc4524',
  },
  {
    id: 'whitepaper',
    letter: 'P',
    units: 116,
    sha256: '55d8d511be2363d86f1318728745917cb830dce5c5effdbcbd7a468dfb98b62d',
  },
];

const read = (file: string): string => readFileSync(join(specFolder, file), 'utf8');
const map = JSON.parse(read('source-map.json')) as SourceMap;
const units = map.documents.flatMap((document) => document.units);
const { requirements } = JSON.parse(read('requirements.json')) as { requirements: readonly { id: string }[] };
const known = requirements.map(({ id }) => id);

t.test('it is of its schema', (test) => {
  test.equal(findFault('source-map', map), undefined);
  test.end();
});

t.test('it holds every unit of the source, in order', (test) => {
  const found = map.documents.map((document) => ({
    id: document.id,
    letter: document.units[0]?.id[0],
    units: document.units.length,
    sha256: createHash('sha256')
      .update(document.units.map(({ text }) => text).join('\n'))
      .digest('hex'),
  }));
  test.same(found, SOURCE);
  for (const { units: own } of map.documents) {
    const letter = own[0]?.id[0] ?? '';
    test.same(
      own.map(({ id }) => id),
      own.map((_, index) => `${letter}-${String(index + 1).padStart(3, '0')}`),
    );
  }
  test.equal(new Set(units.map(({ id }) => id)).size, units.length);
  test.end();
});

t.test('a unit has requirements, or a reason why it has none', (test) => {
  for (const { id, requirements: ids, informative } of units)
    test.equal(ids.length === 0, informative !== null, id);
  test.end();
});

t.test('its requirements exist, in the order of the chapters', (test) => {
  for (const { id, requirements: ids } of units)
    test.same(
      ids,
      known.filter((name) => ids.includes(name)),
      id,
    );
  const reached = new Set(units.flatMap(({ requirements: ids }) => ids));
  test.ok(reached.size >= REACHED, `${reached.size} requirements are reached`);
  test.end();
});

t.test('a sentence that stands in both documents is mapped once', (test) => {
  const first = new Map<string, Unit>();
  for (const unit of units) {
    const { id, ...said } = unit;
    const { id: before, ...same } = first.get(unit.text) ?? unit;
    test.same(said, same, `${id} and ${before}`);
    first.set(unit.text, first.get(unit.text) ?? unit);
  }
  test.end();
});

t.test('every erratum of chapter 13 corrects a unit, and no other is named', (test) => {
  const errata = [...read('13-errata.md').matchAll(/^(\d+)\. /gm)].map(([, number]) => Number(number));
  const named = units.flatMap(({ note = '' }) =>
    [...note.matchAll(/\berrat\w+ (\d+)/gi)].map(([, number]) => Number(number)),
  );
  test.same(
    [...new Set(named)].sort((a, b) => a - b),
    errata,
  );
  test.end();
});

t.test('every requirement and section that a remark names exists', (test) => {
  const chapters = readdirSync(specFolder).filter((file) => /^\d\d-.*\.md$/.test(file));
  const headings = chapters.flatMap((file) => [...read(file).matchAll(/^## (\d+\.\d+) /gm)]);
  const sections = new Set(headings.map(([, number]) => number));
  for (const { id, informative, note = '' } of units) {
    const remark = `${informative ?? ''} ${note}`;
    for (const [name] of remark.matchAll(/\b[A-Z]+-\d\d\b/g)) test.ok(known.includes(name), `${id}: ${name}`);
    for (const [, section] of remark.matchAll(/\((\d+\.\d+)\)/g))
      test.ok(sections.has(section), `${id}: ${section ?? ''}`);
  }
  test.end();
});

t.test('a broken map is refused', (test) => {
  const unit = { id: 'W-001', text: 'A.', requirements: ['SRP-01'], informative: null };
  const fault = (change: object): unknown =>
    findFault('source-map', { documents: [{ id: 'a', title: 'A', units: [{ ...unit, ...change }] }] });
  test.equal(fault({}), undefined);
  for (const change of [{ requirements: [] }, { informative: 'a heading' }, { id: 'W-1' }, { more: 1 }])
    test.ok(fault(change), JSON.stringify(change));
  test.end();
});
