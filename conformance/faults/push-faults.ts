/** Clients that are wrong in what they push (8.5, 8.7, 8.8). */
import { native, type Steps } from '../../reference/index.ts';
import type { HeldResource } from '../target/verbs.ts';
import {
  inWrap,
  resourcesChanged,
  withHeader,
  withOverrides,
  withVerbs,
  type ClientFault,
} from './client-parts.ts';

/** Under another key than that of the group; what the client itself seals, it opens. */
const underAnotherKey = (own: Steps): Partial<Steps['wrap']> => ({
  sealJson: (key, value, random) =>
    own.wrap.sealJson(value instanceof Object && 'kty' in value ? key : key.toReversed(), value, random),
});

export const pushFaults: readonly ClientFault[] = [
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
  {
    id: 'removed-until-told',
    title: 'goes on to hold what it has made and removed, until it is made anew',
    requirement: 'SYNC-06',
    create: withVerbs((own) => {
      const made = new Map<string, HeldResource>();
      const removed = new Map<string, HeldResource>();
      return {
        push(params) {
          for (const edit of params.edits) {
            const key = `${params.session} ${edit.groupId} ${edit.id}`;
            const held = made.get(key);
            if (!edit.removed) made.set(key, edit);
            else if (held !== undefined) removed.set(key, held);
          }
          return own.push(params);
        },
        async pull(params) {
          const answer = await own.pull(params);
          const isThere = ({ groupId, id }: HeldResource): boolean =>
            answer.resources.some((one) => one.groupId === groupId && one.id === id);
          const kept = [...removed].filter(([key]) => key.startsWith(params.session)).map(([, held]) => held);
          return { ...answer, resources: [...answer.resources, ...kept.filter((held) => !isThere(held))] };
        },
      };
    }),
  },
];
