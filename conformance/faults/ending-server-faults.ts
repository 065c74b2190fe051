/** Servers that leave something of an account behind that is emptied or gone (7.9, 7.10). */
import { setTimeout as pause } from 'node:timers/promises';
import type { AccountRecord } from '../../reference/index.ts';
import { bodyOf, faulty, type ServerFault } from './server-parts.ts';

/** A group that is pushed into while its owner makes a reset is kept. */
const keptWhilePushed: ServerFault['create'] = (input) => {
  let [pushes, isResetting] = [0, false];
  return faulty({
    store: (own) => ({
      ...own,
      dropGroup(id) {
        if (!isResetting) own.dropGroup(id);
      },
    }),
    around: (server) => async (request) => {
      const isPush = request.url.endsWith('/sync/push');
      if (isPush) pushes++;
      if (isPush) await pause(50);
      isResetting = pushes > 0 && request.url.endsWith('/auth/reset');
      const response = await server.fetch(request);
      isResetting = false;
      if (isPush) pushes--;
      return response;
    },
  })(input);
};

/** The salts of accounts that are deleted, told at login-s alone. */
const saltsKept: ServerFault['create'] = (input) => {
  const { store } = input;
  const left = new Map<string, AccountRecord>();
  return faulty({
    store: (own) => ({
      ...own,
      dropAccount(id) {
        const account = own.accountById(id);
        if (account !== undefined) left.set(account.email, account);
        own.dropAccount(id);
      },
    }),
    around: (server) => async (request) => {
      const { email } = await bodyOf(request);
      const response = await server.fetch(request);
      const account = left.get(String(email));
      const isTold = request.url.endsWith('/auth/login-s') && response.ok && account !== undefined;
      if (!isTold || store.accountByEmail(account.email) !== undefined) return response;
      const { saltKey, saltAuth } = account;
      return Response.json({ saltKey, saltAuth }, { headers: response.headers });
    },
  })(input);
};

export const endingServerFaults: readonly ServerFault[] = [
  {
    id: 'reset-keeps-what-is-pushed-to',
    title: 'keeps at a reset a group into which somebody pushes at that moment',
    requirement: 'RESET-01',
    create: keptWhilePushed,
  },
  {
    id: 'delete-keeps-salts',
    title: 'answers login-s for the address of a deleted account with its salts until somebody else has it',
    requirement: 'DELETE-02',
    create: saltsKept,
  },
];
