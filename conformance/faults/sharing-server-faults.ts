/** Servers that are wrong about sharing a group (8.2). */
import type { Store } from '../../reference/index.ts';
import { faulty, inStore, type ServerFault } from './server-parts.ts';
import {
  answered,
  inCall,
  keysIn,
  listIn,
  sentTo,
  type GroupCall,
  type Json,
} from './sharing-server-parts.ts';

/** The keys of a share-a answer, changed. */
const keysAnswered = (change: (keys: Readonly<Record<string, string>>, accountId: string) => Json) =>
  answered('share-a', (answer, { accountId = '' }) => ({
    ...answer,
    keys: change(keysIn(answer), accountId),
  }));

const rewritten = (jwk: string): string => JSON.stringify(JSON.parse(jwk), null, 1);

/** The accounts whom a share names. */
const namedIn = ({ body, store }: GroupCall): readonly string[] => [
  ...(store.team(String(body['teamId']))?.accountIds ?? []),
  ...listIn(body, 'emails').flatMap((email) => store.accountByEmail(email)?.id ?? []),
];

/** Who was given a link as the second one of a group, or later, may push a moment after. */
const writersLater: ServerFault['create'] = (input) => {
  const given = new Map<string, number>();
  let isPushing = false;
  return faulty({
    store: (own) => ({
      ...own,
      putLink(link) {
        const { resourceGroupId, accountId } = link;
        if (own.linksOfGroup(resourceGroupId).length > 1)
          given.set(`${resourceGroupId} ${accountId}`, performance.now());
        own.putLink(link);
      },
      link: (groupId, accountId) =>
        isPushing &&
        own.resourcesOf(groupId).length > 2 &&
        performance.now() - (given.get(`${groupId} ${accountId}`) ?? -Infinity) < 500
          ? undefined
          : own.link(groupId, accountId),
    }),
    around: (server) => async (request) => {
      isPushing = request.url.endsWith('/sync/push');
      return await server.fetch(request);
    },
  })(input);
};

/** A link counts a moment after it was stored. */
function membersLater(own: Store): Partial<Store> {
  return {
    putLink(link) {
      const isOwners = own.group(link.resourceGroupId)?.ownerAccountId === link.accountId;
      setTimeout(() => own.putLink(link), isOwners ? 0 : 200);
      if (isOwners) own.putLink(link);
    },
  };
}

