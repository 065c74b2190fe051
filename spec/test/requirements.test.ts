/** The requirements are extracted from the chapters as their form says, and a sentence out of form is refused. */
import t from 'tap';
import { extractRequirements } from '../generate/requirements.ts';

const item = (id: string, text: string, who = 'client, all profiles') =>
  `- <a id="${id}"></a>**${id}** (${who}): ${text}`;
const chapter = (...lines: string[]) =>
  new Map([['05-srp.md', ['# 5 SRP', '', '## 5.3 Ephemerals', '', ...lines].join('\n')]]);

t.test('a sentence with its section, over two lines', (test) => {
  const found = extractRequirements(
    chapter(item('SRP-01', 'The client MUST abort the login'), '  when B is zero.', '', 'Prose.'),
  );
  test.same(found, [
    {
      id: 'SRP-01',
      level: 'MUST',
      role: 'client',
      profile: 'both',
      section: '5.3',
      text: 'The client MUST abort the login when B is zero.',
    },
  ]);
  test.end();
});

t.test('profiles, roles and levels', (test) => {
  const [first, second] = extractRequirements(
    chapter(
      item('A-01', 'A server SHOULD NOT wait.', 'server, deployed'),
      item('A-02', 'Both MUST NOT sleep.', 'both, documented'),
    ),
  );
  test.match(first, { level: 'SHOULD NOT', role: 'server', profile: 'deployed' });
  test.match(second, { level: 'MUST NOT', role: 'both', profile: 'documented' });
  test.end();
});

t.test('what is out of form is refused in words', (test) => {
  const refused: readonly (readonly [lines: string[], message: RegExp])[] = [
    [[item('SRP-01', 'The client aborts.')], /SRP-01 has 0 key words/],
    [[item('SRP-01', 'It MUST a and MUST b.')], /SRP-01 has 2 key words/],
    [[item('SRP-01', 'It MUST a.'), item('SRP-01', 'It MUST b.')], /SRP-01 comes after SRP-01/],
    [[item('SRP-02', 'It MUST a.'), item('SRP-01', 'It MUST b.')], /SRP-01 comes after SRP-02/],
    [[item('SRP-01', 'It MUST a.').replace('id="SRP-01"', 'id="SRP-07"')], /anchor of SRP-01 is SRP-07/],
    [[item('SRP-01', 'It MUST a.', 'everybody, all profiles')], /05-srp\.md: not of the form/],
  ];
  for (const [lines, message] of refused)
    test.throws(() => extractRequirements(chapter(...lines)), { message });
  test.end();
});
