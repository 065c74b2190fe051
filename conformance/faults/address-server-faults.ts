/** Servers that are wrong at one call about an address or an id that is taken, not normalised, or given up (4.1, 7.1, 7.7). */
import type { AccountRecord } from '../../reference/index.ts';
import { faulty, inStore, type ServerFault } from './server-parts.ts';

/** Addresses are taken as they come at one call. */
const normalisedElsewhere =
  (path: string): ServerFault['create'] =>
  (input) => {
    let isAsIs = false;
    return faulty({
      steps: (own) => ({ ...own, email: (raw) => (isAsIs ? raw : own.email(raw)) }),
      around: (server) => async (request) => {
        await request.clone().text();
        isAsIs = new URL(request.url).pathname === path;
        return await server.fetch(request);
      },
    })(input);
  };

/** Finds an account under every address that it ever had, as it was then, at some calls. */
const oldAddressesKept =
  (isMeant: (path: string) => boolean): ServerFault['create'] =>
  (input) => {
    const before = new Map<string, AccountRecord>();
    let isFound = false;
    return faulty({
      store: (own) => ({
        ...own,
        accountByEmail: (email) => own.accountByEmail(email) ?? (isFound ? before.get(email) : undefined),
        replaceAccount(after) {
          const account = own.accountById(after.id);
          if (account !== undefined && account.email !== after.email) before.set(account.email, account);
          own.replaceAccount(after);
        },
      }),
      around: (server) => async (request) => {
        isFound = isMeant(new URL(request.url).pathname);
        return await server.fetch(request);
      },
    })(input);
  };

export const addressServerFaults: readonly ServerFault[] = [
  {
    id: 'address-of-confirmed-taken-again',
    title:
      'answers a signup with the address of a confirmed account as if it made one, unless its id is taken too',
    requirement: 'SIGNUP-04',
    create: inStore((own) => ({
      addAccount: (account) =>
        own.accountByEmail(account.email)?.isVerified === true && own.accountById(account.id) === undefined
          ? 'added'
          : own.addAccount(account),
    })),
  },
  {
    id: 'id-of-confirmed-taken-again',
    title:
      'answers a signup with the id of a confirmed account as if it made one, unless its address is taken too',
    requirement: 'SIGNUP-05',
    create: inStore((own) => ({
      addAccount: (account) =>
        own.accountById(account.id)?.isVerified === true && own.accountByEmail(account.email) === undefined
          ? 'added'
          : own.addAccount(account),
    })),
  },
  {
    id: 'email-at-signup-not-normalised',
    title: 'takes an address at a signup as it comes',
    requirement: 'NORM-07',
    create: normalisedElsewhere('/auth/signup'),
  },
  {
    id: 'email-at-login-not-normalised',
    title: 'takes an address at login-s as it comes',
    requirement: 'NORM-07',
    create: normalisedElsewhere('/auth/login-s'),
  },
  {
    id: 'email-old-address-logs-in',
    title: 'lets an account log in with its old address beside the new one',
    requirement: 'EMAIL-04',
    create: oldAddressesKept((path) => path.startsWith('/auth/')),
  },
  {
    id: 'email-old-address-shared-with',
    title: 'lets others share with the old address of an account',
    requirement: 'EMAIL-04',
    create: oldAddressesKept((path) => path.includes('/share-')),
  },
];
