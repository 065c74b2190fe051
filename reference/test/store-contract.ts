/** What every storage does, whatever it keeps things in: `testStore(t, createMemoryStore)`. */
import type t from 'tap';
import type { Store } from '../index.ts';
import { fakeElement } from './server-world.ts';
import { group, link, record, resource, starter } from './store-rows.ts';

type Test = (test: Pick<typeof t, 'equal' | 'same' | 'throws'>, store: Store) => void;

const tests: Readonly<Record<string, Test>> = {
  'accounts have an address and an id of their own'(test, store) {
    const jane = record('Jane');
    const bob = record('Bob');
    test.equal(store.addAccount(jane), 'added');
    test.equal(store.addAccount(bob), 'added');
    test.equal(store.addAccount({ ...record('Else'), email: jane.email }), 'email-taken');
    test.equal(store.addAccount({ ...record('Else'), id: jane.id }), 'id-taken');
    test.same(store.accountByEmail(jane.email), jane);
    test.same(store.accountById(bob.id), bob);
    test.equal(store.accountByEmail('else@example.com'), undefined);
    test.equal(store.accountById(''), undefined);
  },

  'an account is confirmed, replaced and dropped'(test, store) {
    const jane = record('Jane');
    store.addAccount(jane);
    store.setVerified(jane.id);
    test.same(store.accountByEmail(jane.email), { ...jane, isVerified: true });
    const moved = { ...jane, email: 'jane@example.org', verifier: fakeElement() };
    store.replaceAccount(moved);
    test.same(store.accountByEmail(moved.email), moved);
    test.same(store.accountById(jane.id), moved);
    test.equal(store.accountByEmail(jane.email), undefined, 'the old address is free');
    test.equal(store.addAccount(record('Jane')), 'added');
    store.dropAccount(jane.id);
    test.equal(store.accountByEmail(moved.email), undefined);
    test.equal(store.accountById(jane.id), undefined);
    store.setVerified(jane.id);
    test.equal(store.accountById(jane.id), undefined, 'nobody is confirmed into being');
  },

  'a starter is taken once, and dropped with its address'(test, store) {
    store.addStarter('one', starter('jane@example.com', 10));
    store.addStarter('two', starter('jane@example.com', 10));
    store.addStarter('three', starter('bob@example.com', 10));
    test.same(store.takeStarter('one'), starter('jane@example.com', 10));
    test.equal(store.takeStarter('one'), undefined);
    store.dropStarters('jane@example.com');
    test.equal(store.takeStarter('two'), undefined);
    test.same(store.takeStarter('three'), starter('bob@example.com', 10));
  },

  'sessions end one by one, or all of an account'(test, store) {
    const [jane, bob] = [record('Jane'), record('Bob')];
    store.addAccount(jane);
    store.addAccount(bob);
    for (const hash of ['one', 'two', 'three']) store.addSession(hash, jane.id);
    store.addSession('four', bob.id);
    store.dropSession('one');
    store.dropSession('unknown');
    test.equal(store.sessionAccount('one'), undefined);
    test.equal(store.sessionAccount('two'), jane.id);
    store.dropSessions(jane.id, 'two');
    test.same(['two', 'three', 'four'].map(store.sessionAccount), [jane.id, undefined, bob.id]);
    store.dropSessions(jane.id);
    test.same(['two', 'four'].map(store.sessionAccount), [undefined, bob.id]);
  },

  'a link is taken once, and dropped with its account'(test, store) {
    const [jane, bob] = [record('Jane'), record('Bob')];
    store.addAccount(jane);
    store.addAccount(bob);
    const confirmation = { accountId: jane.id, email: jane.email, expires: 10 };
    for (const hash of ['one', 'two']) store.addConfirmation(hash, confirmation);
    store.addConfirmation('three', { ...confirmation, accountId: bob.id });
    test.same(store.takeConfirmation('one'), confirmation);
    test.equal(store.takeConfirmation('one'), undefined);
    store.dropConfirmations(jane.id);
    test.equal(store.takeConfirmation('two'), undefined);
    test.equal(store.takeConfirmation('three')?.accountId, bob.id);
  },

  'an account has one code'(test, store) {
    const jane = record('Jane');
    store.addAccount(jane);
    test.equal(store.code(jane.id), undefined);
    store.addCode(jane.id, { hash: 'one', wrong: 0, expires: 10 });
    store.countWrongCode(jane.id);
    store.countWrongCode(jane.id);
    test.same(store.code(jane.id), { hash: 'one', wrong: 2, expires: 10 });
    store.addCode(jane.id, { hash: 'two', wrong: 0, expires: 20 });
    test.same(store.code(jane.id), { hash: 'two', wrong: 0, expires: 20 });
    store.dropCode(jane.id);
    store.countWrongCode(jane.id);
    test.equal(store.code(jane.id), undefined);
  },

  'what has expired goes, and nothing else'(test, store) {
    const [jane, bob] = [record('Jane'), record('Bob')];
    store.addAccount(jane);
    store.addAccount(bob);
    for (const [i, name] of ['one', 'two', 'three'].entries()) {
      store.addStarter(name, starter('jane@example.com', 10 + i));
      store.addConfirmation(name, { accountId: jane.id, email: jane.email, expires: 10 + i });
    }
    store.addCode(jane.id, { hash: 'old', wrong: 0, expires: 9 });
    store.addCode(bob.id, { hash: 'bob', wrong: 0, expires: 10 });
    store.addCode(jane.id, { hash: 'new', wrong: 0, expires: 12 });
    store.dropExpired(11);
    test.equal(store.takeStarter('one'), undefined);
    test.equal(store.takeStarter('two'), undefined, 'at the moment itself too');
    test.equal(store.takeStarter('three')?.expires, 12);
    test.equal(store.takeConfirmation('two'), undefined);
    test.equal(store.takeConfirmation('three')?.expires, 12);
    test.equal(store.code(bob.id), undefined);
    test.equal(store.code(jane.id)?.hash, 'new');
  },

  'a group goes with its links and resources'(test, store) {
    const [jane, bob] = [record('Jane'), record('Bob')];
    store.addAccount(jane);
    store.addAccount(bob);
    const [janes, bobs] = [link('rg_1', jane.id), link('rg_1', bob.id)];
    const other = link('rg_2', bob.id);
    store.addGroup(group('rg_1', jane.id));
    store.addGroup(group('rg_2', bob.id));
    for (const one of [janes, bobs, other]) store.putLink(one);
    store.putResource(resource('rg_1', 'req_1', 'v1'));
    store.putResource(resource('rg_2', 'req_1', 'v2'));
    test.same(store.group('rg_1'), group('rg_1', jane.id));
    test.same(store.link('rg_1', bob.id), bobs);
    test.same(store.linksOfGroup('rg_1'), [janes, bobs]);
    test.same(store.linksOfAccount(bob.id), [bobs, other]);
    test.equal(store.resource('rg_1', 'req_1')?.version, 'v1', 'one id in two groups is two resources');
    test.equal(store.resource('rg_2', 'req_1')?.version, 'v2');
    store.dropGroup('rg_1');
    test.equal(store.group('rg_1'), undefined);
    test.same(store.linksOfGroup('rg_1'), []);
    test.same(store.linksOfAccount(bob.id), [other]);
    test.same(store.resourcesOf('rg_1'), []);
    test.equal(store.resource('rg_2', 'req_1')?.version, 'v2');
  },

  'groups by their age'(test, store) {
    const jane = record('Jane');
    store.addAccount(jane);
    for (const id of ['rg_b', 'rg_c', 'rg_a']) store.addGroup(group(id, jane.id));
    const ids = (named: readonly string[]) => store.groupsByAge(named).map(({ id }) => id);
    test.same(ids(['rg_a', 'rg_b', 'rg_c']), ['rg_b', 'rg_c', 'rg_a'], 'created in the same millisecond');
    test.same(
      ids(['rg_a', 'rg_x', 'rg_b', 'rg_a']),
      ['rg_b', 'rg_a'],
      'each once, and none that is not there',
    );
    test.same(ids([]), []);
  },

  'a link and a resource are replaced, and a link goes'(test, store) {
    const [jane, bob] = [record('Jane'), record('Bob')];
    store.addAccount(jane);
    store.addAccount(bob);
    store.addGroup(group('rg_1', jane.id));
    store.putLink(link('rg_1', jane.id));
    store.putLink(link('rg_1', bob.id));
    const again = link('rg_1', bob.id);
    store.putLink(again);
    test.same(store.link('rg_1', bob.id), again);
    test.equal(store.linksOfGroup('rg_1').length, 2);
    store.dropLink('rg_1', bob.id);
    test.equal(store.link('rg_1', bob.id), undefined);
    test.same(store.linksOfAccount(bob.id), []);
    test.equal(store.linksOfGroup('rg_1').length, 1);
    store.putResource(resource('rg_1', 'req_1', 'v1'));
    const second = { ...resource('rg_1', 'req_1', 'v2'), removed: true };
    store.putResource(second);
    test.same(store.resource('rg_1', 'req_1'), second);
    test.same(store.resourcesOf('rg_1'), [second]);
    test.equal(store.resource('rg_1', 'req_2'), undefined);
  },

  'ids of resources are any text'(test, store) {
    const jane = record('Jane');
    store.addAccount(jane);
    store.addGroup(group('rg_1', jane.id));
    const ids = ['a/b', "o'b; --", '__proto__', 'ä\u0000\n', ' ', '😀'];
    for (const id of ids) store.putResource(resource('rg_1', id, `version of ${id}`));
    for (const id of ids) test.equal(store.resource('rg_1', id)?.version, `version of ${id}`);
    test.same(
      store.resourcesOf('rg_1').map(({ id }) => id),
      ids,
    );
  },

  teams(test, store) {
    const [jane, bob] = [record('Jane'), record('Bob')];
    store.addAccount(jane);
    store.addAccount(bob);
    const team = { id: 'team_1', name: 'Gardeners', ownerAccountId: jane.id };
    store.addTeam({ ...team, accountIds: [jane.id, bob.id] });
    store.addTeam({ ...team, id: 'team_2', accountIds: [jane.id] });
    test.same(store.team('team_1'), { ...team, accountIds: [jane.id, bob.id] });
    test.same(
      store.teamsOf(jane.id).map(({ id }) => id),
      ['team_1', 'team_2'],
    );
    store.leaveTeams(jane.id);
    test.same(store.teamsOf(jane.id), []);
    test.same(store.teamsOf(bob.id), [{ ...team, accountIds: [bob.id] }], 'the others stay');
    test.equal(store.team('team_2'), undefined, 'a team with nobody in it is gone');
  },

  'the secret of the server is drawn once'(test, store) {
    const secret = new Uint8Array(32).fill(7);
    test.same(store.secret(secret), secret);
    test.same(store.secret(new Uint8Array(32).fill(8)), secret);
  },

  'a transaction hands back what was made of it'(test, store) {
    const jane = record('Jane');
    test.equal(
      store.transaction(() => store.addAccount(jane)),
      'added',
    );
    test.same(store.accountById(jane.id), jane);
  },

  'a transaction that throws changes nothing'(test, store) {
    const [jane, bob] = [record('Jane'), record('Bob')];
    store.addAccount(jane);
    store.addGroup(group('rg_1', jane.id));
    const janes = link('rg_1', jane.id);
    store.putLink(janes);
    store.putResource(resource('rg_1', 'req_1', 'v1'));
    store.addSession('one', jane.id);
    store.addStarter('one', starter(jane.email, 10));
    store.addConfirmation('one', { accountId: jane.id, email: jane.email, expires: 10 });
    store.addCode(jane.id, { hash: 'one', wrong: 0, expires: 10 });
    store.addTeam({ id: 'team_1', name: 'One', ownerAccountId: jane.id, accountIds: [jane.id] });
    const everything = (): unknown => ({
      accounts: [jane.email, bob.email, 'jane@example.org'].map(store.accountByEmail),
      groups: ['rg_1', 'rg_2'].map(store.group),
      links: [store.linksOfGroup('rg_1'), store.linksOfAccount(jane.id)],
      resources: store.resourcesOf('rg_1').map(({ id, version }) => [id, version]),
      sessions: [store.sessionAccount('one'), store.sessionAccount('two')],
      code: store.code(jane.id),
      teams: store.teamsOf(jane.id),
    });
    const before = everything();
    const failing = (): never => {
      store.addAccount(bob);
      store.replaceAccount({ ...jane, email: 'jane@example.org' });
      store.addGroup(group('rg_2', jane.id));
      store.putLink(link('rg_1', jane.id));
      store.putLink(link('rg_2', jane.id));
      store.putResource(resource('rg_1', 'req_1', 'v2'));
      store.putResource(resource('rg_1', 'req_2', 'v1'));
      store.transaction(() => {
        store.addSession('two', jane.id);
      });
      store.dropSessions(jane.id);
      store.dropStarters(jane.email);
      store.dropConfirmations(jane.id);
      store.countWrongCode(jane.id);
      store.dropCode(jane.id);
      store.leaveTeams(jane.id);
      store.dropGroup('rg_1');
      store.dropAccount(jane.id);
      throw new Error('in the middle');
    };
    test.throws(() => store.transaction(failing), { message: 'in the middle' });
    test.same(everything(), before);
    test.equal(store.takeStarter('one')?.email, jane.email);
    test.equal(store.takeConfirmation('one')?.accountId, jane.id);
    test.equal(
      store.transaction(() => store.addAccount(bob)),
      'added',
      'the next one starts anew',
    );
  },
};

/** Runs every test against a new store each. */
export function testStore(test: typeof t, create: () => Store): void {
  for (const [name, run] of Object.entries(tests))
    void test.test(name, (one) => {
      run(one, create());
      one.end();
    });
}
