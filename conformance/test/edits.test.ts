/**
 * Clients and servers made of the derivation graph: without a mistake every check passes, with one the failure names it;
 * and two mistakes are one where they write the same bytes. `npm run diagnosis-score` runs all of them.
 */
import t from 'tap';
import {
  checksOf,
  editsOf,
  judgeEdit,
  KINDS,
  PASSED,
  withoutMistake,
  type Edited,
} from '../kill-matrix/edits.ts';
import { tryTelling } from '../kill-matrix/telling.ts';
import { excuseOf, isChance, isSame } from '../kill-matrix/wire.ts';
import type { ProfileName } from '../../reference/index.ts';
import type { Role } from '../verdict.ts';

const PROFILES: readonly ProfileName[] = ['documented', 'deployed'];

/** One of each value that a client sends and a server answers or compares; in each profile others. */
const NAMED: Readonly<Record<ProfileName, Readonly<Record<Role, readonly string[]>>>> = {
  documented: {
    client: [
      ...['email-not-lower-cased', 'hkdf-salt-ikm-swapped', 'x-no-colon', 'M1-sha-1'],
      // Other accounts, a login, the session id or a right verifier tell these from others.
      ...['passphrase-nfc', 'srp-sha-1', 'session-id-hashed'],
    ],
    server: ['B-without-k', 'u-not-padded', 'K-is-S'],
  },
  deployed: {
    client: [
      ...['pbkdf2-1-iterations', 'u-hex-text', 'x-sha-1', 'enc-symmetric-key-by-session-key'],
      ...['trim-control-characters', 'tmp-2-from-auth-1', 'K-S-short-hex'],
    ],
    server: ['M2-without-A', 'session-id-S'],
  },
};

function editOf(role: Role, profile: ProfileName, id: string): Edited {
  const found = KINDS.flatMap((kind) => editsOf(role, profile, kind)).find(
    ({ mistake }) => mistake.id === id,
  );
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
      // Of a server by those that see its edits: a server is the reference otherwise, and that is judged elsewhere.
      const only = role === 'client' ? PASSED.client.join(',') : undefined;
      for await (const { id, verdict } of judgeEdit(none, only === undefined ? {} : { only })) {
        test.equal(verdict, 'pass', id);
        judged++;
      }
      test.ok(judged > 4, `${String(judged)} checks`);
    });

    for (const wanted of NAMED[profile][role])
      t.test(`${profile}: a ${role} with ${wanted}`, async (test) => {
        const { telling, says, but } = await tryTelling(editOf(role, profile, wanted));
        test.equal(telling, 'named', but ?? says ?? 'no check fails');
      });
  }

  t.test(`${profile}: who draws what a mistake needs and has the right values is right`, async (test) => {
    const only = 'client.signup.*';
    const drawing = withoutMistake(editOf('client', profile, 'verifier-strip-zeros'));
    test.match(drawing, { id: `client.graph.${profile}.drawing-SRP_Verifier`, isRight: true });
    const verdicts = new Map<string, string>();
    for await (const { id, verdict } of judgeEdit(drawing, { only })) verdicts.set(id, verdict);
    test.same([...new Set(verdicts.values())], ['pass']);
    for await (const { id, verdict } of judgeEdit({ ...drawing, isRight: false }, { only }))
      verdicts.set(id, verdict);
    // One byte is missing, so that it is no signup at all.
    test.equal(verdicts.get('client.signup.request'), 'fail', 'it is drawn so that it shows');
  });

  t.test(`${profile}: what shows by chance`, (test) => {
    const chance = (role: Role, id: string) => isChance(editOf(role, profile, id));
    for (const id of ['x-no-colon', 'M1-sha-1', 'SRP_Verifier:reverse'])
      test.equal(chance('client', id), false, id);
    test.equal(chance('client', 'A-strip-zeros'), true, 'with a zero byte in front');
    test.equal(chance('client', 'A-signed'), true, 'with a high bit');
    test.equal(chance('client', 'passphrase-nfc'), true, 'with some passphrases');
    test.equal(chance('client', 'srp.A:reverse'), true, 'where it is larger than N, it is refused');
    test.equal(chance('server', 'B-without-k'), false);
    test.equal(chance('server', 'B-signed'), true);
    test.end();
  });

  t.test(`${profile}: what is one to a judge, and what nobody can tell from what is right`, (test) => {
    const mistake = (id: string) => editOf('client', profile, id).mistake;
    const swapped = mistake('password-keys-swapped');
    test.equal(isSame('client', profile, swapped, mistake('salts-auth-1-enc-swapped')), true);
    test.equal(isSame('client', profile, swapped, mistake('x-no-colon')), false);
    test.equal(isSame('client', profile, swapped), false);
    const excuse = (role: Role, id: string) => excuseOf(editOf(role, profile, id));
    const none = { status: 'no fault', why: /read as what is right is/ };
    const unbuilt = (why: RegExp) => ({ status: 'cannot be built', why });
    test.equal(excuse('client', 'x-no-colon'), undefined);
    test.match(excuse('client', 'x-strip-zeros'), none);
    test.equal(
      excuse('client', 'email-white-space-removed'),
      undefined,
      'somebody types an address with some',
    );
    test.equal(excuse('client', 'pbkdf2-64-bytes'), undefined, 'who has a key that is none sends nothing');
    test.equal(
      excuse('client', 'SYM_Link:only-plaintext-0'),
      undefined,
      'what is sent in the open is not what opens to the same',
    );
    test.equal(excuse('client', 'SEC_PWD_Enc:length-16'), undefined, 'it is a key of AES-128');
    test.equal(excuse('client', 'enc-symmetric-key-by-session-key'), undefined, 'K is known in a change');
    test.match(
      excuse('client', 'encPrivateKey.sealed/key:use-SYM_ResourceGroup'),
      unbuilt(
        /^a client computes encPrivateKey at signup alone, and the account has no SYM_ResourceGroup by then$/,
      ),
    );
    test.match(
      excuse('client', 'srp.inner/of/of/0:use-b'),
      unbuilt(/^in no call of the protocol does a client know b$/),
    );
    test.equal(excuse('client', 'srp.inner/of/of/0:use-a'), undefined, 'a is known at login');
    test.match(excuse('client', 'srp.K/of:use-srp.S_server'), none, 'S is the same on both sides');
    test.equal(excuse('client', 'srp.M2/of/of/0:use-srp.S_server'), undefined);
    test.match(excuse('server', 'u-strip-zeros'), none);
    test.match(
      excuse('server', 'session.id:use-srp.x'),
      unbuilt(/^in no call of the protocol does a server know passphrase$/),
    );
    test.equal(excuse('server', 'B-signed'), undefined, 'it shows in every fourth login');
    const checks = (id: string) => checksOf(editOf('client', profile, id));
    test.equal(checks('encSymmetricKey.sealed/key:use-SYM_ResourceGroup').length, 1, 'a change and no more');
    test.ok(checks('srp.inner/of/of/0:use-b').length > 1, 'what cannot be made is looked for everywhere');
    test.end();
  });
}
