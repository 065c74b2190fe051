/** Servers that tell of a group to who has no link to it at one kind of call alone: a row for each, made by rule (2.4, 8.3). */
import type { Store } from '../../reference/index.ts';
import { faulty, heard, withReason, type ServerFault } from './server-parts.ts';

type Json = Readonly<Record<string, unknown>>;
interface Named {
  readonly id: string;
  readonly resourceGroupId: string;
  readonly removed?: boolean;
}

/** A request, as far as it tells calls about groups apart. */
interface Asked {
  /** `GET`, or the call and its method: `POST share-a`, `POST /sync/push`. */
  readonly line: string;
  readonly body: Json;
  /** Of a push or a pull. */
  readonly resources: readonly Named[];
  readonly groupIds: readonly string[];
  readonly store: Store;
}

const isEmpty = (value: unknown): boolean => value === undefined || Object.keys(value as object).length === 0;
const inGroup = ({ resources, store }: Asked): boolean =>
  resources.some(({ id, resourceGroupId }) => store.resource(resourceGroupId, id) !== undefined);
const isRemoval = ({ resources }: Asked): boolean => resources[0]?.removed === true;

/** Kinds of call about a group. */
const KINDS: Readonly<Record<string, (asked: Asked) => boolean>> = {
  get: ({ line }) => line === 'GET',
  'share-a': ({ line }) => line === 'POST share-a',
  'share-b': ({ line, body }) => line === 'POST share-b' && !isEmpty(body['keys']),
  'share-b-nobody': ({ line, body }) => line === 'POST share-b' && isEmpty(body['keys']),
  unshare: ({ line, body }) => line === 'PUT unshare' && isEmpty(body['emails']),
  'unshare-self': ({ line, body }) => line === 'PUT unshare' && !isEmpty(body['emails']),
  push: (asked) => asked.line === 'POST /sync/push' && asked.groupIds.length === 1 && !isRemoval(asked),
  'push-removal': (asked) => asked.line === 'POST /sync/push' && isRemoval(asked),
  'push-with-own': ({ line, groupIds }) => line === 'POST /sync/push' && groupIds.length > 1,
  pull: (asked) => asked.line === 'POST /sync/pull' && inGroup(asked),
  'pull-made-up': (asked) => asked.line === 'POST /sync/pull' && !inGroup(asked),
  'fix-dupes': ({ line }) => line === 'POST /sync/fix-dupes',
};

const PATH = /^\/api\/resource_groups\/([^/]+)(?:\/([a-z-]+))?$/;

async function askedIn(request: Request, store: Store): Promise<Asked> {
  const { pathname } = new URL(request.url);
  const [, groupId, call = ''] = PATH.exec(pathname) ?? [];
  const text = await request.clone().text();
  const body = (text === '' ? {} : JSON.parse(text)) as Json | readonly Named[];
  if (groupId !== undefined)
    return {
      ...{ line: `${request.method} ${call}`.trim(), body: body as Json, resources: [], store },
      groupIds: [groupId],
    };
  const { resources = [], ids = [] } = body as { resources?: readonly Named[]; ids?: readonly string[] };
  const named = Array.isArray(body) ? (body as readonly Named[]) : resources;
  return {
    ...{ line: `${request.method} ${pathname}`, body: body as Json, resources: named, store },
    groupIds: [...new Set([...ids, ...named.map(({ resourceGroupId }) => resourceGroupId)])],
  };
}

/** Says in a header of one kind of call that there is a group, to who has lost a link to it, or who never had one. */
const telling =
  (kind: string, toLosers: boolean): ServerFault['create'] =>
  (input) => {
    const { store } = input;
    const had = new Set<string>();
    /** Who had a link until everybody lost theirs. */
    const lost = new Set<string>();
    let asking = '';
    const isTold = (groupId: string): boolean =>
      store.group(groupId) !== undefined &&
      store.link(groupId, asking) === undefined &&
      (toLosers ? lost.has(`${groupId} ${asking}`) : !had.has(`${groupId} ${asking}`));
    return faulty({
      store: (own) => ({
        ...own,
        ...heard(own, (accountId) => void (asking = accountId)),
        putLink(link) {
          had.add(`${link.resourceGroupId} ${link.accountId}`);
          own.putLink(link);
        },
      }),
      around: (server) => async (request) => {
        const asked = await askedIn(request, store);
        const [groupId = ''] = asked.groupIds;
        const before = KINDS['unshare']?.(asked) === true ? store.linksOfGroup(groupId) : [];
        const answer = await server.fetch(request);
        for (const { accountId } of before)
          if (store.link(groupId, accountId) === undefined) lost.add(`${groupId} ${accountId}`);
        return KINDS[kind]?.(asked) === true && asked.groupIds.some(isTold)
          ? withReason(answer, 'there is such a group')
          : answer;
      },
    })(input);
  };

export const oneGroupCallServerFaults: readonly ServerFault[] = Object.keys(KINDS).flatMap((kind) => [
  {
    id: `group-told-at-${kind}`,
    title: `says in a header of ${kind} alone that there is a group which the caller never had a link to`,
    requirement: 'MODEL-02',
    create: telling(kind, false),
  },
  {
    id: `withdrawn-told-at-${kind}`,
    title: `says in a header of ${kind} alone that there is a group which the caller had a link to`,
    requirement: 'UNSHARE-03',
    create: telling(kind, true),
  },
]);
