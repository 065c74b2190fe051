/** Servers by whose clock something lasts longer than it may, or not long enough, or is refused in a way of its own (7.2, 7.3, 7.8, 9.5). */
import { faulty, inStore, type ServerFault } from './server-parts.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Opening a link confirms, and whether it has expired is asked after that. */
const confirmedByExpired: ServerFault['create'] = (input) =>
  inStore((own) => ({
    takeConfirmation(hash) {
      const confirmation = own.takeConfirmation(hash);
      if (confirmation !== undefined && confirmation.expires <= input.now())
        own.setVerified(confirmation.accountId);
      return confirmation;
    },
  }))(input);

/** How long a starter of the reference lasts at most. */
const STARTER = 10 * MINUTE;

/** A starter that has expired is told from one that never was. */
const expiredStartersTold: ServerFault['create'] = (input) => {
  const made = new Map<string, number>();
  return faulty({
    store: (own) => ({
      ...own,
      addStarter(id, starter) {
        made.set(id, input.now());
        own.addStarter(id, starter);
      },
    }),
    around: (server) => async (request) => {
      const proof = await request.clone().text();
      const response = await server.fetch(request);
      const isOld = ([id, time]: [string, number]): boolean =>
        proof.includes(id) && time + STARTER < input.now();
      if (response.status !== 401 || ![...made].some(isOld)) return response;
      const { headers } = response;
      return Response.json(
        { error: 'wrong-proof', message: 'this login has expired' },
        { status: 401, headers },
      );
    },
  })(input);
};

/** Whoever has not been given a group anew for a day has it no more. */
const linksForADay: ServerFault['create'] = (input) => {
  const put = new Map<string, number>();
  return inStore((own) => ({
    putLink(link) {
      put.set(`${link.resourceGroupId} ${link.accountId}`, input.now());
      own.putLink(link);
    },
    link: (groupId, accountId) =>
      (put.get(`${groupId} ${accountId}`) ?? Infinity) + DAY < input.now()
        ? undefined
        : own.link(groupId, accountId),
  }))(input);
};

export const expiryServerFaults: readonly ServerFault[] = [
  {
    id: 'starters-never-expire',
    title: 'keeps starters until they are used',
    requirement: 'LOGIN-06',
    create: faulty({ lifetimes: { starter: Infinity } }),
  },
  {
    id: 'starters-for-11-minutes',
    title: 'keeps starters for 11 minutes',
    requirement: 'LOGIN-06',
    create: faulty({ lifetimes: { starter: 11 * MINUTE } }),
  },
  {
    id: 'starter-expired-told',
    title: 'says of a starter that it has expired',
    requirement: 'LOGIN-09',
    create: expiredStartersTold,
  },
  {
    id: 'links-never-expire',
    title: 'takes a confirmation link however old it is',
    requirement: 'CONFIRM-05',
    profile: 'documented',
    create: faulty({ lifetimes: { confirmation: Infinity } }),
  },
  {
    id: 'links-for-8-days',
    title: 'takes a confirmation link for 8 days',
    requirement: 'CONFIRM-05',
    profile: 'documented',
    create: faulty({ lifetimes: { confirmation: 8 * DAY } }),
  },
  {
    id: 'link-expired-confirms',
    title: 'refuses a confirmation link that has expired, and confirms the address all the same',
    requirement: 'CONFIRM-05',
    profile: 'documented',
    create: confirmedByExpired,
  },
  {
    id: 'codes-never-expire',
    title: 'takes a mailed code however old it is',
    requirement: 'CODE-03',
    profile: 'deployed',
    create: faulty({ lifetimes: { code: Infinity } }),
  },
  {
    id: 'codes-for-2-hours',
    title: 'takes a mailed code for 2 hours',
    requirement: 'CODE-03',
    profile: 'deployed',
    create: faulty({ lifetimes: { code: 2 * HOUR } }),
  },
  {
    id: 'links-to-groups-for-a-day',
    title: 'forgets who has a group after a day',
    requirement: 'HTTP-14',
    create: linksForADay,
  },
];