export const sharingServerFaults: readonly ServerFault[] = [
  {
    id: 'share-keys-of-new-members-only',
    title: 'leaves out of share-a who has a link already',
    requirement: 'SHARE-01',
    create: answered('share-a', (answer, { store, groupId }) => ({
      ...answer,
      keys: Object.fromEntries(
        Object.entries(keysIn(answer)).filter(([id]) => store.link(groupId, id) === undefined),
      ),
    })),
  },
  {
    id: 'share-key-of-the-caller',
    title: 'hands out the key of the caller with those that were asked for',
    requirement: 'SHARE-01',
    create: answered('share-a', (answer, { store, accountId = '' }) => ({
      ...answer,
      keys: { ...keysIn(answer), [accountId]: store.accountById(accountId)?.publicKey },
    })),
  },
  {
    id: 'share-one-key',
    title: 'hands out the key of the first account alone',
    requirement: 'SHARE-01',
    create: keysAnswered((keys) => Object.fromEntries(Object.entries(keys).slice(0, 1))),
  },
  {
    id: 'share-keys-mixed-up',
    title: 'hands out the key of one account as that of another',
    requirement: 'SHARE-01',
    create: keysAnswered((keys) =>
      Object.fromEntries(Object.keys(keys).map((id, i) => [id, Object.values(keys).at(i - 1)])),
    ),
  },
  {
    id: 'share-other-link',
    title: 'answers share-a with another member’s link',
    requirement: 'SHARE-01',
    create: answered('share-a', (answer, { store, groupId }) => ({
      ...answer,
      encSymmetricKey: store.linksOfGroup(groupId).at(-1)?.encSymmetricKey,
    })),
  },
  {
    id: 'share-without-maker-of-team',
    title: 'leaves who made the team out of a share with it',
    requirement: 'SHARE-01',
    create: answered('share-a', (answer, { store, body }) => ({
      ...answer,
      keys: Object.fromEntries(
        Object.entries(keysIn(answer)).filter(
          ([id]) => store.team(String(body['teamId']))?.ownerAccountId !== id,
        ),
      ),
    })),
  },
  {
    id: 'share-without-accounts',
    title: 'does not say which account stands for which address',
    requirement: 'SHARE-02',
    profile: 'documented',
    create: answered('share-a', ({ accounts: _, ...answer }) => answer),
  },
  {
    id: 'share-one-account-named',
    title: 'names the address of the first account alone in accounts',
    requirement: 'SHARE-02',
    profile: 'documented',
    create: answered('share-a', (answer) => ({
      ...answer,
      ...('accounts' in answer && {
        accounts: Object.fromEntries(Object.entries(answer['accounts'] as Json).slice(0, 1)),
      }),
    })),
  },
  {
    id: 'share-one-key-of-a-team',
    title: 'hands out the key of the first account of a team alone',
    requirement: 'SHARE-01',
    create: answered('share-a', (answer, { body }) => ({
      ...answer,
      ...('teamId' in body && { keys: Object.fromEntries(Object.entries(keysIn(answer)).slice(0, 1)) }),
    })),
  },
  {
    id: 'share-key-of-the-caller-alone',
    title: 'hands out the key of the caller where nobody else is named',
    requirement: 'SHARE-01',
    create: answered('share-a', (answer, { store, accountId = '', body }) => {
      const { email, publicKey } = store.accountById(accountId) ?? {};
      const isAlone = listIn(body, 'emails').every((one) => one === email) && !('teamId' in body);
      return { ...answer, ...(isAlone && { keys: { [accountId]: publicKey } }) };
    }),
  },
  {
    id: 'share-accounts-with-caller',
    title: 'names the caller in accounts',
    requirement: 'SHARE-02',
    profile: 'documented',
    create: answered('share-a', (answer, { store, accountId = '' }) => ({
      ...answer,
      accounts: { ...(answer['accounts'] as Json), [accountId]: store.accountById(accountId)?.email },
    })),
  },
  {
    id: 'shared-keys-rewritten',
    title: 'hands out public keys with their JSON written anew',
    requirement: 'KEY-05',
    create: keysAnswered((keys) =>
      Object.fromEntries(Object.entries(keys).map(([id, jwk]) => [id, rewritten(jwk)])),
    ),
  },
  {
    id: 'links-not-replaced',
    title: 'keeps the first link of an account',
    requirement: 'SHARE-11',
    create: inStore((own) => ({
      putLink(link) {
        if (own.link(link.resourceGroupId, link.accountId) === undefined) own.putLink(link);
      },
    })),
  },
  {
    id: 'one-link-stored',
    title: 'stores the first link of a share-b alone',
    requirement: 'SHARE-11',
    create: sentTo('share-b', ({ body }) => ({
      ...body,
      keys: Object.fromEntries(Object.entries(keysIn(body)).slice(0, 1)),
    })),
  },
  {
    id: 'share-with-all-who-are-named',
    title: 'gives whoever is named and brought no link the first one that was brought',
    requirement: 'SHARE-11',
    create: inCall('share-b', async (call) => {
      const response = await call.pass();
      const { store, groupId } = call;
      const [encSymmetricKey] = Object.values(keysIn(call.body));
      for (const accountId of response.ok && encSymmetricKey !== undefined ? namedIn(call) : [])
        if (store.link(groupId, accountId) === undefined)
          store.putLink({ accountId, resourceGroupId: groupId, encSymmetricKey: encSymmetricKey ?? '' });
      return response;
    }),
  },
  {
    id: 'share-in-place-of-all',
    title: 'forgets by a share-b with new persons, in a group without resources, the links of all others',
    requirement: 'SHARE-11',
    create: inCall('share-b', async (call) => {
      const { body, store, groupId, accountId, pass } = call;
      const hasOld = namedIn(call).some((id) => store.link(groupId, id) !== undefined);
      const response = await pass();
      if (hasOld || store.resourcesOf(groupId).length > 0) return response;
      for (const link of response.ok ? store.linksOfGroup(groupId) : [])
        if (link.accountId !== accountId && !(link.accountId in keysIn(body)))
          store.dropLink(groupId, link.accountId);
      return response;
    }),
  },
  {
    id: 'share-to-every-group',
    title: 'gives a link to every group of the owner',
    requirement: 'SHARE-11',
    create: inCall('share-b', async ({ body, store, accountId = '', pass }) => {
      const response = await pass();
      for (const { resourceGroupId } of response.ok ? store.linksOfAccount(accountId) : [])
        for (const [id, encSymmetricKey] of Object.entries(keysIn(body)))
          store.putLink({ accountId: id, resourceGroupId, encSymmetricKey });
      return response;
    }),
  },
  {
    id: 'members-later',
    title: 'lets a link count a moment after share-b was answered',
    requirement: 'SHARE-12',
    create: inStore(membersLater),
  },
  {
    id: 'writers-later',
    title: 'lets who joins two others write a moment after share-b was answered, where there is much',
    requirement: 'SHARE-12',
    create: writersLater,
  },
  {
    id: 'members-from-share-a',
    title: 'gives a link by share-a',
    requirement: 'SHARE-12',
    create: inCall('share-a', async ({ store, groupId, pass }) => {
      const response = await pass();
      const answer = (await response.clone().json()) as Json;
      for (const accountId of response.ok ? Object.keys(keysIn(answer)) : [])
        store.putLink({
          accountId,
          resourceGroupId: groupId,
          encSymmetricKey: String(answer['encSymmetricKey']),
        });
      return response;
    }),
  },
];
