/** Clients that open what they must not when they have logged in (6.2, 6.4, 7.3). */
import { type AesMessage } from '../../reference/index.ts';
import {
  answerChanged,
  inAccept,
  inWrap,
  openJsonLoosely,
  openWithTag,
  withOverrides,
  withSteps,
  type ClientFault,
} from './client-parts.ts';

export const openingFaults: readonly ClientFault[] = [
  {
    id: 'tag-length-from-message',
    title: 'takes the length of the tag from the message',
    requirement: 'AES-07',
    create: withOverrides(() => {
      let given = 32;
      return {
        fetch: (request) =>
          answerChanged(request, '/auth/whoami', (body) => {
            const message = JSON.parse(String(body['encSymmetricKey'])) as AesMessage;
            given = message.t.length;
            return { ...body, encSymmetricKey: JSON.stringify({ ...message, t: message.t.padEnd(32, '0') }) };
          }),
        steps: (own) => ({
          ...own,
          wrap: { ...own.wrap, openKey: (kek, message) => openWithTag(own, kek, message, given / 2) },
        }),
      };
    }),
  },
  {
    id: 'tag-ignored',
    title: 'does not look at the tag',
    requirement: 'AES-09',
    create: inWrap((own) => ({
      openKey: (kek, message) => openWithTag(own, kek, message, 0),
      openJson: (key, message) => openJsonLoosely(own, key, message),
    })),
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
