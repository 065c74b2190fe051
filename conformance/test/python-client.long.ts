/** The client in Python, which somebody wrote from the chapters alone, judged as anybody's client. */
import t from 'tap';
import { PYTHON, pythonClient, pythonFolder, run } from '../nightly/programs.ts';
import { judgeIndependentClient } from './independent-client.ts';

t.setTimeout(900_000); // two runs of the known answers and two of the suite

const program = pythonClient();
const skip = 'missing' in program ? program.missing : false;

t.test('the client', { skip }, async (test) => {
  await test.test('its own tests pass', (own) => {
    const { status, output } = run([PYTHON, '-m', 'unittest'], pythonFolder);
    own.equal(status, 0, output);
    own.end();
  });
  if ('command' in program) await judgeIndependentClient(test, program.command);
});
