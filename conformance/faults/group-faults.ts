/** Clients that are wrong in making a group and its links (8.1). */
import { createPublicKey, publicEncrypt } from 'node:crypto';
import { native, toHex, type RsaPublicJwk } from '../../reference/index.ts';
import {
  answerChanged,
  inWrap,
  withFetch,
  withHeader,
  withOverrides,
  type ClientFault,
} from './client-parts.ts';
import { withFixedGroupKey } from './flow-parts.ts';

/** A new group is sent as of another media type. */
const withGroupAs = (type: string): ClientFault['create'] =>
  withFetch(async (request) => {
    const isGroup = request.url.endsWith('/api/resource_groups');
    return await fetch(isGroup ? withHeader(request, 'content-type', type) : request);
  });

export const groupFaults: readonly ClientFault[] = [
  {
    id: 'group-key-repeats',
    title: 'uses one key for all groups',
    requirement: 'KEY-03',
    create: withFixedGroupKey,
  },
  {
    id: 'group-with-charset',
    title: 'names a charset beside the media type of a new group',
    requirement: 'HTTP-03',
    create: withGroupAs('application/json; charset=utf-8'),
  },
  {
    id: 'group-without-session',
    title: 'asks for a new group as if nobody were logged in',
    requirement: 'SESSION-01',
    create: withFetch(async (request) => {
      const asked = new Request(request);
      if (request.url.endsWith('/api/resource_groups')) asked.headers.delete('x-session-id');
      return await fetch(asked);
    }),
  },
  {
    id: 'group-as-text',
    title: 'sends a new group as plain text',
    requirement: 'HTTP-03',
    create: withGroupAs('text/plain'),
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
  {
    id: 'key-of-answer-used',
    title: 'encrypts with whatever key the answer to a new group holds',
    requirement: 'GROUP-05',
    create: withOverrides(() => {
      let made: Uint8Array | undefined;
      let answered: string | undefined;
      const replaced = new Map<string, Uint8Array>();
      return {
        fetch: (request) =>
          answerChanged(request, '/api/resource_groups', (body) => {
            answered = String(body['encSymmetricKey']);
            return body;
          }),
        steps: (own) => ({
          ...own,
          wrap: {
            ...own.wrap,
            sealLink(publicKey, key) {
              made = key;
              return own.wrap.sealLink(publicKey, key);
            },
            openLink(privateKey, link) {
              const opened = own.wrap.openLink(privateKey, link);
              if (link !== answered || made === undefined) return opened;
              answered = undefined;
              replaced.set(toHex(made), opened);
              return made;
            },
            sealJson: (key, value, random) =>
              own.wrap.sealJson(replaced.get(toHex(key)) ?? key, value, random),
          },
        }),
      };
    }),
  },
];
