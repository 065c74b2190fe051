/** Faulty clients in the flows of a session: changes, groups, sync, sharing (chapters 7 and 8). */
import { createPublicKey, publicEncrypt } from 'node:crypto';
import { native, toHex, type RsaPublicJwk, type Steps } from '../../reference/index.ts';
import {
  answerChanged,
  bodyChanged,
  inWrap,
  resourcesChanged,
  withFetch,
  withHeader,
  withOverrides,
  withSteps,
  withVerbs,
  type ClientFault,
} from './client-parts.ts';
import { opensAnyKey, sealingAnObject, withAddressOfBody, withFixedGroupKey } from './flow-parts.ts';

const CHANGE = '/auth/change-password';

/** One member of the change in place of another. */
const inChange = (change: (body: Record<string, unknown>) => object) =>
  withFetch(async (request) => await fetch(await bodyChanged(request, CHANGE, change)));

const changeFaults: readonly ClientFault[] = [
  {
    id: 'change-keeps-verifier',
    title: 'sends the old verifier as the new one',
    requirement: 'CHANGE-03',
    create: inChange((body) => ({ ...body, newVerifier: body['verifier'] })),
  },
  {
    id: 'change-keeps-wrapped-key',
    title: 'sends the old wrapped key as the new one',
    requirement: 'CHANGE-04',
    create: inChange((body) => ({ ...body, newEncSymmetricKey: body['encSymmetricKey'] })),
  },
  {
    id: 'change-wraps-an-object',
    title: 'encrypts an object in place of its JSON text when it wraps the key anew',
    requirement: 'CHANGE-04',
    profile: 'deployed',
    create: withOverrides(sealingAnObject),
  },
  {
    id: 'change-sends-salts',
    title: 'draws new salts for a change',
    requirement: 'CHANGE-02',
    profile: 'deployed',
    create: inChange((body) => ({
      ...body,
      ...{ newSaltKey: '1'.repeat(64), newSaltAuth: '2'.repeat(64), newSaltEnc: '3'.repeat(64) },
    })),
  },
  {
    id: 'change-one-salt',
    title: 'sends one new salt three times',
    requirement: 'CHANGE-01',
    create: inChange(({ newSaltKey, ...body }) => ({
      ...body,
      ...{ newSaltKey, newSaltAuth: newSaltKey, newSaltEnc: newSaltKey },
    })),
  },
  {
    id: 'change-without-check',
    title: 'sends a change although the old passphrase does not open the account',
    requirement: 'CHANGE-05',
    create: withSteps(opensAnyKey),
  },
  {
    id: 'change-writes-key-anew',
    title: 'writes the present encSymmetricKey anew in place of sending it as it came',
    requirement: 'CHANGE-06',
    create: inChange((body) => ({
      ...body,
      encSymmetricKey: JSON.stringify(JSON.parse(String(body['encSymmetricKey'])), null, 1),
    })),
  },
  {
    id: 'change-sends-documents',
    title: 'encrypts every document anew with a change',
    requirement: 'CHANGE-15',
    create: withVerbs((own) => ({
      async changePassword(params) {
        await own.changePassword(params);
        const { session } = params;
        const { resources } = await own.pull({ session });
        const edits = resources.map((resource) => ({ ...resource, removed: false }));
        await own.push({ session, edits });
        return {};
      },
    })),
  },
  {
    id: 'change-of-address-keeps-keys',
    title: 'derives everything from the old address when the address changes',
    requirement: 'EMAIL-01',
    create: withAddressOfBody,
  },
];

