/** Clients that do not give a document back as it was (6.3, 8.5). */
import { inWrap, withFetch, answerChanged, type ClientFault } from './client-parts.ts';

/** Every text in a value, changed. */
function inTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => inTexts(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, inTexts(item, change)]));
}

function flattened(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth === 0) return null;
  if (Array.isArray(value)) return value.map((item) => flattened(item, depth - 1));
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, flattened(item, depth - 1)]));
}

/** What is pulled is opened to something else. */
const opening = (change: (document: unknown) => unknown) =>
  inWrap((own) => ({ openJson: (key, message) => change(own.wrap.openJson(key, message)) }));

export const documentFaults: readonly ClientFault[] = [
  {
    id: 'document-null-emptied',
    title: 'makes an empty object of a document that is null',
    requirement: 'SYNC-07',
    create: opening((document) => document ?? {}),
  },
  {
    id: 'document-normalised',
    title: 'brings the text of documents to NFC',
    requirement: 'SYNC-07',
    create: opening((document) => inTexts(document, (text) => text.normalize('NFC'))),
  },
  {
    id: 'document-flattened',
    title: 'leaves out what nests more than 32 deep in a document',
    requirement: 'SYNC-07',
    create: opening((document) => flattened(document, 32)),
  },
  {
    id: 'document-cut',
    title: 'keeps no more than 65 536 characters of a text',
    requirement: 'SYNC-07',
    create: opening((document) => inTexts(document, (text) => text.slice(0, 0x10000))),
  },
  {
    id: 'ids-decoded',
    title: 'takes the ids of resources for percent-encoded',
    requirement: 'SYNC-07',
    create: withFetch((request) =>
      answerChanged(request, '/sync/pull', ({ createdResources, ...body }) => ({
        ...body,
        createdResources: (createdResources as readonly { id: string }[]).map((resource) => ({
          ...resource,
          id: decodeURIComponent(resource.id),
        })),
      })),
    ),
  },
];
