/** Calls about a group that the caller may have no link to, and what they are answered then: as if it did not exist (2.4, 8.3, 8.10). */
import type { Resource } from '../../../reference/index.ts';
import { Blocked, expectSame, expectThat, shorten } from '../../check.ts';
import { jsonOf, type Exchange } from '../../peer/exchange.ts';
import { expectAccepted } from '../answers/acceptance.ts';
import { inAnyOrder, lastingDifference } from '../answers/alike.ts';
import { isSuccess, requestLine, statusAndBody, type Device, type ServerBench } from '../bench/bench.ts';
import {
  groupPath,
  linkFor,
  makeGroup,
  pulled,
  pushed,
  recipients,
  resourceOf,
  type OwnGroup,
} from '../fixtures/flows.ts';
import { emailOf, expectUnchanged, groupOf, idOf, people } from '../fixtures/people.ts';
import { expectRefusal } from '../answers/refusal.ts';
import { shared } from '../fixtures/shared.ts';
import { absentId } from '../fixtures/absent-id.ts';

/** A group, and who does something about it. */
export interface Attempt {
  readonly bench: ServerBench;
  readonly caller: Device;
  /** The group that is named. */
  readonly group: OwnGroup;
  /** A resource in the group, as it is stored. */
  readonly known: Resource;
}

/** A call about a group. */
export interface Call {
  readonly id: string;
  /** What is tried, as it stands in a sentence. */
  readonly what: string;
  readonly needs: readonly string[];
  /** Besides MODEL-02 or UNSHARE-03. */
  readonly requirements?: readonly string[];
  readonly make: (attempt: Attempt) => Promise<Exchange>;
  /** Whether it is a member’s to do and not the owner’s. */
  readonly forMembers?: boolean;
  /** Whether groups without a link are passed over in silence. */
  readonly silent?: boolean;
}

/** The team or person that a share names. */
const whom = shared(async (bench) => {
  const { jane, third } = await people(bench);
  return await recipients(bench, jane, [third.account]);
});

async function linkToThird(bench: ServerBench, { key }: OwnGroup): Promise<Readonly<Record<string, string>>> {
  const { third } = await people(bench);
  return { [idOf(third)]: linkFor(bench, third.account, key) };
}

const about =
  (method: string, call: string, body: (attempt: Attempt) => Promise<unknown>) =>
  async (attempt: Attempt): Promise<Exchange> =>
    await attempt.caller.call(method, groupPath(attempt.group, call), await body(attempt));

const nothing = (): Promise<undefined> => Promise.resolve(undefined);

export const CALLS: readonly Call[] = [
  { id: 'get', what: 'asking for the group', needs: ['groups'], make: about('GET', '', nothing) },
  {
    id: 'share-a',
    what: 'asking for the keys to share the group',
    needs: ['sharing'],
    make: about('POST', 'share-a', ({ bench }) => whom(bench)),
  },
  {
    id: 'share-b',
    what: 'giving somebody a link to the group',
    needs: ['sharing'],
    make: about('POST', 'share-b', async ({ bench, group }) => ({
      ...(await whom(bench)),
      keys: await linkToThird(bench, group),
    })),
  },
  {
    id: 'share-b-nobody',
    what: 'sharing the group without a link',
    needs: ['sharing'],
    make: about('POST', 'share-b', async ({ bench }) => ({ ...(await whom(bench)), keys: {} })),
  },
  {
    id: 'unshare',
    what: 'withdrawing everybody’s link',
    needs: ['groups', 'unshare'],
    make: about('PUT', 'unshare', () => Promise.resolve({})),
  },
  {
    id: 'unshare-self',
    what: 'withdrawing one’s own link',
    needs: ['share-email', 'unshare', 'groups'],
    make: about('PUT', 'unshare', ({ caller }) => Promise.resolve({ emails: [emailOf(caller)] })),
    forMembers: true,
  },
  {
    id: 'push',
    what: 'changing a resource of the group',
    needs: ['groups', 'sync'],
    requirements: ['PUSH-05'],
    make: ({ bench, caller, group, known: { id, version } }) =>
      caller.call('POST', '/sync/push', [resourceOf(bench, group, caller, id, { version, name: 'Taken' })]),
  },
  {
    id: 'push-removal',
    what: 'removing a resource of the group',
    needs: ['groups', 'sync'],
    requirements: ['PUSH-05'],
    make: ({ bench, caller, group, known: { id, version } }) =>
      caller.call('POST', '/sync/push', [resourceOf(bench, group, caller, id, { version, removed: true })]),
  },
  {
    id: 'push-with-own',
    what: 'pushing into the group and into one’s own',
    needs: ['groups', 'sync'],
    requirements: ['PUSH-05'],
    async make({ bench, caller, group, known: { id, version } }) {
      const own = await makeGroup(bench, caller);
      const resources = [
        resourceOf(bench, own, caller, 'req_first'),
        resourceOf(bench, group, caller, id, { version }),
        resourceOf(bench, own, caller, 'req_last'),
      ];
      const answer = await caller.call('POST', '/sync/push', resources);
      if (isSuccess(answer)) return answer;
      const stored = (await pulled(caller)).filter(({ resourceGroupId }) => resourceGroupId === own.groupId);
      expectThat(stored.length === 0, 'a push that is refused is stored in part', {
        sent: requestLine(answer),
        expected: 'nothing of it is stored',
        actual: stored.map((one) => one.id).join(', '),
      });
      return answer;
    },
  },
  {
    id: 'pull',
    what: 'pulling with a resource of the group',
    needs: ['groups', 'sync'],
    requirements: ['PULL-03'],
    make: ({ caller, group: { groupId }, known: { id } }) =>
      caller.call('POST', '/sync/pull', {
        resources: [{ id, resourceGroupId: groupId, version: 'an older one', removed: false }],
        blacklist: [],
      }),
    silent: true,
  },
  {
    id: 'pull-made-up',
    what: 'pulling with a resource that is not in the group',
    needs: ['groups', 'sync'],
    requirements: ['PULL-03'],
    make: ({ caller, group: { groupId } }) =>
      caller.call('POST', '/sync/pull', {
        resources: [{ id: 'req_made_up', resourceGroupId: groupId, version: 'v', removed: false }],
        blacklist: [],
      }),
    silent: true,
  },
  {
    id: 'fix-dupes',
    what: 'naming the group as a duplicate of one’s own',
    needs: ['groups', 'fix-dupes'],
    async make({ bench, caller, group: { groupId, parentResourceId } }) {
      const own = await makeGroup(bench, caller, parentResourceId);
      const ids = [groupId, own.groupId];
      const answer = await caller.call('POST', '/sync/fix-dupes', { ids });
      const told = jsonOf(answer.responseBody);
      const { deleteResourceGroupIds: deleted } = told;
      if (!isSuccess(answer) || !Array.isArray(deleted)) return answer;
      const { status } = await caller.call('GET', groupPath(own));
      expectSame(
        'whether a group is gone, against the answer of fix-dupes,',
        deleted.includes(own.groupId) ? 'yes' : 'no',
        status === 404 ? 'yes' : 'no',
      );
      // Its id is another one each time: only that it is named counts.
      const names = deleted.map((id: unknown) => (id === own.groupId ? 'one’s own' : id));
      return { ...answer, responseBody: JSON.stringify({ ...told, deleteResourceGroupIds: names }) };
    },
    silent: true,
  },
];