const groupFaults: readonly ClientFault[] = [
  {
    id: 'group-key-repeats',
    title: 'uses one key for all groups',
    requirement: 'KEY-03',
    create: withFixedGroupKey,
  },
  {
    id: 'group-as-text',
    title: 'sends a new group as plain text',
    requirement: 'HTTP-03',
    create: withFetch(
      async (request) =>
        await fetch(
          request.url.endsWith('/api/resource_groups')
            ? withHeader(request, 'content-type', 'text/plain')
            : request,
        ),
    ),
  },
  {
    id: 'link-to-another-key',
    title: 'encrypts the key of a group to a public key that is not its own',
    requirement: 'GROUP-01',
    create: withOverrides(() => {
      const other = native.generateRsaKeyPair();
      let foreign: RsaPublicJwk | undefined;
      return {
        steps: (own) => ({
          ...own,
          async keyPair() {
            foreign = (await other).publicKey;
            return await own.keyPair();
          },
          wrap: {
            ...own.wrap,
            sealLink: (publicKey, key) => own.wrap.sealLink(foreign ?? publicKey, key),
          },
        }),
      };
    }),
  },
  {
    id: 'link-with-sha-1',
    title: 'makes links by RSA-OAEP with SHA-1',
    requirement: 'LINK-01',
    create: inWrap(({ profile }) => ({
      sealLink(publicKey, key) {
        const jwk = createPublicKey({ key: { ...publicKey }, format: 'jwk' });
        return publicEncrypt({ key: jwk, oaepHash: 'sha1' }, profile.encodeKey(key)).toString('hex');
      },
    })),
  },
  {
    id: 'link-kept',
    title: 'sends the link of before when it shares again',
    requirement: 'LINK-02',
    create: withOverrides(() => {
      const made = new Map<string, string>();
      return {
        steps: (own) => ({
          ...own,
          wrap: {
            ...own.wrap,
            sealLink(publicKey, key) {
              const name = publicKey.n + toHex(key);
              const link = made.get(name) ?? own.wrap.sealLink(publicKey, key);
              made.set(name, link);
              return link;
            },
          },
        }),
      };
    }),
  },
];

/** Under another key than that of the group; what the client itself seals, it opens. */
const underAnotherKey = (own: Steps): Partial<Steps['wrap']> => ({
  sealJson: (key, value, random) =>
    own.wrap.sealJson(value instanceof Object && 'kty' in value ? key : key.toReversed(), value, random),
});

const pushFaults: readonly ClientFault[] = [
  {
    id: 'content-under-another-key',
    title: 'encrypts documents with another key than that of the group',
    requirement: 'WRAP-09',
    create: inWrap(underAnotherKey),
  },
  {
    id: 'author-missing',
    title: 'does not say who created a resource',
    requirement: 'PUSH-08',
    create: resourcesChanged(({ createdBy: _, ...resource }) => resource),
  },
  {
    id: 'version-forgotten',
    title: 'pushes everything as if it were new',
    requirement: 'PUSH-08',
    create: resourcesChanged((resource) => ({ ...resource, version: '__NO_VERSION__' })),
  },
  {
    id: 'version-made-up',
    title: 'gives a new resource a version of its own',
    requirement: 'PUSH-01',
    create: resourcesChanged(({ version, ...resource }) => ({
      ...resource,
      version: version === '__NO_VERSION__' ? 'v0' : version,
    })),
  },
  {
    id: 'document-in-name',
    title: 'puts the document into the name',
    requirement: 'LEAK-07',
    create: withVerbs((own) => ({
      push: ({ session, edits }) =>
        own.push({
          session,
          edits: edits.map((edit) => ({ ...edit, name: edit.name + JSON.stringify(edit.document) })),
        }),
    })),
  },
  {
    id: 'group-key-in-header',
    title: 'sends the key of a group in a header, as base64url',
    requirement: 'LEAK-04',
    create: withOverrides(() => {
      let newest = '';
      return {
        steps: (own) => ({
          ...own,
          wrap: {
            ...own.wrap,
            sealLink(publicKey, key) {
              newest = Buffer.from(key).toString('base64url');
              return own.wrap.sealLink(publicKey, key);
            },
          },
        }),
        fetch: (request) => fetch(withHeader(request, 'x-trace', newest)),
      };
    }),
  },
  {
    id: 'iv-repeats',
    title: 'uses one IV for everything',
    requirement: 'AES-02',
    create: withOverrides(() => {
      const iv = native.random(12);
      return { random: (length) => (length === 12 ? iv : native.random(length)) };
    }),
  },
  {
    id: 'removal-not-said',
    title: 'pushes a removed resource as one that is there',
    requirement: 'SYNC-06',
    create: resourcesChanged((resource) => ({ ...resource, removed: false })),
  },
];

