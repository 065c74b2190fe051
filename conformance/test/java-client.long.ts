/** The client in Java, which somebody wrote from the chapters alone, judged as anybody's client. */
import t from 'tap';
import { javaClient, javaFolder, javaOptions, run } from '../nightly/programs.ts';
import { temporaryFolder } from '../../reference/test/temporary-folder.ts';
import { judgeIndependentClient } from './independent-client.ts';
import { root } from './root.ts';

t.setTimeout(900_000); // two runs of the known answers and two of the suite

// What stretches a passphrase takes long, and is asked again as a known answer.
const which = process.env['SLOW'] === '1' ? [] : ['--unstretched'];
const classes = temporaryFolder(t);
const program = javaClient(classes);
const skip = 'missing' in program ? program.missing : false;

t.test('the client', { skip }, async (test) => {
  await test.test('its own tests pass', (own) => {
    const { status, output } = run(
      ['java', ...javaOptions(classes), 'e2eesync.Tests', root, ...which],
      javaFolder,
    );
    own.equal(status, 0, output);
    own.match(output, /^\d+ vectors, all as they must be$/m);
    own.end();
  });
  if ('command' in program) await judgeIndependentClient(test, program.command);
});
