/** A fault that is judged by the record: first by the checks that killed it before, and by all where one does not any more. */
import t from 'tap';
import { Failure, type Check } from '../check.ts';
import { recordIn } from '../kill-matrix/deployed.ts';
import type { FaultyPeer } from '../kill-matrix/faulty-peer.ts';
import { tryFault } from '../kill-matrix/try-fault.ts';
import { runChecks } from '../run.ts';

const REQUIREMENT = 'LOGIN-02';
const judges = ['server.a', 'server.b', 'server.c'].map((id) => ({
  ...{ id, role: 'server' as const, requirements: [REQUIREMENT] },
}));

/** What some of the checks fail, and which were asked, in turn. */
function failing(...ids: string[]) {
  const asked: string[] = [];
  const checks = judges.map(({ id, requirements }): Check<string> => ({
    ...{ id, title: id, requirements },
    run() {
      asked.push(id);
      if (ids.includes(id)) throw new Failure('it shows', { expected: 'this', actual: 'that' });
      return Promise.resolve();
    },
  }));
  const judge: FaultyPeer['judge'] = (only) =>
    runChecks(checks, ['bench'], {
      ...{ role: 'server', profile: 'documented', capabilities: [], replay: (id) => id, only },
    });
  const one = { id: 'server.one', role: 'server', profile: 'documented', judge } as const;
  const peer: FaultyPeer = { ...one, title: 'one', requirement: REQUIREMENT, control: one };
  return { peer, asked };
}

t.test('where those that are recorded kill it again, no other is asked', async (test) => {
  const { peer, asked } = failing('server.a', 'server.b', 'server.c');
  const row = await tryFault(peer, judges, ['server.a', 'server.c']);
  test.match(row, { status: 'killed', says: /^server\.a: it shows/ });
  test.same(row.killedBy, ['server.a', 'server.c']);
  test.same(asked, ['server.a', 'server.c']);
});

t.test('where one of them does not, all are asked', async (test) => {
  const { peer, asked } = failing('server.b', 'server.c');
  const row = await tryFault(peer, judges, ['server.a', 'server.c']);
  test.same([row.status, row.killedBy], ['killed', ['server.b', 'server.c']]);
  test.same(asked, ['server.a', 'server.c', 'server.a', 'server.b', 'server.c']);

  const nobody = failing();
  test.match(await tryFault(nobody.peer, judges, ['server.a']), { status: 'survived', killedBy: [] });
});

t.test('a check that is recorded, and is not bound any more, kills nothing', async (test) => {
  const { peer, asked } = failing('server.a');
  const others = judges.map((judge) => ({
    ...judge,
    requirements: judge.id === 'server.a' ? ['LOGIN-03'] : judge.requirements,
  }));
  test.match(await tryFault(peer, others, ['server.a']), { status: 'caught elsewhere', killedBy: [] });
  test.same(asked, ['server.b', 'server.c', 'server.a']);
});

t.test('where nothing is recorded, all are asked at once', async (test) => {
  const { peer, asked } = failing('server.b');
  test.match(await tryFault(peer, judges, []), { killedBy: ['server.b'] });
  test.same(asked, ['server.a', 'server.b', 'server.c']);
});

t.test('a fault that is for no profile has a record of each', (test) => {
  const killers = (record: ReturnType<typeof recordIn>) =>
    record.faults.find(({ id }) => id === 'client.signup-extra-member')?.killedBy.length ?? 0;
  test.ok(killers(recordIn()) > 0);
  test.ok(killers(recordIn('deployed')) > 0);
  test.same(recordIn('documented').faults.length, recordIn().faults.length);
  test.not(recordIn('deployed').faults.length, recordIn().faults.length);
  test.end();
});
