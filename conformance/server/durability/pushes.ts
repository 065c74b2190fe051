/** Pushes of several resources: new ones, changed ones from the version that the server gave, and one that is removed (8.5, 8.8). */
import type { Resource } from '../../../reference/index.ts';
import { Blocked } from '../../check.ts';
import { textOf } from '../../peer/exchange.ts';
import { itemsOf, makeGroup, NO_VERSION, resourceOf, type OwnGroup } from '../fixtures/flows.ts';
import { pullLists, RESOURCE_MEMBERS } from '../sync/sync-world.ts';
import { acknowledged, certainly, type Known, type Witness } from './witness.ts';
import type { Work } from './work.ts';

/** Changed by every push. */
export const SHARED = ['req_a', 'req_b', 'req_c', 'req_d'];

/** A resource as it was pushed, with the version that it got; without, where that is not known. */
type Stored = Omit<Resource, 'version'> & { readonly version: string | undefined };

/** By id; undefined where the server has none. */
type Holdings = Map<string, Known<Stored | undefined>>;

/** In a group of its own. @throws Blocked */
export async function pushes(who: Witness): Promise<Work> {
  const group = await makeGroup(who.bench, who);
  const held: Holdings = new Map();
  let number = 0;
  const own = (n: number): string => `req_${String(n)}`;
  const next = (): readonly Resource[] => {
    number++;
    const name = `push ${String(number)}`;
    const removed = held.get(own(number - 1))?.certain?.version === undefined ? [] : [own(number - 1)];
    return [...SHARED, own(number), ...removed].map((id) => {
      const version = held.get(id)?.certain?.version ?? NO_VERSION;
      return resourceOf(who.bench, group, who, id, { name, version, removed: removed.includes(id) });
    });
  };
  return {
    async act() {
      const sent = next();
      for (const resource of sent)
        held.set(resource.id, {
          certain: held.get(resource.id)?.certain,
          possible: { ...resource, version: undefined },
        });
      const answer = await acknowledged(who, 'POST', '/sync/push', sent);
      for (const resource of sent)
        held.set(resource.id, certainly({ ...resource, version: versionIn(answer, resource.id) }));
    },
    losses: () => lossesOf(who, group, held),
  };
}

/** @throws Blocked where the answer does not list the resource as taken */
function versionIn(answer: Readonly<Record<string, unknown>>, id: string): string {
  const taken = ['created', 'updated', 'removed'].flatMap((list) => itemsOf(answer, list));
  const version = taken.find((item) => item['id'] === id)?.['version'];
  if (typeof version !== 'string')
    throw new Blocked(`a push of ${id} was not taken, though nobody else pushes it`);
  return version;
}

async function lossesOf(who: Witness, group: OwnGroup, held: Holdings): Promise<readonly string[]> {
  const { groupId } = group;
  const version = 'no version at all';
  const listed = [...held.keys()].map((id) => ({ id, resourceGroupId: groupId, version, removed: false }));
  const { updatedResources, createdResources, idsToRemove } = await pullLists(who, listed);
  const found = (id: string): Stored | undefined =>
    updatedResources.find((resource) => resource.id === id && resource.resourceGroupId === groupId);
  const losses = createdResources
    .filter(({ resourceGroupId }) => resourceGroupId === groupId)
    .map(({ id }) => `${id} is there, and nobody has pushed it`);
  /** Of the push that was under way, if there was one: the ids that are there, and those that are as before it. */
  const underWay = { stored: [] as string[], missing: [] as string[] };
  for (const [id, known] of held) {
    const there = idsToRemove.includes(id) ? 'removed' : found(id);
    const fitting = [known.certain, known.possible].filter((stored) => fits(there, stored, known.certain));
    if (fitting.length === 0)
      losses.push(`${id} is ${tell(there)}, and ${tell(known.certain)} was acknowledged last`);
    else held.set(id, certainly(typeof there === 'object' ? there : fitting[0]));
    if (known.possible !== known.certain && fitting.length === 1)
      underWay[fitting[0] === known.possible ? 'stored' : 'missing'].push(id);
  }
  const { stored, missing } = underWay;
  if (stored.length > 0 && missing.length > 0)
    losses.push(`of one push ${stored.join(', ')} is there, and ${missing.join(', ')} is not (PUSH-09)`);
  return losses;
}

/** Whether this is what is stored; what was not acknowledged has a version that is not the one before. */
function fits(
  there: Stored | 'removed' | undefined,
  stored: Stored | undefined,
  before: Stored | undefined,
): boolean {
  if (there === undefined || stored === undefined) return there === stored;
  if (there === 'removed' || stored.removed) return there === 'removed' && stored.removed;
  const isSame = RESOURCE_MEMBERS.every((name) => name === 'version' || there[name] === stored[name]);
  return (
    isSame &&
    (stored.version === undefined ? there.version !== before?.version : there.version === stored.version)
  );
}

function tell(stored: Stored | 'removed' | undefined): string {
  if (stored === undefined) return 'not there';
  if (stored === 'removed' || stored.removed) return 'removed';
  const version = stored.version === undefined ? '' : ` with the version ${stored.version}`;
  return `as in ${textOf({ ...stored }, 'name')}${version}`;
}
