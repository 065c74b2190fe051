/** Groups that two devices made for one document (8.10). */
import type { Context } from 'hono';
import type { FixDupesRequest, FixDupesResponse } from '../wire.ts';
import type { ServerContext } from './context.ts';
import { grouped } from '../grouped.ts';
import { authorise, parseBody } from './request.ts';
import type { AccountRecord, GroupRecord } from './store/records.ts';

/** `POST /sync/fix-dupes` */
export async function fixDupes(server: ServerContext, c: Context): Promise<Response> {
  // parse
  const { ids } = (await parseBody(c.req, 'fix-dupes-request')) as FixDupesRequest;

  // authorise: groups without a link are passed over, as if there were none
  const { account } = authorise(c.req, server);
  const { store } = server;
  const named = store.groupsByAge(ids).filter(({ id }) => store.link(id, account.id) !== undefined);

  // act
  const byParent = grouped(named, ({ parentResourceId }) => parentResourceId);
  const spare = [...byParent.values()].flatMap((groups) => spareOf(server, account, groups));
  const deleteResourceGroupIds = spare.map(({ id }) => id);
  store.transaction(() => {
    for (const id of deleteResourceGroupIds) store.dropGroup(id);
  });

  // respond
  return c.json({ deleteResourceGroupIds } satisfies FixDupesResponse);
}

/** Of groups for the same parent, the oldest first: one that others have a link to is kept, or else the oldest. */
function spareOf(
  { store }: ServerContext,
  account: AccountRecord,
  groups: readonly GroupRecord[],
): readonly GroupRecord[] {
  const isShared = ({ id }: GroupRecord): boolean =>
    store.linksOfGroup(id).some(({ accountId }) => accountId !== account.id);
  const kept = groups.find(isShared) ?? groups[0];
  return groups.filter((group) => group !== kept && group.ownerAccountId === account.id && !isShared(group));
}
