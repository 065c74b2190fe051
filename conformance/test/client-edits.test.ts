/** Clients made of the derivation graph: without a mistake every check passes, with one the failure names it. */
import t from 'tap';
import { clientOfEdit } from '../faults/client-of-edit.ts';
import { judgeClient } from '../judge.ts';
import { clientEdits, tryEdit } from '../kill-matrix/edits.ts';
import { createInProcessTarget } from '../target/in-process-target.ts';
import { quickPbkdf2 } from '../../spec/quick-pbkdf2.ts';
import type { ProfileName } from '../../reference/index.ts';

const PROFILES: readonly ProfileName[] = ['documented', 'deployed'];
/** By default each mistake is tried in one profile. */
const isSlow = process.env['SLOW'] === '1';

/** One of each value that a client computes from a passphrase, and sends. */
const NAMED = [
  ...['email-not-lower-cased', 'hkdf-salt-ikm-swapped', 'pbkdf2-1-iterations', 'u-hex-text', 'M1-sha-1'],
  // Behind a wrong x stand so many pairs of mistakes that the search takes a third of a minute.
  ...(isSlow ? ['x-no-colon', 'x-sha-1'] : []),
];

for (const [number, profile] of PROFILES.entries()) {
  t.test(`${profile}: a client of the graph is right`, async (test) => {
    const none = { id: 'none', kind: 'named', title: 'none', hint: '', section: '4.1' } as const;
    const target = createInProcessTarget(
      'none',
      clientOfEdit(profile, { ...none, seen: [], nodes: new Map() }, quickPbkdf2),
    );
    const only =
      'client.signup.request,client.signup.SRP_Verifier,client.signup.enc*,client.login.A,client.login.M1,client.login.session-id,client.inputs,client.group.link,client.push.encContent';
    const options = { profile, seed: 1, runs: 1, only, pbkdf2: quickPbkdf2 } as const;
    for await (const { id, verdict } of judgeClient(target, options)) test.equal(verdict, 'pass', id);
  });

  const edits = clientEdits(profile, 'named');
  for (const wanted of NAMED.filter((_, i) => isSlow || i % PROFILES.length === number))
    t.test(`${profile}: ${wanted}`, async (test) => {
      const edit = edits.find(({ mistake }) => mistake.id === wanted);
      test.ok(edit, 'it is a mistake of clients');
      if (edit === undefined) return;
      const { telling, says } = await tryEdit(edit);
      test.equal(telling, 'named', says.join('\n'));
    });
}
