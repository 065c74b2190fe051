/** Groups with their links and resources in a SQLite file; links and resources go with their group. */
import type { GroupRecord, LinkRecord, ResourceRecord } from '../records.ts';
import type { GroupStore } from '../store.ts';
import type { Database } from './database.ts';
import { rowsOf } from './rows.ts';

export function groupStore(db: Database): GroupStore {
  const groups = rowsOf<GroupRecord>(db, {
    name: 'resource_groups',
    columns: {
      id: 'value',
      parentResourceId: 'value',
      name: 'value',
      ownerAccountId: 'value',
      created: 'value',
    },
    key: ['id'],
  });
  const links = rowsOf<LinkRecord>(db, {
    name: 'links',
    columns: { accountId: 'value', resourceGroupId: 'value', encSymmetricKey: 'value' },
    key: ['resourceGroupId', 'accountId'],
  });
  const resources = rowsOf<ResourceRecord>(db, {
    name: 'resources',
    columns: {
      id: 'value',
      name: 'value',
      resourceGroupId: 'value',
      version: 'value',
      type: 'value',
      createdBy: 'value',
      lastEdited: 'value',
      lastEditedBy: 'value',
      removed: 'flag',
      encContent: 'value',
    },
    key: ['resourceGroupId', 'id'],
  });
  const groupsAmong = groups.all('id IN (SELECT value FROM json_each(?))');
  return {
    addGroup: groups.put,
    group: groups.one('id = ?'),
    groupsByAge: (ids) => groupsAmong(JSON.stringify(ids)),
    dropGroup: groups.drop('id = ?'),
    putLink: links.put,
    link: links.one('resourceGroupId = ? AND accountId = ?'),
    linksOfGroup: links.all('resourceGroupId = ?'),
    linksOfAccount: links.all('accountId = ?'),
    dropLink: links.drop('resourceGroupId = ? AND accountId = ?'),
    putResource: resources.put,
    resource: resources.one('resourceGroupId = ? AND id = ?'),
    resourcesOf: resources.all('resourceGroupId = ?'),
  };
}
