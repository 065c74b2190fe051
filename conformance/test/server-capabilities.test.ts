/** What a server declares: `account` is always there, and a capability comes with those that it needs. */
import t from 'tap';
import { capabilities } from '../contract/capabilities.ts';
import { capabilitiesOf, faultInCapabilities, serverCapabilities } from '../server/capabilities.ts';
import { bodyCalls } from '../server/http/calls.ts';
import type { ServerBench } from '../server/bench/bench.ts';

const target = { label: 'a server', url: 'http://127.0.0.1:9', mailbox: { kind: 'none' } } as const;

t.test('whether or not account is declared, the same is judged', (test) => {
  const [said, unsaid] = [['account', 'reset'], ['reset']].map((declared) => {
    const able = capabilitiesOf({ ...target, capabilities: declared }, 'documented');
    const bench = { profile: 'documented', capabilities: able } as unknown as ServerBench;
    return { able, calls: bodyCalls(bench).map(({ id }) => id) };
  });
  test.same(said, unsaid);
  for (const id of ['signup', 'loginS', 'logout', 'reset']) test.ok(unsaid?.calls.includes(id), id);
  test.notOk(unsaid?.calls.includes('push'));
  test.end();
});

t.test('what can be judged follows from how it is attached', (test) => {
  const done = () => Promise.resolve();
  for (const [attached, able] of [
    [{ restart: done }, 'restart'],
    [{ restart: done, advance: done }, 'clock'],
  ] as const) {
    test.notOk(capabilitiesOf(target, 'documented').includes(able));
    test.ok(capabilitiesOf({ ...target, ...attached }, 'documented').includes(able), able);
  }
  test.end();
});

t.test('a capability without one that it needs is a fault, for every profile', (test) => {
  for (const profile of ['documented', 'deployed'] as const) {
    const all = serverCapabilities(profile);
    test.equal(faultInCapabilities(all, profile), undefined);
    test.equal(faultInCapabilities([], profile), undefined);
    for (const { name, needs = [] } of capabilities.filter((one) => all.includes(one.name))) {
      test.equal(faultInCapabilities([name, ...needs], profile), undefined, name);
      for (const needed of needs)
        test.match(
          faultInCapabilities(
            all.filter((one) => one !== needed),
            profile,
          ),
          `without ${needed}`,
          `${name} without ${needed}`,
        );
    }
  }
  test.end();
});
