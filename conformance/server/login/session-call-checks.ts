/** Every call that takes a session, without a live one: refused, and without effect (7.5, 9.4). */
import { randomBytes } from 'node:crypto';
import { httpCalls, type HttpCall } from '../../../spec/calls.ts';
import { expectSame, type Check } from '../../check.ts';
import { NEEDED_FOR_CALLS } from '../capabilities.ts';
import type { Device, ServerBench } from '../bench/bench.ts';
import { groupPath, linkFor, makeGroup, pushed, resourceOf, type OwnGroup } from '../fixtures/flows.ts';
import { expectRefusal } from '../answers/refusal.ts';
import { accountTold, toldOf } from '../answers/told.ts';
import { judgeRows } from '../fixtures/rows.ts';
import { shared } from '../fixtures/shared.ts';
import { taken } from '../fixtures/valid.ts';

/** An account with a live session, one that was logged out, and, where the server has them, a group and a resource. */
interface World {
  readonly device: Device;
  readonly dead: string;
  readonly group: OwnGroup | undefined;
}

const world = shared(async (bench): Promise<World> => {
  const account = await bench.someone('session-calls');
  const [device, other] = [await bench.device(account), await bench.device(account)];
  await other.done('POST', '/auth/logout');
  const has = (name: string): boolean => bench.capabilities.includes(name);
  const group = has('groups') ? await makeGroup(bench, device) : undefined;
  if (group !== undefined && has('sync')) await pushed(device, [resourceOf(bench, group, device, 'req_1')]);
  return { device, dead: other.sessionId, group };
});

/** What the account has, as its live session sees it: text that stays the same while nothing is changed. */
async function stateOf({ capabilities }: ServerBench, { device, group }: World): Promise<string> {
  const seen = [accountTold(await device.done('GET', '/auth/whoami'))];
  if (group !== undefined) seen.push(toldOf('resource-group', await device.done('GET', groupPath(group))));
  if (capabilities.includes('sync')) {
    const all = { resources: [], blacklist: [] };
    seen.push(toldOf('pull-response', await device.done('POST', '/sync/pull', all)));
  }
  if (capabilities.includes('teams'))
    seen.push(toldOf('teams-response', await device.done('GET', '/api/teams')));
  return seen.join('\n');
}

/** What a request says of its session. */
interface Said {
  readonly sessionId?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: string;
}

/** Session ids that are not exactly the id of a live session. */
function idsOf({ device: { sessionId }, dead }: World): Readonly<Record<string, string | undefined>> {
  const otherDigit = sessionId.endsWith('0') ? '1' : '0';
  return {
    missing: undefined,
    empty: '',
    'made up': randomBytes(32).toString('hex'),
    'logged out': dead,
    'a byte short': sessionId.slice(0, 62),
    'a byte too long': `${sessionId}00`,
    'wrong in its last digit': sessionId.slice(0, -1) + otherDigit,
    // one that has no letters is the same in upper case
    ...(/[a-f]/.test(sessionId) && { 'in upper case': sessionId.toUpperCase() }),
    'in base64url': Buffer.from(sessionId, 'hex').toString('base64url'),
    'there twice': `${sessionId}, ${sessionId}`,
    'a bearer token': `Bearer ${sessionId}`,
  };
}

/** Names under which servers look for a session. */
const NAMES = ['X-Session-Id', 'sessionId', 'session_id', 'session', 'sid', 'token'];

/** The id of a live session where no session is taken from: no other header and no cookie takes part (9.3), and no query (9.4). */
function elsewhere({ device: { sessionId } }: World): Readonly<Record<string, Said>> {
  const named = NAMES.map((name) => `${name}=${sessionId}`);
  return {
    'in Authorization': { headers: { authorization: `Bearer ${sessionId}` } },
    'in cookies': { headers: { cookie: named.join('; ') } },
    'in the query': { query: `?${named.join('&')}` },
  };
}

type Make = (bench: ServerBench, world: World) => unknown;

/** Bodies that are well-formed, and would change something where the call changes anything. */
const BODIES: Readonly<Record<string, Make>> = {
  changePassword: ({ profile }, { device: { account } }) => ({
    verifier: account.body.verifier,
    newEmail: account.body.email,
    encSymmetricKey: account.body.encSymmetricKey,
    newVerifier: account.body.verifier,
    newEncSymmetricKey: account.body.encSymmetricKey,
    newFirstName: 'Somebody else',
    ...(profile === 'documented' && {
      newSaltKey: '1'.repeat(64),
      newSaltAuth: '2'.repeat(64),
      newSaltEnc: '3'.repeat(64),
    }),
  }),
  createTeam: () => ({ name: 'Gardeners', emails: [] }),
  createResourceGroup: (_, { group }) => ({
    parentResourceId: 'wrk_2',
    name: 'Beds',
    encSymmetricKey: group?.link ?? 'ab'.repeat(256),
  }),
  shareA: () => ({ teamId: 'none' }),
  shareB: (bench, { device: { account }, group }) => ({
    teamId: 'none',
    keys: group === undefined ? {} : { [account.body.id]: linkFor(bench, account, group.key) },
  }),
  unshare: () => ({}),
  push: (bench, { device, group }) =>
    group === undefined ? [] : [resourceOf(bench, group, device, 'req_2')],
  pull: () => ({ resources: [], blacklist: [] }),
  fixDupes: (_, { group }) => ({ ids: [group?.groupId ?? 'none'] }),
};

const withoutSession = ({ id, method, path, profiles }: HttpCall): Check<ServerBench> => ({
  id: `server.session.${id}`,
  title: `${method} ${path} is refused without a live session, and changes nothing.`,
  requirements: ['SESSION-02', 'HTTP-11'],
  ...(NEEDED_FOR_CALLS[id] !== undefined && { needs: NEEDED_FOR_CALLS[id] }),
  ...(profiles.length === 1 && profiles[0] !== undefined && { profile: profiles[0] }),
  async twin(bench) {
    await stateOf(bench, await world(bench));
    await taken(id)(bench);
  },
  async run(bench) {
    const own = await world(bench);
    const body = BODIES[id]?.(bench, own);
    const target = path.replace('{id}', own.group?.groupId ?? 'none');
    const before = await stateOf(bench, own);
    const ids = Object.entries(idsOf(own)).map(([what, sessionId]): [string, Said] => [what, { sessionId }]);
    const rows = [...ids, ...Object.entries(elsewhere(own))];
    await judgeRows(rows, async ([what, { query = '', ...said }]) => {
      const answer = await bench.send(method, target + query, { body, ...said });
      expectRefusal(`${method} ${path} with a session id that is ${what}`, answer, [401], 'no-session');
    });
    expectSame('what the account has after calls without a session', before, await stateOf(bench, own));
  },
});

export const sessionCallChecks: readonly Check<ServerBench>[] = httpCalls
  .filter(({ session }) => session)
  .map(withoutSession);
