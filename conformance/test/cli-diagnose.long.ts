/** `e2ee-sync diagnose` as a user meets it: what it says, and its exit status. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import login from '../../vectors/login.json' with { type: 'json' };
import { runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'e2ee-sync-'));
t.teardown(() => {
  rmSync(folder, { recursive: true });
});

/** The same inputs in both profiles. */
const [documented, deployed] = login.groups.map(({ vectors }) => vectors[0]);
const file = join(folder, 'inputs.json');
writeFileSync(file, JSON.stringify(documented?.inputs));
const diagnose = async (...words: string[]) =>
  await runCli(['diagnose', '--profile', 'documented', ...words]);
const right = documented?.outputs ?? { SRP_Verifier: '', 'srp.K': '', 'srp.M1': '' };
const other = deployed?.outputs ?? right;

t.test('explained: exit status 0', async (test) => {
  const cases: readonly (readonly [word: string, said: RegExp])[] = [
    [`srp.M1=${right['srp.M1']}`, /^Your srp.M1 is right.\n$/],
    [
      `SRP_Verifier=${other.SRP_Verifier}`,
      /^Your SRP_Verifier is the right value of the profile deployed \(§11\.1\)/,
    ],
    [
      `srp.K=${right['srp.M1']}`,
      /^Your srp.K is another value of the same run: you have srp.M1 where srp.K belongs/,
    ],
    [
      'srp.k=05b9e8ef059c6b32ea59fc1d322d37f04aa30bae5aa9003b8321e21ddb04e300',
      /^Your srp.k is the right .*\nOr: Your srp.k is the value one gets with a multiplier k = H\(N \| PAD\(g\)\) \(§5\.1\)/,
    ],
  ];
  for (const [word, said] of cases) {
    const { status, stdout } = await diagnose(word, file);
    test.equal(status, 0, word.slice(0, 20));
    test.match(stdout, said);
  }
});

t.test('as JSON, from standard input', async (test) => {
  const input = JSON.stringify(documented?.inputs);
  const words = ['diagnose', '--profile', 'documented', '--json', `srp.u=${right['srp.K']}`];
  const { stdout } = await runCli(words, { input });
  const found = JSON.parse(stdout) as { explanations: { kind: string }[]; correct: string[] };
  test.match(found, { explanations: [{ kind: 'other-value' }], correct: [], unexplained: [], unknown: [] });
});

t.test('not explained: exit status 1, with the number of mistakes that were tried', async (test) => {
  const { status, stdout } = await diagnose(`srp.k=${'0f'.repeat(32)}`, file);
  test.equal(status, 1);
  test.match(stdout, /^Nothing explains srp\.k: \d+ mistakes and pairs of mistakes were tried\.\n$/);
});

t.test('what was not tried is said, and how it is tried', async (test) => {
  const { status, stdout } = await diagnose(`SEC_PWD_Auth=${'0f'.repeat(32)}`, file);
  test.equal(status, 1);
  test.match(stdout, /\n\d+ more take longer: --thorough tries them too\.\n$/);
});

t.test('wrong words: exit status 2', async (test) => {
  const wrong: readonly (readonly [words: string[], said: RegExp])[] = [
    [[file], /Expected one or more NAME=HEX, then one file/],
    [['srp.k=00', file, file], /Expected one or more NAME=HEX/],
    [['srp.q=00', file], /srp.q: is not a value of the protocol/],
    [['srp.k=no', file], /srp.k: must be hex/],
    [['srp.k=00', join(folder, 'none.json')], /none\.json/],
  ];
  for (const [words, said] of wrong) {
    const { status, stderr } = await diagnose(...words);
    test.equal(status, 2, words.join(' '));
    test.match(stderr, said);
  }
});
