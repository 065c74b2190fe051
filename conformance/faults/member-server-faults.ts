/** Servers that refuse what is wrong with one member otherwise than they should: in one call, or under another name (4.1, 10.1). */
import { faulty, type ServerFault } from './server-parts.ts';
import { listIn, repairing, sentTo, type Json } from './sharing-server-parts.ts';

/** The refusals with status 400 outside signup, changed. */
const refusing = (change: (error: Json, path: string, body: unknown) => Json) =>
  faulty({
    around: (server) => async (request) => {
      const path = new URL(request.url).pathname;
      const text = await request.clone().text();
      const response = await server.fetch(request);
      if (response.status !== 400 || path === '/auth/signup') return response;
      const { headers } = response;
      const error = (await response.json()) as Json;
      return Response.json(change(error, path, valueIn(text)), { status: 400, headers });
    },
  });

function valueIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** What stands in a body at the pointer of a refusal. */
const valueAt = (body: unknown, field: string): unknown =>
  field
    .split('/')
    .slice(1)
    .reduce<unknown>((held, step) => (held as Json | undefined)?.[step], body);

/** Names no member of which a test finds that it is wrong in one way. */
const fieldlessWhere = (isMeant: (error: unknown, value: unknown) => boolean) =>
  refusing(({ field, ...error }, _, body) =>
    typeof field === 'string' && isMeant(error['error'], valueAt(body, field)) ? error : { ...error, field },
  );

/** The list of addresses in a body, normalised. */
const lowered = (body: Json): Json =>
  'emails' in body
    ? { ...body, emails: listIn(body, 'emails').map((email) => email.toLowerCase().trim()) }
    : body;

export const memberServerFaults: readonly ServerFault[] = [
  {
    id: 'team-addresses-lowered',
    title: 'normalises the addresses of a new team itself',
    requirement: 'NORM-06',
    profile: 'documented',
    create: repairing('/api/teams', lowered),
  },
  {
    id: 'unshare-addresses-lowered',
    title: 'normalises the addresses whose links are withdrawn itself',
    requirement: 'NORM-06',
    profile: 'documented',
    create: sentTo('unshare', ({ body }) => lowered(body)),
  },
  {
    id: 'not-normalised-as-malformed',
    title: 'refuses an address that is not normalised as malformed',
    requirement: 'NORM-06',
    profile: 'documented',
    create: refusing(({ error, ...others }) => ({
      ...others,
      error: error === 'not-normalized' ? 'malformed' : error,
    })),
  },
  {
    id: 'group-element-as-malformed',
    title: 'refuses an A or a new verifier that is out of range as malformed',
    requirement: 'ERROR-02',
    create: refusing(({ error, ...others }) => ({
      ...others,
      error: error === 'group-element' ? 'malformed' : error,
    })),
  },
  {
    id: 'field-at-signup-alone',
    title: 'names the member that it refuses at signup alone',
    requirement: 'ERROR-03',
    create: refusing(({ field: _, ...others }) => others),
  },
  {
    id: 'field-of-other-types-untold',
    title: 'names no member that is true or false, or a number, where it has to be another',
    requirement: 'ERROR-03',
    create: fieldlessWhere((error, value) => error === 'malformed' && /boolean|number/.test(typeof value)),
  },
  {
    id: 'field-of-missing-members-untold',
    title: 'names no member that is missing',
    requirement: 'ERROR-03',
    create: fieldlessWhere((error, value) => error === 'malformed' && value === undefined),
  },
  {
    id: 'field-of-unknown-members-untold',
    title: 'names no member whose text it refuses',
    requirement: 'ERROR-03',
    create: fieldlessWhere((error, value) => error === 'malformed' && typeof value === 'string'),
  },
  {
    id: 'field-of-group-elements-untold',
    title: 'names neither an A nor a verifier that is out of its range',
    requirement: 'ERROR-03',
    create: fieldlessWhere((error) => error === 'group-element'),
  },
  {
    id: 'field-of-the-list',
    title: 'names of a push and of a pull the list, and not the member of the resource that is wrong',
    requirement: 'ERROR-03',
    create: refusing((error, path) =>
      path.startsWith('/sync/')
        ? { ...error, field: String(error['field']).split('/').slice(0, 2).join('/') }
        : error,
    ),
  },
  {
    id: 'field-of-old-member',
    title: 'names of a change the old member in place of the new one',
    requirement: 'ERROR-03',
    create: refusing((error, path) =>
      path === '/auth/change-password'
        ? {
            ...error,
            field: String(error['field']).replace(
              /^\/new(.)/,
              (_, letter: string) => `/${letter.toLowerCase()}`,
            ),
          }
        : error,
    ),
  },
];
