/** Servers that mend what is not of its form, or look at a part of it, where they have to refuse (2.6, 8.5, 8.6, 9.2). */
import { faulty, bodyReplaced, type ServerFault } from './server-parts.ts';

type Json = Readonly<Record<string, unknown>>;

/** The bodies of one path, mended before the server reads them; what is no JSON is left as it is. */
const mending = (path: string, mend: (body: unknown) => unknown): ServerFault['create'] =>
  faulty({
    around: (server) => async (request) => {
      if (new URL(request.url).pathname !== path) return await server.fetch(request);
      let body: unknown;
      try {
        body = await request.clone().json();
      } catch {
        return await server.fetch(request);
      }
      return await server.fetch(bodyReplaced(request, body, mend(body)));
    },
  });

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const eachObject = (list: unknown, mend: (item: Json) => Json): unknown =>
  Array.isArray(list) ? list.map((item: unknown) => (isObject(item) ? mend(item) : item)) : list;

/** The resources of a push, mended one by one. */
const mendingResources = (mend: (resource: Json) => Json): ServerFault['create'] =>
  mending('/sync/push', (body) => eachObject(body, mend));
/** The entries of a pull, mended one by one. */
const mendingEntries = (mend: (entry: Json) => Json): ServerFault['create'] =>
  mending('/sync/pull', (body) =>
    isObject(body) ? { ...body, resources: eachObject(body['resources'], mend) } : body,
  );

const SOMEBODY = `act_${'0'.repeat(64)}`;
const MESSAGE = JSON.stringify({ iv: '0'.repeat(24), t: '0'.repeat(32), d: '', ad: '' });

/** Ids of groups, without a line feed at their end, which the end of a regular expression lets through. */
const trimmedIds = (list: unknown): unknown =>
  Array.isArray(list)
    ? list.map((id: unknown) => (typeof id === 'string' ? id.replace(/\n$/, '') : id))
    : list;

/** Whether a text holds a message with the lengths of its iv and tag, whatever its digits are. */
function isLikeAMessage(text: unknown): boolean {
  try {
    const { iv, t } = JSON.parse(String(text)) as Json;
    return String(iv).length === 24 && String(t).length === 32;
  } catch {
    return false;
  }
}

export const formServerFaults: readonly ServerFault[] = [
  {
    id: 'any-content-pushed',
    title: 'takes any text as the content of a resource',
    requirement: 'AES-10',
    create: mendingResources((resource) => ({
      ...resource,
      ...(typeof resource['encContent'] === 'string' &&
        !isLikeAMessage(resource['encContent']) && { encContent: MESSAGE }),
    })),
  },
  {
    id: 'content-of-any-digits-pushed',
    title: 'takes a content whose hex is in upper case',
    requirement: 'ENC-02',
    create: mendingResources((resource) => ({
      ...resource,
      ...(isLikeAMessage(resource['encContent']) && {
        encContent: String(resource['encContent']).toLowerCase(),
      }),
    })),
  },
  {
    id: 'unknown-members-of-resources-taken',
    title: 'drops members of a resource that it does not know',
    requirement: 'HTTP-07',
    create: mendingResources(({ colour: _, ID: __, isVerified: ___, ...known }) => known),
  },
  {
    id: 'any-moment-pushed',
    title: 'takes any number as the time of an edit',
    requirement: 'HTTP-07',
    create: mendingResources((resource) =>
      typeof resource['lastEdited'] === 'number' || resource['lastEdited'] === null
        ? { ...resource, lastEdited: Math.abs(Math.trunc(Number(resource['lastEdited']))) % 2 ** 53 || 0 }
        : resource,
    ),
  },
  {
    id: 'large-moment-rounded',
    title: 'takes the largest moment for one that is larger',
    requirement: 'HTTP-07',
    create: mendingResources((resource) =>
      Number(resource['lastEdited']) > Number.MAX_SAFE_INTEGER
        ? { ...resource, lastEdited: Number.MAX_SAFE_INTEGER }
        : resource,
    ),
  },
  {
    id: 'negative-zero-refused',
    title: 'refuses a moment that is written as -0',
    requirement: 'PUSH-03',
    create: mendingResources((resource) =>
      Object.is(resource['lastEdited'], -0) ? { ...resource, lastEdited: -1 } : resource,
    ),
  },
  {
    id: 'members-of-resources-filled-in',
    title: 'fills in members that a pushed resource lacks',
    requirement: 'HTTP-07',
    create: mendingResources((resource) => ({
      ...{ name: '', type: 'Request', lastEdited: 0, removed: false, lastEditedBy: SOMEBODY },
      ...resource,
    })),
  },
  {
    id: 'anybody-as-creator',
    title: 'takes any text for who created a resource',
    requirement: 'HTTP-07',
    create: mendingResources((resource) =>
      typeof resource['createdBy'] === 'string' ? { ...resource, createdBy: SOMEBODY } : resource,
    ),
  },
  {
    id: 'long-ids-pushed',
    title: 'cuts the id of a resource that is too long',
    requirement: 'HTTP-07',
    create: mendingResources((resource) =>
      typeof resource['id'] === 'string'
        ? { ...resource, id: Array.from(resource['id']).slice(0, 200).join('') }
        : resource,
    ),
  },
  {
    id: 'empty-version-pushed',
    title: 'takes an empty version for one that it never gave',
    requirement: 'HTTP-07',
    create: mendingResources((resource) =>
      resource['version'] === '' ? { ...resource, version: '__NO_VERSION__' } : resource,
    ),
  },
  {
    id: 'empty-version-pulled',
    title: 'takes a pull that lists a resource with an empty version',
    requirement: 'HTTP-07',
    create: mendingEntries((entry) => (entry['version'] === '' ? { ...entry, version: 'none' } : entry)),
  },
  {
    id: 'group-with-a-line-feed-blacklisted',
    title: 'takes a blacklist with the id of a group that ends with a line feed',
    requirement: 'HTTP-07',
    create: mending('/sync/pull', (body) =>
      isObject(body) ? { ...body, blacklist: trimmedIds(body['blacklist']) } : body,
    ),
  },
  {
    id: 'group-with-a-line-feed-a-duplicate',
    title: 'takes a list of duplicates with the id of a group that ends with a line feed',
    requirement: 'HTTP-07',
    create: mending('/sync/fix-dupes', (body) =>
      isObject(body) ? { ...body, ids: trimmedIds(body['ids']) } : body,
    ),
  },
];
