/** What `--help` says of the options that every kind of test has. */
import t from 'tap';
import { runCli } from './run-cli.ts';

for (const [what, unless] of [
  ['client', 'each that the client declares'],
  ['server', 'documented'],
  ['self', 'both'],
] as const)
  t.test(`test ${what}: the profile where none is said`, async (test) => {
    const { status, stdout } = await runCli(['test', what, '--help']);
    test.equal(status, 0);
    const said = stdout.replace(/\s+/g, ' ');
    test.match(said, `--profile <name> profile of the protocol (default: ${unless})`);
  });
