/** What devices send: resources that were created, changed or removed (8.5, 8.7). */
import type { Context } from 'hono';
import type { PushedResource, PushedVersion, PushRequest, PushResponse, Resource } from '../wire.ts';
import { freshId, type ServerContext } from './context.ts';
import { requireMember } from './groups.ts';
import { Refusal } from './refusal.ts';
import { authorise, parseSyncBody } from './request.ts';

/** `POST /sync/push` */
export async function push(server: ServerContext, c: Context): Promise<Response> {
  // parse
  const request = (await parseSyncBody(server, c.req, 'push-request')) as PushRequest;
  requireDistinct(request);

  // authorise: one group that is not the caller's refuses the whole push
  const { account } = authorise(c.req, server);
  const groupIds = new Set(request.map(({ resourceGroupId }) => resourceGroupId));
  for (const groupId of groupIds) requireMember(server, account, groupId);

  // act
  const answer = server.store.transaction(() => storeAll(server, request));

  // respond
  return c.json(answer);
}

/** The answer lists ids without groups, so each comes once. @throws Refusal `malformed` */
function requireDistinct(request: PushRequest): void {
  const seen = new Set<string>();
  for (const [i, { id }] of request.entries()) {
    if (seen.has(id)) throw new Refusal('malformed', `/${i}/id comes twice in one push`, `/${i}/id`);
    seen.add(id);
  }
}

function storeAll(server: ServerContext, request: PushRequest): PushResponse {
  const accepted = { created: [], updated: [], removed: [] } satisfies Record<string, PushedVersion[]>;
  const lists: Record<keyof typeof accepted, PushedVersion[]> = accepted;
  const conflicts: Resource[] = [];
  for (const { _id, dirty: _dirty, ...pushed } of request) {
    const stored = server.store.resource(pushed.resourceGroupId, pushed.id);
    const list = listOf(stored, pushed);
    if (list === 'conflicts') {
      if (stored !== undefined) conflicts.push(stored);
      continue;
    }
    const version = freshId(server, '');
    server.store.putResource({ ...pushed, version });
    lists[list].push({ id: pushed.id, version });
  }
  return { ...lists, conflicts };
}

/** The table of 8.5: the list of the answer that a pushed resource goes to. */
export function listOf(
  stored: Resource | undefined,
  pushed: Pick<PushedResource, 'version' | 'removed'>,
): keyof PushResponse {
  if (stored !== undefined && stored.version !== pushed.version) return 'conflicts';
  if (pushed.removed) return 'removed';
  return stored === undefined ? 'created' : 'updated';
}
