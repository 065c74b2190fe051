/** The model of the stories: what a device may hold after a pull, and what it must. */
import t from 'tap';
import { Failure } from '../check.ts';
import type { ClientBench } from '../client/bench.ts';
import { pull, show, type Group, type Person, type World } from '../story/world.ts';
import type { HeldResource } from '../target/verbs.ts';

const person = (name: string) => ({ name }) as unknown as Person;
const [jane, bob] = [person('Jane'), person('Bob')];
const beds = { groupId: 'rg_1', id: 'req_1', name: 'Beds', type: 'Request' };

/** A group of Jane's in which Bob has seen the first document, and after which it was edited. */
function world(isMember: boolean, held: readonly HeldResource[]): World {
  const members = new Set([jane, bob]);
  const documents = new Map([['req_1', '"seen"']]);
  const group: Group = { id: 'rg_1', name: 'group 1', owner: jane, members, documents, shown: new Map() };
  show(group);
  if (!isMember) members.delete(bob);
  documents.set('req_1', '"edited"');
  show(group);
  const result = { resources: held, failed: [], conflicts: [] };
  const bench = { call: () => Promise.resolve({ exchanges: [], result }) } as unknown as ClientBench;
  return { bench, persons: [jane, bob], groups: [group], known: new Map(), told: [] };
}

t.test('a member holds what is there now, and nothing else', async (test) => {
  await pull(world(true, [{ ...beds, document: 'edited' }]), bob, 'a session');
  for (const held of [[], [{ ...beds, document: 'seen' }], [{ ...beds, id: 'req_2', document: 'edited' }]])
    await test.rejects(pull(world(true, held), bob, 'a session'), Failure);
});

t.test(
  'whose link was withdrawn may hold what was seen before, and nothing that came later',
  async (test) => {
    for (const held of [[], [{ ...beds, document: 'seen' }]])
      await pull(world(false, held), bob, 'a session');
    await test.rejects(pull(world(false, [{ ...beds, document: 'edited' }]), bob, 'a session'), Failure);
    await test.rejects(
      pull(world(false, [{ ...beds, groupId: 'rg_2', document: 'seen' }]), bob, 'a session'),
      Failure,
    );
  },
);
