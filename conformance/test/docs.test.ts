/** The site: links that lead nowhere are found, references in prose become links, pages know what is below them. */
import t from 'tap';
import { brokenLinks } from '../docs/broken-links.ts';
import { crossReferences } from '../docs/cross-references.ts';
import { literal, table } from '../docs/markdown.ts';
import { withFrontMatter } from '../docs/page.ts';
import { linksFrom, sitePath } from '../docs/site.ts';

t.test('broken links', (test) => {
  const broken = (body: string): string[] => {
    const pages = new Map([
      ['spec/one.html', body],
      ['spec/index.html', '<a id="5.2"></a><h2 id="a&amp;b">'],
    ]);
    return brokenLinks(pages, new Set([...pages.keys(), 'assets/icons.svg', 'spec/data.json']));
  };
  const whole = [
    '<a href="index.html#5.2">',
    '<a href="./#a&amp;b">',
    '<a class="x" href="data.json">',
    '<p id="here"><a href="#here">',
    '<use href="../assets/icons.svg#menu"></use>',
    '<a href="https://example.com/#nowhere">',
    '<img src="data:image/png;base64,AA">',
    '<script>"<a href=\\"nowhere\\">"</script>',
    '<!-- <a href="nowhere"> -->',
  ];
  for (const html of whole) test.same(broken(html), [], html);
  const faults: readonly [html: string, why: string][] = [
    ['<a href="two.html">', 'spec/one.html: two.html: there is no such file'],
    ['<a href="index.html#5.3">', 'spec/one.html: index.html#5.3: there is no such anchor'],
    ['<a href="#there">', 'spec/one.html: #there: there is no such anchor'],
    ['<img\n alt="" src="a.png"/>', 'spec/one.html: a.png: there is no such file'],
    ['<script async src="https://cdn.example/x.js"></script>', 'is loaded from elsewhere'],
    ['<link rel="stylesheet" href="//cdn.example/x.css">', 'is loaded from elsewhere'],
  ];
  for (const [html, why] of faults) {
    const [found = '', ...others] = broken(html);
    test.match(found, why, html);
    test.same(others, []);
  }
  test.end();
});

t.test('references in prose', (test) => {
  const sections = new Map([
    ['5', 'spec/05-srp.md'],
    ['5.2', 'spec/05-srp.md'],
    ['7.3', 'spec/07-account.md'],
  ]);
  const requirements = new Map([['SRP-12', 'spec/05-srp.md']]);
  const refer = (text: string): string =>
    crossReferences(text, { sections, requirements }, linksFrom('spec/05-srp.md'));
  const linked: readonly [text: string, expected: string][] = [
    ['A (5.2).', 'A ([5.2](#5.2)).'],
    ['A (5.2, 7.3).', 'A ([5.2](#5.2), [7.3](07-account.html#7.3)).'],
    ['in section 7.3.', 'in section [7.3](07-account.html#7.3).'],
    ['chapters 5\nto 6', 'chapters [5](#5)\nto 6'],
    ['as SRP-12 says', 'as [SRP-12](#SRP-12) says'],
  ];
  for (const [text, expected] of linked) test.equal(refer(text), expected);
  const kept = [
    'RFC 8018, section 5.2',
    'RFC 8018 section 5.2',
    'SP 800-38D,\nsection 5.2',
    '(9.9), 5.2, (5), SHA-256, UAX-15',
    '`(5.2)`',
    '[SRP-12](x#y)',
    '# Title (5.2)',
    '```text\nx (5.2)\n```',
  ];
  for (const text of kept) test.equal(refer(text), text);
  test.end();
});

t.test('the words of a source stay what they are', (test) => {
  test.equal(literal('`SYM_Link` | *a* <b>'), '\\`SYM\\_Link\\` | \\*a\\* \\<b\\>');
  test.match(table(['a'], [['x | y']]), /\| x \\\| y \|/);
  test.end();
});

t.test('pages', (test) => {
  const pages = ['README.md', 'spec/README.md', 'spec/01-a.md', 'spec/schemas/README.md'].map((path) => ({
    path,
    text: `# ${path}\n`,
  }));
  const [first, spec, chapter] = pages.map((page) => withFrontMatter(page, pages));
  test.equal(
    spec,
    '---\ntitle: "spec/README.md"\nchildren:\n  - 01-a.md\n  - schemas/README.md\n---\n\n# spec/README.md\n',
  );
  test.equal(chapter, '---\ntitle: "spec/01-a.md"\n---\n\n# spec/01-a.md\n');
  test.notMatch(first, 'children');
  test.equal(sitePath('spec'), 'spec/index.html');
  test.equal(sitePath('spec/05-srp.md'), 'spec/05-srp.html');
  test.equal(sitePath('spec/protocol.json'), 'spec/protocol.json');
  test.equal(sitePath('LICENSE'), 'LICENSE.txt');
  test.equal(sitePath('reference/srp.ts'), undefined);
  test.end();
});
