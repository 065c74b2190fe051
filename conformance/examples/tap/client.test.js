/** The suite inside tap, a subtest for each check: `npx tap client.test.js`. */
import { createInProcessTarget, formatResult, isRed, judgeClient } from 'e2ee-sync/conformance';
import t from 'tap';
import { createVerbs } from '../my-client.js';

const target = () => createInProcessTarget('my client', createVerbs());
const options = { profile: 'documented', seed: 1, only: process.env.ONLY };

for await (const result of judgeClient(target, options)) {
  const { id, title, verdict, reason } = result;
  void t.test(`${id}: ${title}`, { skip: verdict === 'skipped' && reason }, (test) => {
    if (isRed(result)) throw new Error(formatResult(result));
    test.pass(verdict);
    test.end();
  });
}