const pullFaults: readonly ClientFault[] = [
  {
    id: 'pull-lists-nothing',
    title: 'pulls as if it knew nothing',
    requirement: 'PULL-01',
    create: withFetch(
      async (request) =>
        await fetch(await bodyChanged(request, '/sync/pull', (body) => ({ ...body, resources: [] }))),
    ),
  },
  {
    id: 'created-passed-over',
    title: 'does not take over what it does not know',
    requirement: 'SYNC-07',
    create: withFetch((request) =>
      answerChanged(request, '/sync/pull', (body) => ({ ...body, createdResources: [] })),
    ),
  },
  {
    id: 'links-not-asked-for',
    title: 'does not ask for the link of a group that it did not make',
    requirement: 'PULL-10',
    create: withFetch((request) =>
      request.method === 'GET' && request.url.includes('/api/resource_groups/')
        ? Promise.resolve(Response.json({ error: 'not-found', message: 'none' }, { status: 404 }))
        : fetch(request),
    ),
  },
  {
    id: 'updates-passed-over',
    title: 'does not take over what has changed',
    requirement: 'PULL-09',
    create: withFetch((request) =>
      answerChanged(request, '/sync/pull', (body) => ({ ...body, updatedResources: [] })),
    ),
  },
  {
    id: 'removal-takes-all',
    title: 'drops everything that it listed when one resource was removed',
    requirement: 'PULL-08',
    create: withFetch(async (request) => {
      const { pathname } = new URL(request.url);
      if (pathname !== '/sync/pull') return await fetch(request);
      const { resources } = (await request.clone().json()) as { resources: readonly { id: string }[] };
      return await answerChanged(request, pathname, (body) => ({
        ...body,
        ...(String(body['idsToRemove']) !== '' && { idsToRemove: resources.map(({ id }) => id) }),
      }));
    }),
  },
  {
    id: 'unreadable-ends-pull',
    title: 'gives up a pull when one resource does not open',
    requirement: 'PULL-05',
    create: withVerbs((own) => ({
      async pull(params) {
        const result = await own.pull(params);
        if (result.failed.length > 0) throw new Error('a resource does not open');
        return result;
      },
    })),
  },
  {
    id: 'server-wins-always',
    title: "lets the server's resource win every conflict",
    requirement: 'SYNC-03',
    create: withSteps((own) => ({ ...own, winner: () => 'server' })),
  },
  {
    id: 'client-wins-always',
    title: 'lets its own resource win every conflict',
    requirement: 'SYNC-03',
    create: withSteps((own) => ({ ...own, winner: () => 'client' })),
  },
  {
    id: 'dupes-ignored',
    title: 'does not have duplicate groups merged',
    requirement: 'SYNC-10',
    create: withFetch((request) =>
      request.url.endsWith('/sync/fix-dupes')
        ? Promise.resolve(Response.json({ deleteResourceGroupIds: [] }))
        : fetch(request),
    ),
  },
];

const shareFaults: readonly ClientFault[] = [
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
  {
    id: 'persons-as-typed',
    title: 'sends the addresses of others in upper case',
    requirement: 'NORM-05',
    create: withFetch(async (request) => {
      const { pathname } = new URL(request.url);
      const upper = (body: Record<string, unknown>): object =>
        Array.isArray(body['emails'])
          ? { ...body, emails: body['emails'].map((email) => String(email).toUpperCase()) }
          : body;
      const changed = /\/(share-[ab]|unshare|teams)$/.test(pathname) && request.method !== 'GET';
      return await fetch(changed ? await bodyChanged(request, pathname, upper) : request);
    }),
  },
  {
    id: 'share-with-more',
    title: 'encrypts the key of a group to an account that nobody named',
    requirement: 'SHARE-04',
    create: withFetch(async (request) => {
      const { pathname } = new URL(request.url);
      const more = ({ keys, ...body }: Record<string, unknown>): object => ({
        ...body,
        keys: { ...(keys as object), [`act_${'e'.repeat(64)}`]: '0'.repeat(512) },
      });
      return await fetch(
        pathname.endsWith('/share-b') ? await bodyChanged(request, pathname, more) : request,
      );
    }),
  },
  {
    id: 'withdraws-nothing',
    title: 'forgets to tell the server of a withdrawal',
    requirement: 'UNSHARE-07',
    create: withVerbs(() => ({ unshare: () => Promise.resolve({}) })),
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
];

interface PushedResource {
  readonly id: string;
  readonly resourceGroupId: string;
  readonly version: string;
  readonly removed: boolean;
}

const endingFaults: readonly ClientFault[] = [
  {
    id: 'reset-local',
    title: 'resets without telling the server',
    requirement: 'RESET-05',
    create: withVerbs(() => ({ reset: () => Promise.resolve({}) })),
  },
  {
    id: 'deletion-local',
    title: 'deletes the account without telling the server',
    requirement: 'DELETE-03',
    create: withVerbs(() => ({ deleteAccount: () => Promise.resolve({}) })),
  },
];

export const clientFlowFaults: readonly ClientFault[] = [
  ...changeFaults,
  ...groupFaults,
  ...pushFaults,
  ...pullFaults,
  ...shareFaults,
  ...endingFaults,
];
