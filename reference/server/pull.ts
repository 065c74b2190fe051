/** What a device lacks (8.6). */
import type { Context } from 'hono';
import type { KnownResource, PullRequest, PullResponse, Resource } from '../wire.ts';
import type { ServerContext } from './context.ts';
import { grouped } from '../grouped.ts';
import { Refusal } from './refusal.ts';
import { authorise, parseSyncBody } from './request.ts';
import type { AccountRecord } from './store/records.ts';

/** `POST /sync/pull` */
export async function pull(server: ServerContext, c: Context): Promise<Response> {
  // parse
  const request = (await parseSyncBody(server, c.req, 'pull-request')) as PullRequest;
  requireDistinct(request.resources);

  // authorise: groups without a link are passed over in silence
  const { account } = authorise(c.req, server);

  // act: nothing changes

  // respond
  return c.json(differences(server, account, request));
}

/** One pull lists each resource once (PULL-11). @throws Refusal `malformed` */
function requireDistinct(resources: readonly KnownResource[]): void {
  const seen = new Set<string>();
  for (const [i, { resourceGroupId, id }] of resources.entries()) {
    const address = `${resourceGroupId}/${id}`;
    if (seen.has(address))
      throw new Refusal('malformed', `/resources/${i} is listed twice`, `/resources/${i}`);
    seen.add(address);
  }
}

function differences(
  { store }: ServerContext,
  account: AccountRecord,
  { resources, blacklist }: PullRequest,
): PullResponse {
  const answer = {
    updatedResources: [] as Resource[],
    createdResources: [] as Resource[],
    idsToPush: [] as string[],
    idsToRemove: [] as string[],
  } satisfies PullResponse;
  const leftOut = new Set(blacklist);
  const knownByGroup = grouped(resources, ({ resourceGroupId }) => resourceGroupId);
  for (const { resourceGroupId } of store.linksOfAccount(account.id)) {
    if (leftOut.has(resourceGroupId)) continue;
    const known = new Map(knownByGroup.get(resourceGroupId)?.map((one) => [one.id, one]));
    const stored = new Map(store.resourcesOf(resourceGroupId).map((one) => [one.id, one]));
    for (const id of new Set([...stored.keys(), ...known.keys()])) {
      const resource = stored.get(id);
      const list = listOf(resource, known.get(id));
      if (list === 'idsToPush' || list === 'idsToRemove') answer[list].push(id);
      else if (list !== undefined && resource !== undefined) answer[list].push(resource);
    }
  }
  return answer;
}

/** The table of 8.6: the list of the answer that a resource goes to; undefined for none. */
export function listOf(
  stored: Resource | undefined,
  known: Pick<KnownResource, 'version' | 'removed'> | undefined,
): keyof PullResponse | undefined {
  if (stored === undefined) return known?.removed === false ? 'idsToPush' : undefined;
  if (stored.version === known?.version) return undefined;
  if (!stored.removed) return known === undefined ? 'createdResources' : 'updatedResources';
  return known?.removed === false ? 'idsToRemove' : undefined;
}
