/** Right requests for every call of `openapi.yaml`, and a server whose store tells what a request changed. */
import type { Call } from '../../spec/generate/openapi.ts';
import { createMemoryStore, type ProfileName, type Store } from '../index.ts';
import type { Draft } from '../../conformance/requests/draft.ts';
import { rightBodies } from '../../conformance/requests/right.ts';
import { same } from './property.ts';
import { fakeAccount, fakeElement, fakeMessage, openWorld, type World } from './server-world.ts';

/** A server with people, a group, a team and a resource. */
export interface Garden extends World {
  /** The right request for a call; the same every time. */
  right(call: Call): Draft;
  /** What the store was told to change since this was asked last; what was taken back does not count. */
  changes(): readonly string[];
  /** Everything that the store says of what was there at first. */
  dump(): unknown;
}

/** Asserts without a word: a run plants thousands of gardens. */
const quiet = {
  equal<T>(actual: unknown, expected: T): actual is T {
    same(actual, expected, 'an answer while planting');
    return true;
  },
};

export async function openGarden(profile: ProfileName): Promise<Garden> {
  const { store, changes } = watched(createMemoryStore());
  const small = { bodyLimit: 8000, syncBodyLimit: 60_000 };
  const limits = { failuresOfAccount: Infinity, mails: Infinity, starters: 50 };
  const world = openWorld(quiet, profile, { store, ...small, limits });
  const { call, person } = world;
  const [jane, bob] = [await person('Jane'), await person('Bob')];
  const group = { parentResourceId: 'wrk_1', name: 'Garden', encSymmetricKey: fakeElement() };
  const { id } = (await call('POST /api/resource_groups', { by: jane, body: group })).body;
  const groupId = String(id);
  const emails = [bob.account.email];
  const teamBody = { name: 'Gardeners', emails };
  const team = String((await call('POST /api/teams', { by: jane, body: teamBody })).body['id']);
  const [createdBy, lastEditedBy] = [jane.account.id, jane.account.id];
  const resource = {
    ...{ id: 'req_1', name: 'Beds', resourceGroupId: groupId, version: '__NO_VERSION__', type: 'Request' },
    ...{ createdBy, lastEdited: 1, lastEditedBy, removed: false, encContent: fakeMessage() },
  };
  await call('POST /sync/push', { by: jane, body: [resource] });
  const { account } = jane;
  const bodies = rightBodies({
    ...{ profile, mine: account, other: bob.account, stranger: fakeAccount('Third'), groupId, resource },
    ...{ oldVerifier: account.verifier, element: fakeElement(), link: fakeElement(), version: 'v1' },
    whom: [{ teamId: team }, { emails }],
  });
  const right = ({ method, path, node }: Call): Draft => {
    const value = bodies[String(node['operationId'])];
    const takesSession = (node['security'] as readonly unknown[]).length > 0;
    return {
      method,
      target: path.replace('{id}', groupId),
      headers: {
        ...(takesSession && { 'x-session-id': jane.session }),
        ...(value !== undefined && { 'content-type': 'application/json' }),
      },
      value,
      bytes: undefined,
    };
  };
  const dump = () => ({
    accounts: [jane, bob].map(({ account }) => store.accountById(account.id)),
    byEmail: [account.email, ...emails].map((email) => store.accountByEmail(email)?.id),
    codes: [jane, bob].map(({ account }) => store.code(account.id)),
    group: store.group(groupId),
    links: store.linksOfGroup(groupId),
    resources: store.resourcesOf(groupId),
    teams: store.teamsOf(account.id),
  });
  changes();
  return { ...world, right, changes, dump };
}

/** What only reads, what HTTP-11 leaves open, and what comes and goes with a login that is begun. */
const NO_CHANGE =
  /^(account|session|code$|group|link|resource|team|dropExpired$|takeStarter$|takeConfirmation$|secret$)/;

/** A store that notes which of its methods were called that change something. */
function watched(store: Store): { store: Store; changes: () => string[] } {
  let noted: string[] = [];
  const own = new Proxy(store, {
    get(target, name: keyof Store) {
      if (name === 'transaction') return transaction;
      if (!NO_CHANGE.test(name)) noted.push(name);
      return target[name];
    },
  });
  const transaction = <T>(act: () => T): T => {
    const before = noted;
    noted = [...before];
    try {
      return store.transaction(act);
    } catch (error) {
      noted = before;
      throw error;
    }
  };
  const changes = (): string[] => {
    const all = noted;
    noted = [];
    return all;
  };
  return { store: own, changes };
}
