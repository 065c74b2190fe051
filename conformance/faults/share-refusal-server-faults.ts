/** Servers that take shares which they must refuse, or refuse them in part (8.2). */
import { inStore, type ServerFault } from './server-parts.ts';
import {
  done,
  inCall,
  inGroupCalls,
  keysIn,
  listIn,
  ownedByAnybody,
  sentTo,
  type GroupCall,
} from './sharing-server-parts.ts';

/** Stores every link of a share-b, for whomever it is. */
function storeLinks({ store, groupId, body }: GroupCall): void {
  for (const [accountId, encSymmetricKey] of Object.entries(keysIn(body)))
    if (store.accountById(accountId) !== undefined && /^[0-9a-f]{512}$/.test(encSymmetricKey))
      store.putLink({ accountId, resourceGroupId: groupId, encSymmetricKey });
}

/** What a refused share-b is answered with after all. */
const afterRefusal = (status: number, act: (call: GroupCall) => Response | undefined) =>
  inCall('share-b', async (call) => {
    const response = await call.pass();
    return response.status === status ? (act(call) ?? response) : response;
  });

/** Both calls, with another body. */
const sharesRead = (change: (call: GroupCall) => unknown) =>
  inGroupCalls((call) => (call.call.startsWith('share-') ? call.pass(change(call)) : undefined));

const HEX_DIGITS = /^[0-9a-fA-F]{512}$/;

const lowered = ([first = '', ...others]: readonly string[]): readonly string[] => [
  first,
  ...others.map((email) => email.toLowerCase().trim()),
];

export const shareRefusalServerFaults: readonly ServerFault[] = [
  {
    id: 'shared-by-members',
    title: 'lets every member share the group',
    requirement: 'SHARE-09',
    create: inStore(ownedByAnybody),
  },
  {
    id: 'share-b-by-members',
    title: 'looks for the owner in share-a alone',
    requirement: 'SHARE-09',
    create: afterRefusal(403, (call) => {
      if (call.store.link(call.groupId, call.accountId ?? '') === undefined) return undefined;
      storeLinks(call);
      return done();
    }),
  },
  {
    id: 'unconfirmed-shared-with',
    title: 'shares with an address that is not confirmed',
    requirement: 'SHARE-03',
    profile: 'documented',
    create: inStore((own) => ({
      accountByEmail(email) {
        const account = own.accountByEmail(email);
        return account && { ...account, isVerified: true };
      },
    })),
  },
  {
    id: 'unknown-addresses-passed-over',
    title: 'passes over addresses that have no account',
    requirement: 'SHARE-03',
    profile: 'documented',
    create: sharesRead(({ body, store }) => {
      const known = listIn(body, 'emails').filter((email) => store.accountByEmail(email) !== undefined);
      return known.length === 0 ? body : { ...body, emails: known };
    }),
  },
  {
    id: 'share-b-addresses-unchecked',
    title: 'looks for accounts in share-a alone',
    requirement: 'SHARE-03',
    profile: 'documented',
    create: afterRefusal(404, (call) => {
      storeLinks(call);
      return done();
    }),
  },
  {
    id: 'teams-of-others',
    title: 'shares with a team that the caller is not in',
    requirement: 'TEAM-03',
    create: inStore((own) => {
      let asking: string | undefined;
      return {
        sessionAccount: (hash) => (asking = own.sessionAccount(hash)),
        team(id) {
          const team = own.team(id);
          return team && { ...team, accountIds: [asking ?? '', ...team.accountIds] };
        },
      };
    }),
  },
  {
    id: 'links-for-strangers',
    title: 'stores a link for an account that was not named',
    requirement: 'SHARE-07',
    create: afterRefusal(403, (call) => {
      storeLinks(call);
      return done();
    }),
  },
  {
    id: 'links-for-strangers-dropped',
    title: 'drops a link for an account that was not named, and stores the others',
    requirement: 'SHARE-07',
    create: afterRefusal(403, () => done()),
  },
  {
    id: 'links-for-outsiders',
    title: 'stores a link for somebody who is neither named nor a member',
    requirement: 'SHARE-07',
    create: afterRefusal(403, (call) => {
      const { store, groupId, body, accountId } = call;
      const ids = Object.keys(keysIn(body));
      const named = listIn(body, 'emails').map((email) => store.accountByEmail(email)?.id);
      const isOutside = (id: string): boolean => !named.includes(id) && store.link(groupId, id) === undefined;
      if ('teamId' in body || ids.includes(accountId ?? '') || !ids.some(isOutside)) return undefined;
      storeLinks(call);
      return done();
    }),
  },
  {
    id: 'links-for-members-not-named',
    title: 'stores a link for a member who was not named',
    requirement: 'SHARE-07',
    create: afterRefusal(403, (call) => {
      const { store, groupId, body, accountId } = call;
      const ids = Object.keys(keysIn(body));
      if (ids.some((id) => id === accountId || store.link(groupId, id) === undefined)) return undefined;
      storeLinks(call);
      return done();
    }),
  },
  {
    id: 'links-for-the-caller',
    title: 'stores a link for the caller where they are in the team or among the persons',
    requirement: 'SHARE-07',
    create: afterRefusal(403, (call) => {
      const { store, body, accountId = '' } = call;
      const inTeam = store.team(String(body['teamId']))?.accountIds ?? [];
      const persons = listIn(body, 'emails').map((email) => store.accountByEmail(email)?.id);
      const named = [...inTeam, ...persons];
      if (![accountId, ...Object.keys(keysIn(body))].every((id) => named.includes(id))) return undefined;
      storeLinks(call);
      return done();
    }),
  },
  {
    id: 'share-stored-in-part',
    title: 'stores the links that are right before it refuses a share-b for one that is not of its form',
    requirement: 'SHARE-08',
    create: inCall('share-b', async (call) => {
      const response = await call.pass();
      if (response.status === 400 && call.accountId !== undefined) storeLinks(call);
      return response;
    }),
  },
  {
    id: 'share-links-unchecked',
    title: 'takes a link of another form, repaired',
    requirement: 'HTTP-07',
    create: sentTo('share-b', ({ body }) => ({
      ...body,
      keys: Object.fromEntries(
        Object.entries(keysIn(body)).map(([id, link]) => [
          id,
          HEX_DIGITS.test(link) ? link.toLowerCase() : link,
        ]),
      ),
    })),
  },
  {
    id: 'share-persons-before-team',
    title: 'takes a share with a team and persons for one with the persons',
    requirement: 'HTTP-07',
    create: sharesRead(({ body }) =>
      'teamId' in body && Array.isArray(body['emails']) ? { ...body, teamId: undefined } : body,
    ),
  },
  {
    id: 'share-persons-repeated',
    title: 'takes a person who is named twice',
    requirement: 'HTTP-07',
    create: sharesRead(({ body }) =>
      Array.isArray(body['emails']) ? { ...body, emails: [...new Set(listIn(body, 'emails'))] } : body,
    ),
  },
  {
    id: 'share-unknown-members-ignored',
    title: 'ignores members of a share that it does not know',
    requirement: 'HTTP-07',
    create: sharesRead(({ body: { teamId, emails, keys } }) => ({ teamId, emails, keys })),
  },
  {
    id: 'share-addresses-lowered',
    title: 'normalises the addresses of a share but for the first',
    requirement: 'NORM-06',
    profile: 'documented',
    create: sharesRead(({ body }) =>
      Array.isArray(body['emails']) ? { ...body, emails: lowered(listIn(body, 'emails')) } : body,
    ),
  },
];
