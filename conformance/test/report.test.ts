/** The report of a run: what is told once, what is told of each result, and how many requirements are judged. */
import t from 'tap';
import { coverage, listedChecks, listedRequirements, sizeOf } from '../catalogue.ts';
import { causesOf } from '../report/causes.ts';
import { formatResult } from '../report/text.ts';
import type { CheckResult } from '../verdict.ts';

const blocked = (id: string, reason: string, actual: string | null = null): CheckResult => ({
  ...{ id, title: id, requirements: ['SRP-19'], level: 'MUST', role: 'client', profile: 'documented' },
  ...{ verdict: 'blocked', reason, sent: null, expected: null, actual, diagnosis: null, mistakes: [] },
  replay: `replay ${id}`,
});

/** What is said of these results. */
const reported = (results: readonly CheckResult[]): string =>
  causesOf(results)
    .map(([result, ...alike]) => `\n${formatResult(result, alike)}\n`)
    .join('');

t.test('checks that are blocked by one thing are told in one block, the others by themselves', (test) => {
  const many = Array.from({ length: 40 }, (_, i) => blocked(`client.many.${i}`, 'it did not log in'));
  const alone = blocked('client.alone', 'it did not push');
  const seen = blocked('client.seen', 'it did not log in', 'an error');
  const elsewhere: CheckResult = { ...blocked('client.many.0', 'it did not log in'), profile: 'deployed' };
  const failed = ['a', 'b'].map((name): CheckResult => ({
    ...blocked(`client.failed.${name}`, 'it did not log in'),
    verdict: 'fail',
  }));
  const text = reported([...many, alone, seen, elsewhere, ...failed]);
  const [block = ''] = /BLOCKED 40 checks for one reason \(documented\)\n.*?\n\n/s.exec(text) ?? [];
  test.same(
    [...block.matchAll(/client\.many\.\d+(?=,|\n {2})/g)].map(([id]) => id),
    many.map(({ id }) => id),
    'every id is in it',
  );
  test.ok(block.split('\n').length < 15, 'on few lines');
  test.ok(
    block.split('\n').every((line) => line.length <= 120),
    'none of which is long',
  );
  test.match(block, /\n {2}what +it did not log in\n {2}replay +replay client\.many\.0\n\n$/);
  for (const result of [alone, seen, elsewhere, ...failed])
    test.ok(text.includes(`\n${formatResult(result)}\n`), `${result.id} in ${result.profile}`);
  test.equal(text.split('it did not log in').length - 1, 5, 'one reason of forty, and four others');
  test.same(
    causesOf([alone, ...failed]).map(([{ id }]) => id),
    ['client.failed.a', 'client.failed.b', 'client.alone'],
    'failures come first',
  );
  test.same(causesOf([{ ...alone, verdict: 'pass' }]), [], 'what passes is not told');
  test.end();
});

t.test(
  'of many requirements those of the diagnosis come first, and the last are told by their ids',
  (test) => {
    const requirements = ['SRP-01', 'SRP-02', 'SRP-03', 'SRP-15', 'SRP-29'];
    const wrong = { ...blocked('server.login.M2', 'it is wrong'), requirements };
    const told = (diagnosis: string | null): string[] =>
      formatResult({ ...wrong, diagnosis })
        .split('\n')
        .slice(1, 5);
    const [first = '', ...others] = told('Your M2 is the value one gets with K before M1 (§5.5).');
    test.match(first, /^ {2}SRP-29 \(§5\.5\) M2 MUST be /);
    test.equal(others[2], '  also SRP-03, SRP-15: e2ee-sync explain server.login.M2');
    test.equal(told(null)[3], '  also SRP-15, SRP-29: e2ee-sync explain server.login.M2');
    test.notMatch(formatResult(blocked('client.a', 'it is wrong')), 'also');
    test.end();
  },
);

t.test('how many checks there are is told by role and profile', (test) => {
  const size = sizeOf(['client', 'server'], ['documented', 'deployed']);
  const parts = ['client in documented', 'client in deployed', 'server in documented', 'server in deployed'];
  test.match(size, new RegExp(`^Checks: ${parts.map((part) => `\\d+ of a ${part}`).join(', ')}$`));
  const own = listedChecks.filter(
    ({ role, profile }) => role === 'server' && profile !== 'documented',
  ).length;
  test.equal(sizeOf(['server'], ['deployed']), `Checks: ${String(own)} of a server in deployed`);
  test.end();
});

t.test('a requirement without a check has a reason, or is counted as one that has neither', (test) => {
  const [first] = listedRequirements;
  if (first === undefined) throw new Error('there is no requirement');
  const judged = { ...first, checks: ['client.login.M1'], excluded: null };
  const excluded = { ...first, checks: [], excluded: 'no test can find one' };
  const left = { ...first, checks: [], excluded: null };
  test.equal(coverage([judged]), '1 of the 1 requirements have a check');
  test.equal(
    coverage([judged, excluded, excluded]),
    '1 of the 3 requirements have a check; 2 have a reason why none can judge them: e2ee-sync explain ID gives it',
  );
  test.equal(coverage([judged, left]), '1 of the 2 requirements have a check; 1 have neither');
  test.match(coverage(), /^\d+ of the \d+ requirements have a check; \d+ have a reason/);
  test.end();
});
