/** The reference does what the published vectors say: its own code and the specification's evaluator agree. */
import t from 'tap';
import { vectorFiles } from '../../conformance/vectors/files.ts';
import { referenceImplementation } from '../../conformance/vectors/reference.ts';
import { verify } from '../../conformance/vectors/verify.ts';
import { native, portable } from '../index.ts';

/** PBKDF2 in plain JavaScript takes its time: portable computes the first of each group only. */
const isSlow = (name: string): boolean => name.startsWith('SEC_PWD_');

for (const primitives of [native, portable])
  for (const [family, { groups }] of vectorFiles())
    t.test(`${primitives.name}: ${family}`, async (test) => {
      const implementation = referenceImplementation(primitives);
      for (const { profile, vectors } of groups) {
        const slow = vectors.filter(
          ({ step, outputs, intermediates }) =>
            step === 'log-in' || Object.keys({ ...outputs, ...intermediates }).some(isSlow),
        );
        const left = new Set(primitives === native ? [] : slow.slice(1));
        const faults = vectors
          .filter((vector) => !left.has(vector))
          .map(async (vector) => [vector.id, await verify(implementation, profile, vector)] as const);
        for (const [id, fault] of await Promise.all(faults))
          if (fault !== undefined) test.fail(`${id} ${fault}`);
        test.pass(`${profile}: ${vectors.length - left.size} vectors`);
      }
    });
