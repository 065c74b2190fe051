/** What clients and servers know on every occasion is what the right values take, and grows while a client goes on. */
import t from 'tap';
import type { ProfileName } from '../../reference/index.ts';
import { lackingOn, OCCASIONS } from '../faults/knowledge.ts';
import { editsOf, KINDS } from '../kill-matrix/edits.ts';

const ROLES = ['client', 'server'] as const;
const PROFILES: readonly ProfileName[] = ['documented', 'deployed'];

t.test('nothing is lacking for what is right', (test) => {
  for (const role of ROLES)
    for (const occasion of OCCASIONS[role])
      for (const profile of PROFILES)
        for (const name of occasion.shows)
          test.same(lackingOn(occasion, profile, { nodes: new Map() }, name), [], `${name} ${occasion.when}`);
  test.end();
});

t.test('a client never learns the secret of the server, nor a server that of the client', (test) => {
  const known = (role: 'client' | 'server') => OCCASIONS[role].flatMap(({ knows }) => knows);
  test.notOk(known('client').includes('b'));
  for (const secret of ['passphrase', 'a', 'SYM_Account']) test.notOk(known('server').includes(secret));
  test.end();
});

t.test('what a client takes in a change and not at signup', (test) => {
  const edits = KINDS.flatMap((kind) => editsOf('client', 'documented', kind));
  const [signup] = OCCASIONS.client;
  const change = OCCASIONS.client.at(-1);
  if (signup === undefined || change === undefined) throw new Error('there are no occasions');
  const lacks = (occasion: typeof signup, id: string): string[] => {
    const mistake = edits.find((edit) => edit.mistake.id === id)?.mistake;
    if (mistake === undefined) throw new Error(`${id} is no mistake of clients`);
    return lackingOn(occasion, 'documented', mistake, 'encSymmetricKey').toSorted();
  };
  for (const [id, missing] of [
    ['enc-symmetric-key-by-session-key', ['a', 'b']],
    ['encSymmetricKey.sealed/key:use-SYM_Link.seed', ['SYM_Link.seed']],
    ['encSymmetricKey.sealed/plaintext:use-encContent.plaintext', ['M_Resource']],
  ] as const) {
    test.same(lacks(signup, id), missing, id);
    test.same(lacks(change, id), [], id);
  }
  test.end();
});
