/** Clients that open links which they must refuse (6.5, 8.1). */
import { constants, createPrivateKey, createPublicKey, privateDecrypt, publicEncrypt } from 'node:crypto';
import { fromHex, native, ProtocolError, toHex, type RsaPrivateJwk } from '../../reference/index.ts';
import { acceptWhile, answerChanged, inAccept, inWrap, withFetch, type ClientFault } from './client-parts.ts';

/** The path of a call that answers with a link, changed there. */
export const linksChanged = (change: (link: string) => string) =>
  withFetch(async (request) => {
    const { pathname } = new URL(request.url);
    return await answerChanged(request, pathname, (body) =>
      typeof body['encSymmetricKey'] === 'string' && pathname.includes('/resource_groups/')
        ? { ...body, encSymmetricKey: change(body['encSymmetricKey']) }
        : body,
    );
  });

/** The link whose encoding begins with a zero octet, and is the same but for it. */
function withFirstOctetZero(privateKey: RsaPrivateJwk, link: string): string {
  const padding = constants.RSA_NO_PADDING;
  const { kty, n, e } = privateKey;
  const key = createPrivateKey({ key: { ...privateKey }, format: 'jwk' });
  try {
    const encoded = privateDecrypt({ key, padding }, fromHex(link, 'link')).fill(0, 0, 1);
    const again = createPublicKey({ key: { kty, n, e }, format: 'jwk' });
    return publicEncrypt({ key: again, padding }, encoded).toString('hex');
  } catch {
    return link;
  }
}

/** The `k` of a JWK in the plaintext of `deployed`, and any other plaintext as it is, each however long. */
function keyOfAnyForm(plaintext: Uint8Array): Uint8Array {
  const k = /%22k%22%3A%22([\w-]*)%22/.exec(Buffer.from(plaintext).toString('latin1'))?.[1];
  return k === undefined ? plaintext : Uint8Array.from(Buffer.from(k, 'base64url'));
}

export const linkFaults: readonly ClientFault[] = [
  {
    id: 'any-link-opened',
    title: 'takes what comes of a link that does not open for a key',
    requirement: 'LINK-03',
    create: inWrap((own) => ({
      openLink(privateKey, link) {
        try {
          return own.wrap.openLink(privateKey, link);
        } catch {
          return native.sha256(fromHex(link, 'link'));
        }
      },
    })),
  },
  {
    id: 'link-of-any-length',
    title: 'takes a key of any length and form out of a link',
    requirement: 'WRAP-05',
    create: inWrap((own) => ({
      openLink(privateKey, link) {
        const plaintext = native.rsaOaepDecrypt(privateKey, fromHex(link, 'link'));
        return plaintext === undefined ? own.wrap.openLink(privateKey, link) : keyOfAnyForm(plaintext);
      },
    })),
  },
  {
    id: 'link-first-octet-unchecked',
    title: 'does not look at the first octet of what a link decrypts to',
    requirement: 'LINK-03',
    create: inWrap((own) => ({
      openLink: (privateKey, link) => own.wrap.openLink(privateKey, withFirstOctetZero(privateKey, link)),
    })),
  },
  {
    id: 'link-hex-loose',
    title: 'reads of a link what it can, in any case and of any length',
    requirement: 'ENC-02',
    create: linksChanged((link) => link.toLowerCase().slice(0, 512).padStart(512, '0')),
  },
  {
    id: 'link-failures-told-apart',
    title: 'says of every link that does not open something else',
    requirement: 'LINK-04',
    create: inWrap((own) => ({
      openLink(privateKey, link) {
        try {
          return own.wrap.openLink(privateKey, link);
        } catch {
          const cause = toHex(native.sha256(fromHex(link, 'link'))).slice(0, 4);
          throw new ProtocolError('decrypt/link', `the link does not open: cause ${cause}`);
        }
      },
    })),
  },
  {
    id: 'another-group-key-taken',
    title: 'takes whatever key comes for a group that it has used another one for',
    requirement: 'GROUP-05',
    create: inAccept({ groupKey: () => undefined }),
  },
  {
    id: 'another-group-key-shared',
    title: 'gives others whatever key comes for a group that it has used another one for',
    requirement: 'GROUP-05',
    create: acceptWhile('share', () => ({ groupKey: () => undefined })),
  },
];
