/** Clients that open contents which they must refuse, or refuse what they must open (6.2, 6.3). */
import { createDecipheriv } from 'node:crypto';
import { fromHex, ProtocolError, type AesMessage, type Steps } from '../../reference/index.ts';
import { answerChanged, inWrap, withOverrides, type ClientFault } from './client-parts.ts';
import { anyJson, openLoosely } from './lenient-parts.ts';
import { TAG_BYTES } from '../lies/message-answers.ts';

type Loose = (steps: Steps, key: Uint8Array, message: AesMessage) => unknown;

/** AES-GCM with whatever IV, tag and additional data a message has. */
function openAsItIs({ profile }: Steps, key: Uint8Array, { iv, t, d, ad }: AesMessage): unknown {
  const [tag, additional] = [Buffer.from(t, 'hex'), Buffer.from(ad, 'hex')];
  const options = { authTagLength: tag.length };
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'hex'), options);
  decipher.setAAD(additional).setAuthTag(tag);
  const plaintext = Buffer.concat([decipher.update(Buffer.from(d, 'hex')), decipher.final()]);
  return JSON.parse(profile.decodeText(Uint8Array.from(plaintext)));
}

/** As it is, but with at most 16 bytes of the tag, and none where it is empty. */
function openWithSomeTag({ profile }: Steps, key: Uint8Array, message: AesMessage): unknown {
  const tagBytes = ({ length }: string): number => Math.min(16, length / 2);
  const plaintext = openLoosely(key, JSON.stringify(message), { tagBytes });
  return JSON.parse(profile.decodeText(plaintext));
}

/** Messages of a kind are opened in a way of their own; no schema sees them. */
const opening = (isOfKind: (message: AesMessage) => boolean, open: Loose) =>
  withOverrides(() => {
    const kept = new Map<string, AesMessage>();
    const hide = (resource: unknown): unknown => {
      const { encContent, ...envelope } = resource as { encContent: string };
      const message = JSON.parse(encContent) as AesMessage;
      if (!isOfKind(message)) return resource;
      const standIn = {
        iv: '00'.repeat(12),
        t: '00'.repeat(16),
        d: kept.size.toString(16).padStart(4, '0'),
        ad: '',
      };
      kept.set(JSON.stringify(standIn), message);
      return { ...envelope, encContent: JSON.stringify(standIn) };
    };
    return {
      fetch: (request) =>
        answerChanged(request, '/sync/pull', ({ createdResources, updatedResources, ...body }) => ({
          ...body,
          createdResources: (createdResources as unknown[]).map(hide),
          updatedResources: (updatedResources as unknown[]).map(hide),
        })),
      steps: (own) => ({
        ...own,
        wrap: {
          ...own.wrap,
          openJson(key, text) {
            const message = kept.get(text);
            return message === undefined ? own.wrap.openJson(key, text) : open(own, key, message);
          },
        },
      }),
    };
  });

/** JSON, percent-encoded or not; undefined for what is none. */
function anyJsonOf(text: string): unknown {
  try {
    return anyJson(Buffer.from(text));
  } catch {
    return undefined;
  }
}

/** A document that does not open as it must is read in another way, where that gives something. A key is none. */
const otherwiseRead = (read: (plaintext: string) => unknown) =>
  inWrap((own) => ({
    openJson(key, text) {
      try {
        return own.wrap.openJson(key, text);
      } catch (error) {
        const { iv, t, d, ad } = JSON.parse(text) as AesMessage;
        const sealed = { ciphertext: fromHex(d, 'd'), tag: fromHex(t, 't') };
        const plaintext = own.primitives.aes256GcmOpen(key, fromHex(iv, 'iv'), sealed, fromHex(ad, 'ad'));
        const found = plaintext && read(Buffer.from(plaintext).toString());
        if (found === undefined || (found instanceof Object && 'kty' in found)) throw error;
        return found;
      }
    },
  }));

