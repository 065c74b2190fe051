/** Clients that open what they must not when they have logged in (6.2 to 6.4, 7.3). */
import type { AesMessage } from '../../reference/index.ts';
import { ProtocolError } from '../../reference/index.ts';
import { inAccept, withSteps, type ClientFault } from './client-parts.ts';
import { anyJson, anyKey, bringing, openingLoosely, openLoosely, reading } from './lenient-parts.ts';

const parsed = (message: string): AesMessage => JSON.parse(message) as AesMessage;

export const openingFaults: readonly ClientFault[] = [
  {
    id: 'tag-length-from-message',
    title: 'takes the length of the tag from the message',
    requirement: 'AES-07',
    create: openingLoosely({ tagBytes: (t) => Math.min(16, t.length / 2) }),
  },
  {
    id: 'tag-ignored',
    title: 'does not look at the tag',
    requirement: 'AES-09',
    create: openingLoosely({ tagBytes: () => 0 }),
  },
  {
    id: 'plaintext-in-error',
    title: 'says what a message holds whose tag does not fit',
    requirement: 'AES-09',
    create: reading({
      key(own, kek, message) {
        try {
          return own.wrap.openKey(kek, message);
        } catch {
          const plaintext = openLoosely(kek, message, { tagBytes: () => 0 });
          throw new ProtocolError('decrypt/tag', `not authentic: ${Buffer.from(plaintext).toString('hex')}`);
        }
      },
    }),
  },
  {
    id: 'iv-any-length',
    title: 'takes an IV of any length',
    requirement: 'AES-08',
    create: openingLoosely(),
  },
  {
    id: 'ad-ignored',
    title: 'does not look at additional data',
    requirement: 'AES-05',
    create: bringing((message) => JSON.stringify({ ...parsed(message), ad: '' })),
  },
  {
    id: 'ad-taken-in-documented',
    title: 'takes additional data that is authentic, which is for the other profile',
    requirement: 'AES-05',
    create: openingLoosely({ ad: (given) => given }),
  },
  {
    id: 'ad-not-authenticated',
    title: 'does not authenticate additional data',
    requirement: 'AES-06',
    profile: 'deployed',
    create: bringing((message) => JSON.stringify({ ...parsed(message), ad: '' })),
  },
  {
    id: 'ad-refused',
    title: 'does not open a wrapped key with additional data',
    requirement: 'AES-06',
    profile: 'deployed',
    create: reading({
      key(own, kek, message) {
        if (parsed(message).ad !== '')
          throw new ProtocolError('decrypt/additional-data', 'the message has additional data');
        return own.wrap.openKey(kek, message);
      },
    }),
  },
  {
    id: 'message-any-members',
    title: 'takes a message with other members than the four',
    requirement: 'AES-10',
    create: bringing((message) => {
      const { iv, t, d, ad } = JSON.parse(message) as Partial<AesMessage>;
      return JSON.stringify({ iv, t, d, ad: ad ?? '' });
    }),
  },
  {
    id: 'message-upper-case-taken',
    title: 'takes a message in upper-case hex',
    requirement: 'ENC-02',
    create: bringing((message) => message.toLowerCase()),
  },
  {
    id: 'key-any-form',
    title: 'takes a wrapped key of any form and length',
    requirement: 'WRAP-05',
    create: reading({ key: (_own, kek, message) => anyKey(openLoosely(kek, message)) }),
  },
  {
    id: 'key-any-jwk',
    title: 'takes a wrapped key from any JWK that has a k',
    requirement: 'WRAP-05',
    profile: 'deployed',
    create: reading({ key: (_own, kek, message) => anyKey(openLoosely(kek, message)) }),
  },
  {
    id: 'json-any-form',
    title: 'takes a private key in JSON of any form',
    requirement: 'WRAP-06',
    create: reading({ json: (_own, key, message) => anyJson(openLoosely(key, message)) }),
  },
  {
    id: 'locked-account-entered',
    title: 'reports a login although the keys of the account do not open',
    requirement: 'LOGIN-12',
    create: withSteps((own) => ({
      ...own,
      wrap: { ...own.wrap, openKey: () => new Uint8Array(32), openJson: () => ({}) },
      accept: { ...own.accept, privateKey: (jwk) => jwk as never, keyPair: () => undefined },
    })),
  },
  {
    id: 'public-key-unchecked',
    title: 'does not compare the public key with its own private key',
    requirement: 'WRAP-10',
    create: inAccept({ keyPair: () => undefined }),
  },
];
