/** Servers that look first and store later what only one may have: an address, an id, a mailed code (7.1, 7.7, 7.8). */
import { setTimeout as delay } from 'node:timers/promises';
import type { AccountRecord, Store } from '../../reference/index.ts';
import type { ServerFault } from './server-parts.ts';
import { racing } from './story-server-faults.ts';

/** Milliseconds between a look and what is done by it: enough for a call that comes at the same time, every time. */
const WIDE_GAP = 100;

/** Looks whether a value is free, waits, and takes it: who has it by then is gone. */
const takingAfterLook = (
  path: string,
  member: 'id' | 'email' | 'newEmail',
  holder: (store: Store, value: string) => AccountRecord | undefined,
) =>
  racing(path, async (store, request, serve) => {
    const body = (await request.json()) as Record<string, unknown>;
    const present = () => holder(store, String(body[member]));
    const isFree = present() === undefined;
    await delay(WIDE_GAP);
    const other = present();
    if (isFree && other !== undefined) store.dropAccount(other.id);
    return await serve(body);
  });

export const accountRaceServerFaults: readonly ServerFault[] = [
  {
    id: 'race-address-of-signups',
    title: 'looks whether an address is free, waits, and stores: signups that arrive together all have it',
    requirement: 'SIGNUP-04',
    create: takingAfterLook('/auth/signup', 'email', (store, email) => store.accountByEmail(email)),
  },
  {
    id: 'race-id-of-signups',
    title: 'looks whether an id is free, waits, and stores: signups that arrive together all have it',
    requirement: 'SIGNUP-05',
    create: takingAfterLook('/auth/signup', 'id', (store, id) => store.accountById(id)),
  },
  {
    id: 'race-address-of-moves',
    title: 'looks whether a new address is free, waits, and moves: accounts that arrive together all have it',
    requirement: 'EMAIL-02',
    create: takingAfterLook('/auth/change-password', 'newEmail', (store, email) =>
      store.accountByEmail(email),
    ),
  },
  {
    id: 'race-code-used-twice',
    title: 'looks for a code, waits, and uses it up: changes that arrive together all use it',
    requirement: 'CODE-02',
    profile: 'deployed',
    create: racing('/auth/change-password', async (store, request, serve) => {
      const body = (await request.json()) as Record<string, unknown>;
      const { id = '' } = store.accountByEmail(String(body['newEmail'])) ?? {};
      const code = store.code(id);
      await delay(WIDE_GAP);
      if (code !== undefined && store.code(id) === undefined) store.addCode(id, code);
      return await serve(body);
    }),
  },
  {
    id: 'race-wrong-codes-lost',
    title:
      'reads how many codes were wrong, waits, and writes one more: those that arrive together count as one',
    requirement: 'CODE-05',
    profile: 'deployed',
    create: racing('/auth/change-password', async (store, request, serve) => {
      const body = (await request.json()) as Record<string, unknown>;
      const { id = '' } = store.accountByEmail(String(body['newEmail'])) ?? {};
      const before = store.code(id);
      await delay(WIDE_GAP);
      const answer = await serve(body);
      const after = store.code(id);
      if (before !== undefined && after !== undefined && after.wrong > before.wrong)
        store.addCode(id, { ...after, wrong: before.wrong + 1 });
      return answer;
    }),
  },
];
