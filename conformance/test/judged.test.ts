/** Nothing that a client must do is left out by accident: it has a check, or a reason why none can judge it. */
import t from 'tap';
import { listedChecks } from '../catalogue.ts';
import { exclusions } from '../exclusions.ts';
import { allRequirements, requirement } from '../requirements.ts';

t.test('every MUST of a client has a check or a reason', (test) => {
  const checks = listedChecks.filter(({ role }) => role === 'client');
  const judged = new Set(checks.flatMap(({ requirements }) => requirements));
  const musts = allRequirements.filter(({ role, level }) => role !== 'server' && level.startsWith('MUST'));
  test.ok(musts.length > 100);
  for (const { id } of musts) test.ok(judged.has(id) || id in exclusions, id);
  test.end();
});

t.test('a reason is for a requirement, and says something', (test) => {
  for (const [id, reason] of Object.entries(exclusions)) {
    test.equal(requirement(id).id, id);
    test.match(reason, /^[A-Z].{40,}\.$/i, id);
  }
  test.end();
});
