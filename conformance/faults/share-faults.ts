/** Clients that are wrong in giving a group to others and taking it back (8.2, 8.3). */
import { native, readPublicKey, type Fetch } from '../../reference/index.ts';
import {
  answerChanged,
  bodyChanged,
  inAccept,
  withFetch,
  withOverrides,
  withVerbs,
  type ClientFault,
} from './client-parts.ts';

/** Whether a public key passes the checks of 6.6. */
function isPublicKey(jwk: string): boolean {
  try {
    readPublicKey(JSON.parse(jwk));
    return true;
  } catch {
    return false;
  }
}

type SharedKeys = readonly (readonly [accountId: string, jwk: string])[];

/** The public keys of a share, changed. */
export const sharedKeysChanged =
  (change: (keys: SharedKeys) => SharedKeys): Fetch =>
  async (request) => {
    const { pathname } = new URL(request.url);
    if (!pathname.endsWith('/share-a')) return await fetch(request);
    return await answerChanged(request, pathname, ({ keys, ...body }) => ({
      ...body,
      keys: Object.fromEntries(change(Object.entries(keys as Record<string, string>))) as object,
    }));
  };

export const shareFaults: readonly ClientFault[] = [
  {
    id: 'share-of-another-key',
    title: 'gives others a key that is not that of the group',
    requirement: 'SHARE-06',
    create: withOverrides(() => {
      let ownKey: string | undefined;
      return {
        steps: (own) => ({
          ...own,
          wrap: {
            ...own.wrap,
            sealLink(publicKey, key) {
              ownKey ??= publicKey.n;
              return own.wrap.sealLink(publicKey, publicKey.n === ownKey ? key : native.random(32));
            },
          },
        }),
      };
    }),
  },
  ...['share-[ab]', 'unshare', 'teams'].map((path) => ({
    id: `persons-as-typed.${path.replace('-[ab]', '')}`,
    title: `sends the addresses of others in upper case in calls of ${path.replace('-[ab]', '')}`,
    requirement: 'NORM-05',
    create: withFetch(async (request) => {
      const { pathname } = new URL(request.url);
      const upper = (body: Record<string, unknown>): object =>
        Array.isArray(body['emails'])
          ? { ...body, emails: body['emails'].map((email) => String(email).toUpperCase()) }
          : body;
      const isMeant = new RegExp(`/${path}$`).test(pathname) && request.method !== 'GET';
      return await fetch(isMeant ? await bodyChanged(request, pathname, upper) : request);
    }),
  })),
  ...(['emails', 'teamId'] as const).map((target) => ({
    id: `share-with-more.${target === 'emails' ? 'persons' : 'team'}`,
    title: `encrypts the key of a group to an account that nobody named when it shares with ${target === 'emails' ? 'persons' : 'a team'}`,
    requirement: 'SHARE-04',
    create: withFetch(async (request) => {
      const { pathname } = new URL(request.url);
      const more = ({ keys, ...body }: Record<string, unknown>): object => ({
        ...body,
        keys: { ...(keys as object), ...(target in body && { [`act_${'e'.repeat(64)}`]: '0'.repeat(512) }) },
      });
      return await fetch(
        pathname.endsWith('/share-b') ? await bodyChanged(request, pathname, more) : request,
      );
    }),
  })),
  {
    id: 'withdraws-nothing',
    title: 'forgets to tell the server of a withdrawal from everybody',
    requirement: 'UNSHARE-07',
    create: withVerbs((own) => ({
      unshare: (params) => (params.emails === undefined ? Promise.resolve({}) : own.unshare(params)),
    })),
  },
  {
    id: 'withdraws-everybody',
    title: 'withdraws from everybody where persons are named',
    requirement: 'UNSHARE-07',
    create: withVerbs((own) => ({ unshare: ({ session, groupId }) => own.unshare({ session, groupId }) })),
  },
  {
    id: 'gone-group-synced',
    title: 'goes on listing the resources of a group that is gone',
    requirement: 'GROUP-04',
    create: withOverrides(() => {
      const known = new Map<string, object>();
      const all = ({ resources, ...body }: Record<string, unknown>): object => {
        for (const resource of resources as { id: string }[]) known.set(resource.id, resource);
        return { ...body, resources: [...known.values()] };
      };
      return {
        async fetch(request) {
          const pulls = new URL(request.url).pathname === '/sync/pull';
          if (pulls) return await fetch(await bodyChanged(request, '/sync/pull', all));
          const pushes = new URL(request.url).pathname === '/sync/push';
          const resources = pushes ? ((await request.clone().json()) as PushedResource[]) : [];
          for (const { id, resourceGroupId, version, removed } of resources)
            known.set(id, { id, resourceGroupId, version, removed });
          return await fetch(request);
        },
      };
    }),
  },
  {
    id: 'strangers-given-a-key',
    title: 'shares with every account of the answer, whoever was asked for',
    requirement: 'SHARE-04',
    create: inAccept({ accounts: () => undefined }),
  },
  {
    id: 'strangers-taken-for-team',
    title: 'takes every account of the answer for one of the team that it shares with',
    requirement: 'TEAM-04',
    create: withOverrides(() => {
      let isTeam = false;
      return {
        async fetch(request) {
          if (request.url.endsWith('/share-a'))
            isTeam = 'teamId' in ((await request.clone().json()) as object);
          return await fetch(request);
        },
        steps: (own) => ({
          ...own,
          accept: {
            ...own.accept,
            accounts(asked, given) {
              if (!isTeam) own.accept.accounts(asked, given);
            },
          },
        }),
      };
    }),
  },
  {
    id: 'weak-keys-left-out',
    title: 'shares with the others when a public key fails its checks',
    requirement: 'SHARE-05',
    create: withOverrides(() => ({
      steps: (own) => ({ ...own, accept: { ...own.accept, accounts: () => undefined } }),
      fetch: sharedKeysChanged((keys) => keys.filter(([, jwk]) => isPublicKey(jwk))),
    })),
  },
  {
    id: 'order-of-jwk-minded',
    title: 'refuses a public key whose members are not in the order that it knows',
    requirement: 'JWK-03',
    create: withOverrides(() => {
      let order: string | undefined;
      const check = (keys: SharedKeys): SharedKeys => {
        for (const [, jwk] of keys) {
          const names = Object.keys(JSON.parse(jwk) as object).join();
          if (names !== (order ??= names)) throw new Error('the members are not in their order');
        }
        return keys;
      };
      return { fetch: sharedKeysChanged(check) };
    }),
  },
  {
    id: 'changed-key-taken',
    title: 'takes whatever public key comes for an account that it has shared with',
    requirement: 'SHARE-10',
    create: inAccept({ thumbprint: () => undefined }),
  },
];

interface PushedResource {
  readonly id: string;
  readonly resourceGroupId: string;
  readonly version: string;
  readonly removed: boolean;
}
