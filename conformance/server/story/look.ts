/** What is seen of a server when all calls are answered: which sessions live, what each account is, and what its devices receive. */
import type { Resource } from '../../../reference/index.ts';
import { jsonOf, textOf } from '../../peer/exchange.ts';
import { isSuccess, type ServerBench } from '../bench/bench.ts';
import { holds } from './calls.ts';
import type { Point } from './explain.ts';
import { accountOf, type State } from './state.ts';

/**
 * Looks with every session that there ever was, and with one that lives of each account at its groups.
 *
 * @param known - the ids of all groups
 */
export async function look(
  bench: ServerBench,
  sessions: readonly string[],
  known: readonly string[],
): Promise<Point[]> {
  const seen: Point[] = [];
  const accounts = new Map<string, string>();
  for (const sessionId of sessions) {
    const answer = await bench.send('GET', '/auth/whoami', { sessionId });
    const whoami = jsonOf(answer.responseBody);
    seen.push(holds((state) => isAs(state, sessionId, answer.status, whoami), wrong(sessions, sessionId)));
    if (isSuccess(answer)) accounts.set(textOf(whoami, 'accountId'), sessionId);
  }
  for (const [account, sessionId] of accounts)
    seen.push(await pulledBy(bench, account, sessionId), await linksOf(bench, account, sessionId, known));
  return seen;
}

const wrong = (sessions: readonly string[], session: string): string =>
  `session ${sessions.indexOf(session) + 1} alive or ended as the calls leave it, with the account as it is now`;

/** Whether `whoami` tells what the state says of a session. */
function isAs(
  state: State,
  session: string,
  status: number,
  whoami: Readonly<Record<string, unknown>>,
): boolean {
  const id = accountOf(state, session);
  if (id === undefined) return status === 401;
  const { email, credential } = state.accounts[id] ?? {};
  return (
    whoami['accountId'] === id &&
    whoami['email'] === email &&
    whoami['encSymmetricKey'] === credential?.encSymmetricKey &&
    whoami['saltEnc'] === credential?.saltEnc
  );
}

/** Everything that a device which holds nothing receives. */
async function pulledBy({ send }: ServerBench, account: string, sessionId: string): Promise<Point> {
  const body = { resources: [], blacklist: [] };
  const answer = await send('POST', '/sync/pull', { body, sessionId });
  const { createdResources } = jsonOf(answer.responseBody) as { createdResources?: readonly Resource[] };
  const received = (createdResources ?? [])
    .map(({ resourceGroupId, id, version, encContent }) => [resourceGroupId, id, version, encContent].join())
    .sort();
  return (state) => {
    const due = Object.entries(state.groups)
      .filter(([, { links }]) => account in links)
      .flatMap(([groupId, { resources }]) =>
        Object.entries(resources)
          .filter(([, { removed }]) => !removed)
          .map(([id, { version, encContent }]) => [groupId, id, version, encContent].join()),
      )
      .sort();
    if (due.join('\n') === received.join('\n')) return state;
    return `${due.length} resources for ${state.accounts[account]?.name ?? ''} in a pull, as they were pushed`;
  };
}

/** The account's own links, and none where there must be none. */
async function linksOf(
  { send }: ServerBench,
  account: string,
  sessionId: string,
  known: readonly string[],
): Promise<Point> {
  const links = new Map<string, string>();
  for (const groupId of known) {
    const answer = await send('GET', `/api/resource_groups/${encodeURIComponent(groupId)}`, { sessionId });
    if (answer.status !== 404) links.set(groupId, textOf(jsonOf(answer.responseBody), 'encSymmetricKey'));
  }
  return (state) => {
    const isRight = known.every((groupId) => state.groups[groupId]?.links[account] === links.get(groupId));
    return isRight ? state : `the links that ${state.accounts[account]?.name ?? ''} has, and no others`;
  };
}
