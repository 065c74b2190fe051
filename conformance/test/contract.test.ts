/** The contract as data: it names what the schema lists, what the checks need, and what the doctor tries. */
import t from 'tap';
import { schemas } from '../../spec/schemas.ts';
import { clientChecks } from '../client/checks.ts';
import { capabilities, nameOf } from '../contract/capabilities.ts';
import { story } from '../doctor/story.ts';

const names = capabilities.map(({ name }) => name);

t.test('capabilities are those of adapter-describe', (test) => {
  const schema = schemas.get('adapter-describe') as unknown as {
    $defs: { result: { properties: { capabilities: { items: { enum: string[] } } } } };
  };
  const listed = schema.$defs.result.properties.capabilities.items.enum;
  test.same([...names].sort(), [...listed].sort());
  test.same(
    capabilities.flatMap(({ needs = [] }) => needs).filter((name) => !names.includes(name)),
    [],
  );
  test.end();
});

/** What a target has that is a process; no client declares it. */
const OF_A_PROCESS = 'stderr';

t.test('checks need nothing else', (test) => {
  for (const { id, needs } of clientChecks) {
    const needed = [needs ?? []].flat();
    test.same(
      needed.filter((name) => name !== OF_A_PROCESS && !names.includes(name)),
      [],
      id,
    );
  }
  test.end();
});

t.test('every use of a verb is in the story of the doctor, but for what a result does not show', (test) => {
  const uses = capabilities.flatMap((capability) => capability.uses.map(nameOf));
  const told = story.map(([use]) => use);
  test.same(
    uses.filter((use) => !told.includes(use)),
    ['login with patience'],
  );
  test.same(
    told.filter((use) => !uses.includes(use)),
    [],
  );
  test.equal(new Set(uses).size, uses.length, 'no use belongs to two capabilities');
  test.end();
});
