/**
 * Clients and servers made of the derivation graph: without a mistake every check passes, with one the failure names it;
 * and two mistakes are one where they write the same bytes. `npm run diagnosis-score` runs all of them.
 */
import t from 'tap';
import { editsOf, judgeEdit, type Edited } from '../kill-matrix/edits.ts';
import { tryTelling } from '../kill-matrix/telling.ts';
import { isSame, whyNoFault } from '../kill-matrix/wire.ts';
import type { ProfileName } from '../../reference/index.ts';
import type { Role } from '../verdict.ts';

const PROFILES: readonly ProfileName[] = ['documented', 'deployed'];

/** One of each value that a client sends and a server answers or compares. */
const NAMED: Readonly<Record<Role, readonly string[]>> = {
  client: [
    ...['email-not-lower-cased', 'hkdf-salt-ikm-swapped', 'pbkdf2-1-iterations', 'x-no-colon', 'u-hex-text'],
    ...['x-sha-1', 'M1-sha-1'],
  ],
  server: ['B-without-k', 'M2-without-A', 'session-id-S', 'u-not-padded'],
};

function editOf(role: Role, profile: ProfileName, id: string): Edited {
  const found = editsOf(role, profile, 'named').find(({ mistake }) => mistake.id === id);
  if (found === undefined) throw new Error(`${id} is no mistake of ${role}s in ${profile}`);
  return found;
}

for (const profile of PROFILES) {
  for (const role of ['client', 'server'] as const) {
    t.test(`${profile}: a ${role} of the graph is right without a mistake`, async (test) => {
      const [any] = editsOf(role, profile, 'named');
      if (any === undefined) throw new Error('there are no mistakes');
      const none: Edited = { ...any, mistake: { ...any.mistake, id: 'none', nodes: new Map() } };
      let judged = 0;
      for await (const { id, verdict } of judgeEdit(none)) {
        test.equal(verdict, 'pass', id);
        judged++;
      }
      test.ok(judged > 4, `${String(judged)} checks`);
    });

    for (const wanted of NAMED[role])
      t.test(`${profile}: a ${role} with ${wanted}`, async (test) => {
        const { telling, says } = await tryTelling(editOf(role, profile, wanted));
        test.equal(telling, 'named', says.join('\n'));
      });
  }

  t.test(`${profile}: what is one to a judge, and what nobody can tell from what is right`, (test) => {
    const mistake = (id: string) => editOf('client', profile, id).mistake;
    const swapped = mistake('password-keys-swapped');
    test.equal(isSame('client', profile, swapped, mistake('salts-auth-1-enc-swapped')), true);
    test.equal(isSame('client', profile, swapped, mistake('x-no-colon')), false);
    test.equal(isSame('client', profile, swapped), false);
    test.equal(whyNoFault(editOf('client', profile, 'x-no-colon')), undefined);
    test.match(
      whyNoFault(editOf('client', profile, 'email-white-space-removed')),
      /read as what is right is/,
    );
    test.match(
      whyNoFault(editOf('client', profile, 'pbkdf2-64-bytes')),
      /nothing is left of encSymmetricKey/,
    );
    test.match(whyNoFault(editOf('server', profile, 'u-strip-zeros')), /read as what is right is/);
    test.equal(
      whyNoFault(editOf('server', profile, 'B-signed')),
      undefined,
      'it shows in every fourth login',
    );
    test.end();
  });
}
