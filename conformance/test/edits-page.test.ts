/** The page of what mistakes are told: each with its first line, once for all who are told the same. */
import t from 'tap';
import { editsPage } from '../docs/edits-page.ts';
import type { KnownMistake } from '../docs/known-mistakes.ts';
import { matrixOf, type Row } from '../kill-matrix/row.ts';
import type { TellingRow } from '../kill-matrix/telling.ts';
import { mechanicalMistakes } from '../../spec/mutate.ts';

const mistake = (id: string): KnownMistake => ({
  ...{ id, title: `what ${id} does`, hint: 'Do not.', section: '5.2', requirement: 'SRP-10' },
  ...{ seen: [], inProfiles: [] },
});

const told = (id: string, telling: TellingRow['telling'], says: string | null): TellingRow => ({
  ...{ id, telling, says, but: null },
});

t.test('a named mistake: who is told what', (test) => {
  const line = 'client.login.M1: srpM1 is wrong. Your srp.M1 is: that of one.';
  const { text } = editsPage(
    ['one', 'two', 'unseen'].map(mistake),
    [
      ...['client.documented.one', 'client.deployed.one'].map((id) => told(id, 'named', line)),
      told('server.deployed.one', 'among others', 'server.login.M2: it was refused'),
      told('client.documented.two', 'no fault', 'for a reason'),
    ],
    matrixOf([], []),
  );
  test.match(text, '1 of the [known mistakes]', 'what nobody can tell does not show');
  test.match(text, '2 of 3 (66.6 %) are told so');
  test.match(text, '**[`one`](../spec/mistakes.html#one)** what one does\n');
  const check = '[`client.login.M1`](checks.html#client.login.M1)';
  test.match(text, `\n  - a client: ${check}: srpM1 is wrong. Your srp.M1 is: that of one.\n`);
  test.match(text, /\n {2}- a server in `deployed`, which is told others too .*: it was refused\n/);
  test.match(text, /\n {2}- a client in `documented`, which nobody can tell from a right one\n/);
  test.notMatch(text, 'unseen');
  test.end();
});

t.test('edits made by rule: below their value by the line, without the value', (test) => {
  const found = mechanicalMistakes('documented').filter(({ nodes }) => nodes.has('srp.x'));
  const [one, two] = found;
  if (one === undefined || two === undefined) throw new Error('srp.x has no edits');
  const row = (id: string): Row => ({
    ...{ id, role: 'client', requirement: 'SRP-07', killedBy: ['client.login.M1'], caughtBy: [] },
    ...{ status: 'killed', says: 'client.login.M1: srpM1 is wrong' },
  });
  const rows = [one, two].map(({ id }) => row(`client.documented.${id}`));
  const { text } = editsPage([], [], matrixOf(rows, []));
  const words = [one, two].map(({ title }) => title.replace(/ in srp\.x$/, '').replace(/[_|]/g, '\\$&'));
  test.match(text, '\n### `srp.x`\n\n- [`client.login.M1`]');
  test.match(text, `\n  - a client in \`documented\`: ${words.join('; ')}\n`);
  test.end();
});
