/** The reference does what the published vectors say: its own code and the specification's evaluator agree. */
import t from 'tap';
import { vectorFiles, type Vector } from '../../conformance/vectors/files.ts';
import { referenceImplementation } from '../../conformance/vectors/reference.ts';
import { verify } from '../../conformance/vectors/verify.ts';
import { native, portable } from '../index.ts';

/** PBKDF2 in plain JavaScript takes its time: portable derives keys for one vector of each profile in `login` alone. */
const isSlow = ({ step, outputs, intermediates }: Vector): boolean =>
  step === 'log-in' ||
  Object.keys({ ...outputs, ...intermediates }).some((name) => name.startsWith('SEC_PWD_'));

/** Families of private RSA operations and exponentiations: portable does every fifth vector, and all with `SLOW=1`. */
const DEAR = ['leading-zeros', 'limit-190', 'rsa-oaep', 'wrong-answers'];
const step = (family: string): number => (process.env['SLOW'] !== '1' && DEAR.includes(family) ? 5 : 1);

/** What portable is asked. */
const portables = (family: string, vectors: readonly Vector[]): readonly Vector[] =>
  vectors
    .filter((vector, i) => !isSlow(vector) || (family === 'login' && i === 0))
    .filter((_, i) => i % step(family) === 0);

for (const primitives of [native, portable])
  for (const [family, { groups }] of vectorFiles())
    t.test(`${primitives.name}: ${family}`, async (test) => {
      const implementation = referenceImplementation(primitives);
      for (const { profile, vectors } of groups) {
        const chosen = primitives === native ? vectors : portables(family, vectors);
        const faults = chosen.map(
          async (vector) => [vector.id, await verify(implementation, profile, vector)] as const,
        );
        for (const [id, fault] of await Promise.all(faults))
          if (fault !== undefined) test.fail(`${id} ${fault}`);
        test.pass(`${profile}: ${chosen.length} vectors`);
      }
    });
