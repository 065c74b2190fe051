/** How often the kill matrix judges a fault: once, or until a check finds it where it shows by chance. */
import t from 'tap';
import { Failure, type Check } from '../check.ts';
import { withSeed, type FaultyPeer } from '../kill-matrix/faulty-peer.ts';
import { matrixText } from '../kill-matrix/record.ts';
import { formatMatrix } from '../kill-matrix/report.ts';
import { isWhole, matrixOf, triesOf, type Matrix } from '../kill-matrix/row.ts';
import { tryFault } from '../kill-matrix/try-fault.ts';
import { runChecks } from '../run.ts';

const judges = [{ id: 'server.a', role: 'server' as const, requirements: ['LOGIN-02'] }];

/** What a check finds in one of its judgements: the first, the second and so on. */
function foundAt(time: number, tries: number | undefined, isChance: boolean) {
  let judged = 0;
  const check: Check<string> = {
    ...{ id: 'server.a', title: 'a', requirements: ['LOGIN-02'] },
    run: () =>
      ++judged === time
        ? Promise.reject(new Failure('it shows', { expected: 'this', actual: 'that' }))
        : Promise.resolve(),
  };
  const judge: FaultyPeer['judge'] = (only) =>
    runChecks([check], ['bench'], {
      ...{ role: 'server', profile: 'documented', capabilities: [], replay: (id) => id, only },
    });
  const one = { id: 'server.one', role: 'server', profile: 'documented', judge } as const;
  const fault = { title: 'shows now and then', requirement: 'LOGIN-02', control: one };
  const peer: FaultyPeer = {
    ...one,
    ...fault,
    ...(tries !== undefined && { tries }),
    isChance: () => isChance,
  };
  return { peer, judged: () => judged };
}

t.test('what shows by chance is tried until it is found, and that is recorded', async (test) => {
  const first = foundAt(1, 24, true);
  test.notHas(await tryFault(first.peer, judges), { tried: Number }, 'nothing is said of one try');
  test.equal(first.judged(), 1);
  const third = foundAt(3, 24, true);
  const row = await tryFault(third.peer, judges);
  test.match(row, { status: 'killed', killedBy: ['server.a'], tried: 3 });
  test.equal(third.judged(), 3);
  const late = foundAt(4, 3, true);
  test.match(await tryFault(late.peer, judges), { status: 'survived' });
  test.equal(late.judged(), 3);

  const matrix = matrixOf([row, { ...row, id: 'server.two', tried: 9 }], []);
  test.same(triesOf(matrix.faults), { again: 2, most: 9 });
  test.same(triesOf([]), { again: 0, most: 1 });
  test.match(formatMatrix(matrix), /^2 that show by chance took more than one try, at most 9$/m);
  test.match((JSON.parse(matrixText(matrix)) as Matrix).faults, [{ tried: 3 }, { tried: 9 }]);
});

t.test('what shows every time is tried once: where no check finds it then, none does', async (test) => {
  for (const [tries, isChance] of [
    [24, false],
    [undefined, true],
  ] as const) {
    const second = foundAt(2, tries, isChance);
    const row = await tryFault(second.peer, judges);
    test.match(row, { status: 'survived' });
    test.equal(second.judged(), 1);
    test.equal(isWhole(matrixOf([row], [])), false);
  }
});

t.test('another seed reaches whoever judges, at every try', async (test) => {
  const { peer } = foundAt(3, 24, true);
  const seeds: (number | undefined)[] = [];
  const judge: FaultyPeer['judge'] = (only, seed) => {
    seeds.push(seed);
    return peer.judge(only);
  };
  await tryFault({ ...peer, judge }, judges);
  await tryFault(withSeed({ ...foundAt(2, 24, true).peer, judge }, 7), judges);
  test.same(seeds.slice(0, 3), [undefined, undefined, undefined], 'the recorded one where nothing is said');
  test.ok(seeds.slice(3).length > 0 && seeds.slice(3).every((seed) => seed === 7));
});