export const contentFaults: readonly ClientFault[] = [
  {
    id: 'content-with-any-key',
    title: 'opens a document with whichever of its keys fits',
    requirement: 'PULL-04',
    create: inWrap((own) => {
      const keys: Uint8Array[] = [];
      return {
        openLink(privateKey, link) {
          const key = own.wrap.openLink(privateKey, link);
          keys.push(key);
          return key;
        },
        openJson(key, message) {
          for (const other of keys)
            try {
              return own.wrap.openJson(other, message);
            } catch {
              // The next one may fit.
            }
          return own.wrap.openJson(key, message);
        },
      };
    }),
  },
  ...TAG_BYTES.map((bytes) => ({
    id: `content-opened.tag-${bytes}`,
    title: `takes a tag of ${bytes} bytes, and compares as much of it as there is`,
    requirement: 'AES-07',
    create: opening(({ t }) => t.length === 2 * bytes, openWithSomeTag),
  })),
  {
    id: 'content-opened.tag-wrong',
    title: 'does not compare the last byte of a tag',
    requirement: 'AES-09',
    create: opening(
      ({ t }) => t.length === 32,
      (steps, key, { t, ...message }) => {
        try {
          return openWithSomeTag(steps, key, { ...message, t: t.slice(0, -2) });
        } catch {
          throw new ProtocolError('decrypt/tag', 'the document is not authentic');
        }
      },
    ),
  },
  {
    id: 'content-iv-of-any-length',
    title: 'takes an IV of any length',
    requirement: 'AES-08',
    create: opening(({ iv }) => iv.length !== 24, openAsItIs),
  },
  {
    id: 'content-members-passed-over',
    title: 'passes over members of a message that it does not know',
    requirement: 'AES-10',
    create: opening((message) => Object.keys(message).length > 4, openAsItIs),
  },
  {
    id: 'content-hex-of-any-case',
    title: 'reads hex in any case',
    requirement: 'ENC-02',
    create: opening(({ d, t }) => /[A-F]/.test(d + t), openAsItIs),
  },
  {
    id: 'content-with-additional-data',
    title: 'opens a message with additional data',
    requirement: 'AES-05',
    create: opening(({ ad }) => ad !== '', openAsItIs),
  },
  {
    id: 'content-additional-data-passed-over',
    title: 'opens a document without its additional data where it does not open with it',
    requirement: 'AES-06',
    profile: 'deployed',
    create: opening(
      ({ ad }) => ad !== '',
      (steps, key, message) => {
        try {
          return openAsItIs(steps, key, message);
        } catch {
          return openAsItIs(steps, key, { ...message, ad: '' });
        }
      },
    ),
  },
  {
    id: 'content-additional-data-refused',
    title: 'does not open a document with additional data',
    requirement: 'AES-06',
    profile: 'deployed',
    create: opening(
      ({ ad }) => ad !== '',
      () => {
        throw new ProtocolError('decrypt/additional-data', 'the document has additional data');
      },
    ),
  },
  {
    id: 'content-escapes-compared',
    title: 'opens only what is escaped just as it would escape it',
    requirement: 'PULL-09',
    profile: 'deployed',
    create: inWrap((own) => ({
      openJson(key, text) {
        const value = own.wrap.openJson(key, text);
        const { d } = JSON.parse(text) as AesMessage;
        const length = encodeURIComponent(JSON.stringify(value)).length;
        if (fromHex(d, 'd').length !== length)
          throw new ProtocolError('decrypt/document', 'the document is escaped in another way');
        return value;
      },
    })),
  },
  {
    id: 'content-no-json-kept',
    title: 'keeps what is no JSON in either form as text',
    requirement: 'WRAP-06',
    create: otherwiseRead((text) => (anyJsonOf(text) === undefined ? text : undefined)),
  },
  {
    id: 'content-of-other-form-read',
    title: 'reads JSON in the form of the other profile too',
    requirement: 'WRAP-06',
    create: otherwiseRead(anyJsonOf),
  },
];
