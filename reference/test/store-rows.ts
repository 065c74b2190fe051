/** Rows for the contract of the storages. */
import type { AccountRecord, GroupRecord, LinkRecord, ResourceRecord, Starter } from '../index.ts';
import { fakeAccount, fakeElement, fakeMessage } from './server-world.ts';

export const record = (name: string): AccountRecord => ({
  ...fakeAccount(name),
  isVerified: false,
  created: '2026-01-31T12:00:00.000Z',
});
export const starter = (email: string, expires: number): Starter => ({
  email,
  A: new Uint8Array(256).fill(1),
  B: new Uint8Array(256).fill(2),
  b: new Uint8Array(32).fill(3),
  expires,
});
export const group = (id: string, ownerAccountId: string): GroupRecord => ({
  id,
  parentResourceId: 'wrk_1',
  name: 'Garden',
  ownerAccountId,
  created: '2026-01-31T12:00:00.000Z',
});
export const link = (resourceGroupId: string, accountId: string): LinkRecord => ({
  accountId,
  resourceGroupId,
  encSymmetricKey: fakeElement(),
});
export const resource = (resourceGroupId: string, id: string, version: string): ResourceRecord => ({
  id,
  name: 'Träffpunkt',
  resourceGroupId,
  version,
  type: 'Request',
  createdBy: 'act_1',
  lastEdited: 2 ** 53 - 1,
  lastEditedBy: 'act_1',
  removed: false,
  encContent: fakeMessage(),
});
