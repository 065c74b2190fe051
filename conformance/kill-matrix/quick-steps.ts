/** The steps of the reference, the slow ones made quick where many clients with a fault are judged one after the other. */
import { native, utf8, type Steps } from '../../reference/index.ts';
import { pbkdf2Key, type Pbkdf2Cache } from '../../spec/evaluate.ts';
import protocol from '../../spec/protocol.json' with { type: 'json' };
import { quickPbkdf2 } from '../../spec/quick-pbkdf2.ts';

const { PBKDF2_ITERATIONS, KEY_BYTES } = protocol.constants;

/** What both sides have in the place of PBKDF2, the client and the suite that judges it. */
export const stretched: Pbkdf2Cache = quickPbkdf2;

const pbkdf2Sha256: Steps['primitives']['pbkdf2Sha256'] = (input) =>
  Promise.resolve(Uint8Array.from(stretched.get(pbkdf2Key({ hash: 'sha-256', ...input })) ?? []));

/** Making key pairs takes most of the time of a signup; so many in turn are enough to tell accounts apart. */
const KEY_PAIRS = 4;
const pairs: ReturnType<Steps['keyPair']>[] = [];
let taken = 0;

/** With PBKDF2 as it is. */
export const stepsInFull = (own: Steps): Steps => ({
  ...own,
  keyPair: () => (pairs[taken++ % KEY_PAIRS] ??= native.generateRsaKeyPair()),
});

export const quickSteps = (own: Steps): Steps => ({
  ...stepsInFull(own),
  // For whoever stretches in a way of its own.
  primitives: { ...own.primitives, pbkdf2Sha256 },
  SEC_PWD: (passphrase, salt) =>
    pbkdf2Sha256({
      ...{ password: utf8(passphrase), salt },
      ...{ iterations: PBKDF2_ITERATIONS.value, length: KEY_BYTES.value },
    }),
});
