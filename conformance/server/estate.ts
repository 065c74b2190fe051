/** What hostile requests are made with and must not harm: an account with a group, a team and a resource (chapters 7 and 8). */
import type { HttpCall } from '../../spec/calls.ts';
import { messageSchemas } from '../../spec/message-schemas.ts';
import { Blocked } from '../check.ts';
import { jsonOf } from '../peer/exchange.ts';
import type { Draft } from '../requests/draft.ts';
import { rightBodies } from '../requests/right.ts';
import { isSuccess, type Device, type ServerBench } from './bench.ts';
import {
  groupPath,
  linkFor,
  makeGroup,
  makeTeam,
  NO_VERSION,
  pushed,
  recipients,
  resourceOf,
  shareWith,
  type OwnGroup,
} from './flows.ts';
import { shared } from './shared.ts';

export interface Estate {
  readonly owner: Device;
  /** The right request for a call. */
  right(call: HttpCall): Draft;
  /**
   * What its owner and a member of its group are told, without what the specification leaves open; undefined once the
   * owner has lost it.
   */
  state(): Promise<string | undefined>;
}

/** Somebody with whom the group is shared, and somebody who never signs up. */
const neighbour = shared((bench) => bench.someone('generated.neighbour'));
const stranger = shared((bench) => bench.prepare('generated.stranger'));
const atNeighbours = shared(async (bench) => bench.device(await neighbour(bench)));

/** @param name - of its owner; used once @throws Blocked */
async function plantEstate(bench: ServerBench, name: string): Promise<Estate> {
  const owner = await bench.device(await bench.someone(name));
  const other = await neighbour(bench);
  const has = (capability: string): boolean => bench.capabilities.includes(capability);
  const group = has('groups') ? await makeGroup(bench, owner) : undefined;
  const whom = group && has('sharing') ? await recipients(bench, owner, [other]) : {};
  if (group !== undefined && has('sharing')) await shareWith(bench, group, [other]);
  if (has('teams')) await makeTeam(bench, owner, []);
  const held = group ?? nowhere(owner);
  const resource = resourceOf(bench, held, owner, 'req_1');
  const versions = has('sync') ? await pushed(owner, [resource]) : new Map<string, string>();
  const bodies = rightBodies({
    ...{ profile: bench.profile, mine: owner.account.body, other: other.body },
    ...{ stranger: (await stranger(bench)).body, oldVerifier: other.body.verifier },
    ...{ element: other.body.verifier, link: linkFor(bench, other, held.key), groupId: held.groupId },
    ...{ whom: [whom, whom], resource: { ...resource, id: 'req_new' } },
    version: versions.get('req_1') ?? NO_VERSION,
  });
  return {
    owner,
    right: (call) => rightRequest(call, bodies[call.id] ?? {}, owner, held.groupId),
    state: () => stateOf(bench, owner, group && groupPath(group)),
  };
}

/** A group that there is none of, where a server has no groups. */
const nowhere = (owner: Device): OwnGroup => ({
  ...{ owner, groupId: 'none', key: new Uint8Array(32), link: '', parentResourceId: 'wrk_1', name: '' },
});

function rightRequest(
  { method, path, session }: HttpCall,
  value: unknown,
  { sessionId }: Device,
  groupId: string,
): Draft {
  const withBody = method !== 'GET';
  return {
    method,
    target: path.replace('{id}', encodeURIComponent(groupId)),
    headers: {
      accept: 'application/json',
      ...(session && { 'x-session-id': sessionId }),
      ...(withBody && { 'content-type': 'application/json' }),
    },
    value: withBody ? value : undefined,
    bytes: undefined,
  };
}

/** The estate that stands, and what was told of it last. */
interface Standing {
  readonly estate: Estate;
  readonly state: string;
}

const standing = new WeakMap<ServerBench, Standing>();
const planted = new WeakMap<ServerBench, number>();

/** The one estate for all calls: another one when a request has changed it for good. @throws Blocked */
export async function standingEstate(bench: ServerBench): Promise<Standing> {
  const found = standing.get(bench);
  if (found !== undefined) return found;
  const number = (planted.get(bench) ?? 0) + 1;
  planted.set(bench, number);
  const estate = await plantEstate(bench, `generated.${String(number)}`);
  const state = await estate.state();
  if (state === undefined) throw new Blocked('an account that was just made does not tell who it is');
  const now = { estate, state };
  standing.set(bench, now);
  return now;
}

/** Nothing is asked of the estate that stands any more. */
export const abandonEstate = (bench: ServerBench): void => void standing.delete(bench);

/** What is told of the estate from now on is what it is like: a request was right after all. */
export async function acceptChange(bench: ServerBench): Promise<void> {
  const before = standing.get(bench);
  standing.delete(bench);
  if (before === undefined) return;
  const state = await before.estate.state();
  if (state !== undefined) standing.set(bench, { estate: before.estate, state });
}

/** Calls that only read, by what they need, and the schema of which their answer shows members. */
async function stateOf(
  bench: ServerBench,
  owner: Device,
  group: string | undefined,
): Promise<string | undefined> {
  const whoami = await owner.call('GET', '/auth/whoami');
  if (!isSuccess(whoami)) return undefined;
  const { sessionAge: _, sessionExpiry: __, ...account } = jsonOf(whoami.responseBody); // these count seconds
  const told: unknown[] = [membersOf('whoami-response', account)];
  if (bench.capabilities.includes('teams')) {
    const teams = await owner.call('GET', '/api/teams');
    told.push(JSON.parse(teams.responseBody));
  }
  if (group === undefined) return canonical(told);
  const members = bench.capabilities.includes('sharing') ? [owner, await atNeighbours(bench)] : [owner];
  for (const device of members) {
    const answer = await device.call('GET', group);
    if (device === owner && !isSuccess(answer)) return undefined;
    told.push(answer.status, membersOf('resource-group', jsonOf(answer.responseBody)));
  }
  if (bench.capabilities.includes('sync')) {
    const pull = await owner.call('POST', '/sync/pull', { resources: [], blacklist: [] });
    const { createdResources = [] } = jsonOf(pull.responseBody) as { createdResources?: object[] };
    told.push(createdResources.map((resource) => membersOf('resource', resource)));
  }
  return canonical(told);
}

/** The members that a schema lists. */
function membersOf(schema: string, object: object): object {
  const listed = Object.keys((messageSchemas.get(schema)?.['properties'] as object | undefined) ?? {});
  return Object.fromEntries(Object.entries(object).filter(([name]) => listed.includes(name)));
}

/** As JSON text in which neither the order of members nor that of lists shows. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, held]) => `${JSON.stringify(name)}:${canonical(held)}`);
  return `{${members.sort().join()}}`;
}
