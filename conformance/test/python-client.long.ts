/** The client in Python, which somebody wrote from the chapters alone, judged as anybody's client. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import t from 'tap';
import { judgeIndependentClient } from './independent-client.ts';
import { root } from './root.ts';

t.setTimeout(900_000); // two runs of the known answers and two of the suite

const PYTHON = process.env['PYTHON'] ?? 'python3';
const folder = join(root, 'conformance/adapters/python');
const probe = 'import sys, cryptography; sys.exit(sys.version_info < (3, 11))';
const found = spawnSync(PYTHON, ['-c', probe]).status === 0;
const skip = found ? false : `${PYTHON} is not there, is older than 3.11, or has no cryptography`;

t.test('the client', { skip }, async (test) => {
  await test.test('its own tests pass', (own) => {
    const { status, stderr } = spawnSync(PYTHON, ['-m', 'unittest'], { cwd: folder, encoding: 'utf8' });
    own.equal(status, 0, stderr);
    own.end();
  });
  await judgeIndependentClient(test, [PYTHON, join(folder, 'main.py')]);
});