/** An answer without the id that was asked for. */
function withoutId(answer: Exchange, groupId: string): Exchange {
  // A short id, such as a number, is also part of other words.
  const word = new RegExp(`(?<!\\w)${groupId.replace(/\W/g, '\\$&')}(?!\\w)`, 'g');
  const nameless = (text: string): string => text.replace(word, ':id');
  const responseBody = nameless(answer.responseBody);
  const { 'content-length': length, ...headers } = answer.responseHeaders;
  return {
    ...answer,
    responseBody,
    responseHeaders: {
      ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, nameless(value)])),
      ...(length !== undefined && { 'content-length': String(responseBody.length) }),
    },
  };
}

/** A group of Jane's with a resource in it, where the server syncs. @throws Blocked */
export async function furnished(
  bench: ServerBench,
  members: readonly Device[],
): Promise<Omit<Attempt, 'caller'>> {
  const group = await groupOf(bench, ...members);
  const resource = resourceOf(bench, group, group.owner, 'req_known');
  if (!bench.capabilities.includes('sync')) return { bench, group, known: resource };
  const version = (await pushed(group.owner, [resource])).get(resource.id);
  if (version === undefined) throw new Blocked('the server did not take a resource');
  return { bench, group, known: { ...resource, version } };
}

/**
 * The call about a group, which must change nothing, and then about one that does not exist.
 *
 * @param another - the same attempt with another group, for what differs from one group to the next
 * @throws Failure
 */
export async function expectAsIfAbsent(
  call: Call,
  who: string,
  attempt: Attempt,
  another: () => Promise<Attempt>,
): Promise<void> {
  const what = `${call.what} by ${who}`;
  const answer = await expectUnchanged(attempt.bench, attempt.group, () => call.make(attempt));
  if (call.silent === true) expectAccepted(what, answer);
  else expectRefusal(what, answer, [404], 'not-found');
  const difference = await lastingDifference(async (turn) => {
    const { group, ...others } = turn === 0 ? attempt : await another();
    const made = async (groupId: string): Promise<Exchange> =>
      withoutId(await call.make({ ...others, group: { ...group, groupId } }), groupId);
    const [one, other] = await inAnyOrder(
      () => made(absentId(group.groupId)),
      () => made(group.groupId),
    );
    return [{ what: call.what, one, other }];
  });
  expectThat(difference === undefined, `${what} is answered otherwise than for a group that does not exist`, {
    sent: requestLine(answer),
    expected: 'the same status, headers and body',
    actual: shorten(difference ?? ''),
  });
}

/** The same call by somebody who has a link, which must succeed. @throws Blocked */
export const twinOf =
  ({ make, forMembers = false, what }: Call) =>
  async (bench: ServerBench): Promise<void> => {
    const { jane, bob } = await people(bench);
    const furniture = await furnished(bench, forMembers ? [bob] : []);
    const answer = await make({ ...furniture, caller: forMembers ? bob : jane });
    if (!isSuccess(answer)) throw new Blocked(`${what} with a link was refused: ${statusAndBody(answer)}`);
  };
