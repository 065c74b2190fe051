/** The suite inside vitest, a test for each check: `npx vitest run client.test.js`. */
import { createInProcessTarget, formatResult, isRed, judgeClient } from 'e2ee-sync/conformance';
import { describe, test } from 'vitest';
import { createVerbs } from '../my-client.js';

const target = () => createInProcessTarget('my client', createVerbs());
const options = { profile: 'documented', seed: 1, only: process.env.ONLY };

const results = [];
for await (const result of judgeClient(target, options)) results.push(result);

describe('my client', () => {
  for (const result of results)
    test(`${result.id}: ${result.title}`, ({ skip }) => {
      if (result.verdict === 'skipped') skip(result.reason);
      if (isRed(result)) throw new Error(formatResult(result));
    });
});
