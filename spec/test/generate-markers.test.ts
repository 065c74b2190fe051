/** Every marker has its part and every part its marker; what is wrong is said in words. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { readSpecData } from '../generate/data.ts';
import { readChapters } from '../generate/files.ts';
import { fillMarkers } from '../generate/markers.ts';
import { generatedParts } from '../generate/parts.ts';
import { publish } from '../generate/publish.ts';

const begin = (name: string) => `<!-- generated: ${name} -->`;
const END = '<!-- /generated -->';
const chapter = (...lines: string[]) => new Map([['1.md', lines.join('\n')]]);
const parts = new Map([['keys', 'NEW']]);

t.test('a part takes the place of what stood between its markers, and nothing else changes', (test) => {
  const once = fillMarkers(chapter('a', begin('keys'), 'old', '', END, 'b', ''), parts);
  test.equal(once.get('1.md'), ['a', begin('keys'), '', 'NEW', '', END, 'b', ''].join('\n'));
  test.same(fillMarkers(once, parts), once, 'again');
  test.same(fillMarkers(chapter('a', begin('keys'), END, 'b', ''), parts), once, 'from empty');
  test.end();
});

t.test('what is wrong with the markers is said in words', (test) => {
  const refused: readonly (readonly [chapters: Map<string, string>, message: RegExp])[] = [
    [chapter(begin('locks'), END), /1\.md: nothing generates locks; there are keys/],
    [chapter(begin('keys'), 'text'), /1\.md: generated: keys has no <!-- \/generated -->/],
    [chapter(begin('keys'), begin('keys'), END), /1\.md: generated: keys has no/],
    [chapter(begin('keys'), END, END), /1\.md: <!-- \/generated --> without a beginning/],
    [chapter(begin('keys'), END, begin('keys'), END), /keys stands in 1\.md and again in 1\.md/],
    [chapter('text'), /no chapter has the marker <!-- generated: keys -->/],
  ];
  for (const [chapters, message] of refused) test.throws(() => fillMarkers(chapters, parts), { message });
  test.end();
});

t.test('the markers of the chapters are the names of the parts', (test) => {
  const text = [...readChapters().values()].join('\n');
  const markers = [...text.matchAll(/^<!-- generated: (.+) -->$/gm)].map(([, name]) => name);
  test.ok(markers.length > 20);
  test.same(markers.sort(), [...generatedParts(readSpecData()).keys()].sort());
  test.equal(text.match(/^<!-- \/generated -->$/gm)?.length, markers.length);
  test.end();
});

t.test('a check names each stale file and writes none', (test) => {
  const folder = test.testdir({ 'a.md': 'old', 'b.md': 'same', 'c.md': 'old' });
  const files = new Map(
    Object.entries({ 'a.md': 'new', 'b.md': 'same', 'c.md': 'new', 'd.md': 'new' }).map(([file, text]) => [
      join(folder, file),
      text,
    ]),
  );
  const said = test.capture(process.stderr, 'write', () => true);
  test.equal(publish(files, true, 'npm run generate'), 1);
  const lines = said().map(({ args }) => String(args[0]));
  test.same(
    lines,
    ['a.md', 'c.md', 'd.md'].map((file) => `${file} is stale: run npm run generate\n`),
  );
  test.equal(readFileSync(join(folder, 'a.md'), 'utf8'), 'old');
  test.end();
});
