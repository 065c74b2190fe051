/** The client in Go, which somebody wrote from the chapters alone, judged as anybody's client. */
import t from 'tap';
import { GO_ENV, goClient, goFolder, run } from '../nightly/programs.ts';
import { temporaryFolder } from '../../reference/test/temporary-folder.ts';
import { judgeIndependentClient } from './independent-client.ts';

t.setTimeout(900_000); // two runs of the known answers and two of the suite

const program = goClient(temporaryFolder(t));
const skip = 'missing' in program ? program.missing : false;

t.test('the client', { skip }, async (test) => {
  await test.test('its own tests pass', (own) => {
    own.equal(run(['gofmt', '-l', '.'], goFolder).output, '', 'gofmt');
    for (const what of ['vet', 'test']) {
      const { status, output } = run(['go', what, './...'], goFolder, GO_ENV);
      own.equal(status, 0, output);
    }
    own.end();
  });
  if ('command' in program) await judgeIndependentClient(test, program.command);
});
