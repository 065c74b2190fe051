/** An id, once published, is never lost, renumbered or given to another sentence. */
import t from 'tap';
import { readSpecData } from '../generate/data.ts';
import { generatedFiles, readChapters, readIds } from '../generate/files.ts';
import { idsText, updateIds, type Ids } from '../generate/ids.ts';
import { extractRequirements, type Requirement } from '../generate/requirements.ts';

const sentence = (id: string, text: string): Requirement => ({
  ...{ id, level: 'MUST', role: 'client', profile: 'both', section: '5.3' },
  text: `The client MUST ${text}.`,
});
const EMPTY: Ids = { ids: {}, withdrawn: {} };
const A = sentence('SRP-01', 'sing');
const B = sentence('SRP-02', 'dance');
const C = sentence('SRP-03', 'rest');
const published = updateIds(EMPTY, [A, B], '1.0.0');

t.test('a new id is added with the version, an old one keeps its own', (test) => {
  test.match(published.ids, { 'SRP-01': { since: '1.0.0' }, 'SRP-02': { since: '1.0.0' } });
  const next = updateIds(published, [C, A, B], '1.1.0');
  test.same(Object.keys(next.ids), ['SRP-01', 'SRP-02', 'SRP-03']);
  test.match(next.ids, { 'SRP-01': published.ids['SRP-01'], 'SRP-03': { since: '1.1.0' } });
  test.same(updateIds(next, [A, B, C], '1.2.0'), next, 'nothing new');
  test.end();
});

t.test('a changed sentence changes the ledger, so that a check finds it stale', (test) => {
  const next = updateIds(published, [A, sentence('SRP-02', 'dance well')], '1.1.0');
  test.equal(next.ids['SRP-02']?.since, '1.0.0');
  test.not(next.ids['SRP-02']?.sentence, published.ids['SRP-02']?.sentence);
  const server = updateIds(published, [A, { ...B, role: 'server' }], '1.1.0');
  test.not(server.ids['SRP-02']?.sentence, published.ids['SRP-02']?.sentence, 'the role belongs to it');
  test.end();
});

t.test('an id that is gone is refused until it is withdrawn, and never used again', (test) => {
  test.throws(() => updateIds(published, [A], '1.1.0'), {
    message: /SRP-02 is gone; list it under "withdrawn"/,
  });
  const ledger = { ...published, withdrawn: { 'SRP-02': '1.1.0: nobody dances' } };
  const next = updateIds(ledger, [A], '1.1.0');
  test.same(Object.keys(next.ids), ['SRP-01']);
  test.same(next.withdrawn, ledger.withdrawn);
  for (const again of [B, sentence('SRP-02', 'walk')])
    test.throws(() => updateIds(next, [A, again], '1.2.0'), {
      message: /SRP-02 was withdrawn; an id is never used/,
    });
  test.end();
});

t.test('a sentence under another id is refused', (test) => {
  const shifted = [A, sentence('SRP-02', 'bow'), sentence('SRP-03', 'dance')];
  test.throws(() => updateIds(published, shifted, '1.1.0'), { message: /SRP-03 has the sentence of SRP-02/ });
  const swapped = [sentence('SRP-01', 'dance'), sentence('SRP-02', 'sing')];
  test.throws(() => updateIds(published, swapped, '1.1.0'), { message: /SRP-01 has the sentence of SRP-02/ });
  test.end();
});

t.test('the file holds what was written', (test) => {
  const ledger = { ...published, withdrawn: { 'SRP-09': 'a "reason"' } };
  const $schema = './schemas/ids.schema.json';
  test.same(JSON.parse(idsText(ledger)), { $schema, ...ledger });
  test.same(JSON.parse(idsText(EMPTY)), { $schema, ...EMPTY });
  test.end();
});

t.test('one changed word in a chapter makes the requirements and the ledger others', async (test) => {
  const chapters = readChapters();
  const data = readSpecData();
  const files = (edit: (text: string) => string) =>
    generatedFiles(data, new Map([...chapters].map(([file, text]) => [file, edit(text)])), readIds());
  const before = await files((text) => text);
  const after = await files((text) =>
    text.replace('abort the login when B mod N is zero', 'abort it when B mod N is zero'),
  );
  const changed = [...after].flatMap(([file, text]) => (before.get(file) === text ? [] : file));
  test.same(changed, ['01-overview.md', '05-srp.md', 'requirements.json', 'ids.json']);
});

t.test('a changed word of any requirement makes it another, and its entry in the ledger', (test) => {
  const chapters = new Map([...readChapters()].filter(([file]) => /^\d\d-/.test(file)));
  const ids = readIds();
  const before = extractRequirements(chapters);
  test.ok(before.length > 200);
  for (const { id } of before) {
    const item = new RegExp(`<a id="${id}"></a>.*(?:\\n {2}\\S.*)*`);
    const edit = (text: string) =>
      text.replace(item, (sentence) => sentence.replace(/[A-Za-z]+(?=[^A-Za-z]*$)/, 'not $&'));
    const after = extractRequirements(new Map([...chapters].map(([file, text]) => [file, edit(text)])));
    const others = after.filter(({ text }, i) => text !== before[i]?.text).map((other) => other.id);
    test.same(others, [id]);
    test.not(updateIds(ids, after, '1.0.0').ids[id]?.sentence, ids.ids[id]?.sentence, id);
  }
  test.end();
});
