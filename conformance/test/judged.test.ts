/**
 * Nothing that a client or a server must do is left out by accident: it has a check and a fault that
 * the check kills, or a reason why none can judge it.
 */
import t from 'tap';
import { listedChecks } from '../catalogue.ts';
import { exclusions } from '../exclusions.ts';
import { readMatrix } from '../kill-matrix/record.ts';
import { allRequirements, requirement } from '../requirements.ts';

for (const [role, other] of [
  ['client', 'server'],
  ['server', 'client'],
] as const)
  t.test(`every MUST of a ${role} has a check or a reason`, (test) => {
    const checks = listedChecks.filter((check) => check.role === role);
    const judged = new Set(checks.flatMap(({ requirements }) => requirements));
    const musts = allRequirements.filter((one) => one.role !== other && one.level.startsWith('MUST'));
    test.ok(musts.length > 100);
    for (const { id } of musts) test.ok(judged.has(id) || id in exclusions, id);
    test.end();
  });

t.test(
  'every MUST that a check can judge is broken by a fault that is killed, in each of its roles',
  (test) => {
    const killed = new Set(
      readMatrix()
        .faults.filter(({ status }) => status === 'killed')
        .map(({ role, requirement }) => `${role} ${requirement}`),
    );
    const musts = allRequirements.filter(({ id, level }) => level.startsWith('MUST') && !(id in exclusions));
    const wanted = musts.flatMap(({ id, role }) =>
      (role === 'both' ? ['client', 'server'] : [role]).map((one) => `${one} ${id}`),
    );
    test.ok(wanted.length > 200);
    test.same(
      wanted.filter((one) => !killed.has(one)),
      [],
    );
    test.end();
  },
);

t.test('a reason is for a requirement, and says something', (test) => {
  for (const [id, reason] of Object.entries(exclusions)) {
    test.equal(requirement(id).id, id);
    test.match(reason, /^[A-Z].{40,}\.$/i, id);
  }
  test.end();
});
