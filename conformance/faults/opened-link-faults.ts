/** Clients that open one kind of false link, and refuse every other (6.5, 6.3): a fault for each row of `false-links.ts`. */
import { constants, createPrivateKey, privateDecrypt } from 'node:crypto';
import { native, type RsaPrivateJwk, type Steps } from '../../reference/index.ts';
import { digest, xor } from '../../spec/crypto.ts';
import { mask } from '../../vectors/generate/oaep.ts';
import { inWrap, withOverrides, type ClientFault } from './client-parts.ts';
import { falseLinks } from '../lies/false-links.ts';
import { linksChanged } from './link-faults.ts';
import { inUpperCase, ofLength, taking } from './taken.ts';

const opens = taking(
  'link-opened',
  falseLinks.map(({ what, ...row }) => ({ ...row, title: `A client refuses a link ${what}.` })),
);

/** What a link holds that does not open as it must; undefined where it does not open so either. */
type Opening = (privateKey: RsaPrivateJwk, link: Uint8Array) => Uint8Array | undefined;

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));

/** Opens a link as it must be opened, and in one other way where that fails. */
const openingToo =
  (open: Opening) =>
  (own: Steps): Partial<Steps['wrap']> => ({
    openLink(privateKey, link) {
      try {
        return own.wrap.openLink(privateKey, link);
      } catch (error) {
        const plaintext = open(privateKey, bytesOf(link));
        if (plaintext?.length !== own.profile.encodeKey(new Uint8Array(32)).length) throw error;
        return own.profile.decodeKey(plaintext);
      }
    },
  });

/** EM of 256 bytes; undefined for what is no number below n. */
function encodingOf(privateKey: RsaPrivateJwk, link: Uint8Array): Uint8Array | undefined {
  const key = createPrivateKey({ key: { ...privateKey }, format: 'jwk' });
  try {
    return Uint8Array.from(privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, link));
  } catch {
    return undefined;
  }
}

/** What an encoding holds by a reader of the encoding. */
const encodedBy =
  (read: (encoding: Uint8Array) => Uint8Array | undefined): Opening =>
  (privateKey, link) => {
    const encoding = encodingOf(privateKey, link);
    return encoding && read(encoding);
  };

/** What of RSAES-OAEP is otherwise. */
interface Otherwise {
  readonly hash?: string;
  readonly mgf?: string;
  readonly label?: 'any';
  readonly separator?: 'any';
}

/** EM = 00 | seed xor MGF1(maskedDB) | DB xor MGF1(seed), DB = H(label) | 00… | 01 | plaintext */
const oaep = ({ hash = 'sha-256', mgf = hash, label, separator }: Otherwise): Opening =>
  encodedBy((encoding) => {
    const labelHash = digest(hash, new Uint8Array());
    const masked = encoding.subarray(1 + labelHash.length);
    const seed = xor(encoding.subarray(1, 1 + labelHash.length), mask(mgf, masked, labelHash.length));
    const db = xor(masked, mask(mgf, seed, masked.length));
    const found = db.subarray(0, labelHash.length);
    if (encoding[0] !== 0 || (label !== 'any' && !Buffer.from(found).equals(labelHash))) return undefined;
    const at = db.findIndex((byte, i) => i >= labelHash.length && byte !== 0);
    return separator === 'any' || db[at] === 1 ? db.slice(at + 1) : undefined;
  });

/** EM = 00 | 02 | nonzero bytes | 00 | plaintext */
const pkcs1 = encodedBy((encoding) =>
  encoding[0] === 0 && encoding[1] === 2 ? encoding.slice(encoding.indexOf(0, 2) + 1) : undefined,
);

/** Zero bytes and the plaintext, 32 bytes or as many as there are. */
const unpadded = encodedBy((encoding) => {
  const at = encoding.findIndex((byte) => byte !== 0);
  return at < 8 ? undefined : encoding.slice(Math.min(at, encoding.length - 32));
});

const numberOf = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex')}`);

/** c mod n in the place of c. */
const reduced: Opening = (privateKey, link) => {
  const n = numberOf(Buffer.from(privateKey.n, 'base64url'));
  const rest = (numberOf(link) % n).toString(16).padStart(512, '0');
  return numberOf(link) < n ? undefined : native.rsaOaepDecrypt(privateKey, bytesOf(rest));
};

/** Opens what is for any account that it has made. */
const ofAnyAccount: ClientFault['create'] = withOverrides(() => {
  const made: RsaPrivateJwk[] = [];
  const open: Opening = (_privateKey, link) => {
    for (const one of made) {
      const plaintext = native.rsaOaepDecrypt(one, link);
      if (plaintext !== undefined) return plaintext;
    }
    return undefined;
  };
  return {
    steps: (own) => ({
      ...own,
      async keyPair() {
        const pair = await own.keyPair();
        made.push(pair.privateKey);
        return pair;
      },
      wrap: { ...own.wrap, ...openingToo(open)(own) },
    }),
  };
});

/** Takes for a key what a link holds, where it looks so. */
const holding = (read: (plaintext: Buffer, profile: Steps['profile']['name']) => Uint8Array | undefined) =>
  inWrap((own) => ({
    openLink(privateKey, link) {
      try {
        return own.wrap.openLink(privateKey, link);
      } catch (error) {
        const plaintext = native.rsaOaepDecrypt(privateKey, bytesOf(link));
        const key = plaintext && read(Buffer.from(plaintext), own.profile.name);
        if (key === undefined) throw error;
        return key;
      }
    },
  }));

/** The `k` of the JWK that is in the plaintext of `deployed`. */
function keyOf(plaintext: Buffer): Buffer | undefined {
  const k = /"k":"([\w-]*)"/.exec(decodeURIComponent(plaintext.toString('latin1')))?.[1];
  return k === undefined ? undefined : Buffer.from(k, 'base64url');
}

export const openedLinkFaults: readonly ClientFault[] = [
  opens('to-another', ofAnyAccount),
  opens('pkcs1', inWrap(openingToo(pkcs1))),
  opens('unpadded', inWrap(openingToo(unpadded))),
  opens('mgf-sha-1', inWrap(openingToo(oaep({ mgf: 'sha-1' })))),
  opens('sha-1', inWrap(openingToo(oaep({ hash: 'sha-1' })))),
  opens('label', inWrap(openingToo(oaep({ label: 'any' })))),
  opens('separator', inWrap(openingToo(oaep({ separator: 'any' })))),
  opens('above-n', inWrap(openingToo(reduced))),
  opens(
    'key-of-31-bytes',
    holding((plaintext, profile) => {
      const key = profile === 'documented' ? plaintext : keyOf(plaintext);
      return key?.length === 31 ? key : undefined;
    }),
  ),
  opens(
    'key-and-more',
    holding((plaintext, profile) => {
      if (profile === 'documented') return plaintext.length === 33 ? plaintext.subarray(0, 32) : undefined;
      return plaintext.at(-1) === 0x2e ? keyOf(plaintext) : undefined;
    }),
  ),
  opens(
    'key-of-another-profile',
    holding((plaintext, profile) => {
      if (profile === 'deployed') return plaintext.length === 32 ? plaintext : undefined;
      return plaintext.toString('latin1').startsWith('%7B') ? keyOf(plaintext) : undefined;
    }),
  ),
  opens(
    'long',
    linksChanged((link) => (ofLength(257)(link) ? link.slice(0, 512) : link)),
  ),
  opens(
    'upper-case',
    linksChanged((link) => (inUpperCase(link) ? link.toLowerCase() : link)),
  ),
];
