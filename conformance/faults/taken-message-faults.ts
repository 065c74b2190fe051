/** Clients that take one wrong message of an account, and refuse every other (6.2, 6.3). */
import { toHex, type AesMessage, type Steps } from '../../reference/index.ts';
import type { ClientFault } from './client-parts.ts';
import { openLoosely, reading } from './lenient-parts.ts';
import { TAG_BYTES } from '../lies/message-answers.ts';
import { takes, text } from './taken.ts';

type Jwk = Readonly<Record<string, unknown>>;

/** A message, and what it holds, whatever its tag says. */
type Looks = (message: AesMessage, plaintext: () => Uint8Array, own: Steps) => boolean;

const MEMBERS = { key: 'openKey', json: 'openJson' } as const;

/** A wrapped key, or a private key, that looks so is taken for the one that was opened with the same key before. */
const inMessage = (
  id: string,
  member: keyof typeof MEMBERS,
  looks: Looks,
  requirement?: string,
): ClientFault => {
  const create: ClientFault['create'] = (base, log) => {
    const opened = new Map<string, unknown>();
    const open = (own: Steps, key: Uint8Array, text: string): unknown => {
      const name = toHex(key);
      const message = JSON.parse(text) as AesMessage;
      const isTaken = looks(message, () => openLoosely(key, text, { tagBytes: () => 0 }), own);
      if (!isTaken || !opened.has(name)) opened.set(name, own.wrap[MEMBERS[member]](key, text));
      return opened.get(name);
    };
    return reading({ [member]: open })(base, log);
  };
  return takes(id, create, requirement);
};

const wrappedKey = (id: string, looks: Looks, requirement?: string): ClientFault =>
  inMessage(id, 'key', looks, requirement);
const privateKey = (id: string, looks: Looks, requirement?: string): ClientFault =>
  inMessage(`private-key-${id}`, 'json', looks, requirement);

const textOf = (plaintext: Uint8Array): string => Buffer.from(plaintext).toString('latin1');
const tagHas =
  (bytes: number): Looks =>
  ({ t }) =>
    t.length === 2 * bytes;
const ivHas =
  (bytes: number): Looks =>
  ({ iv }) =>
    iv.length === 2 * bytes;
const hasMembers =
  (count: number): Looks =>
  (message) =>
    Object.keys(message).length === count;
const inUpperCaseHex: Looks = ({ d }) => /[A-F]/.test(d);

/** Whether it has additional data, and its tag fits with it. */
const hasAd =
  (isCovered: boolean): Looks =>
  ({ ad }) =>
    ad === (isCovered ? Buffer.from('additional').toString('hex') : '00');

/** Messages that are known again by two of their members, however the third differs. */
function knownBy(...names: readonly (keyof AesMessage)[]): Looks {
  const seen = new Map<string, string>();
  return (message) => {
    const name = names.map((member) => message[member]).join();
    const whole = JSON.stringify(message);
    const before = seen.get(name);
    seen.set(name, before ?? whole);
    return before !== undefined && before !== whole;
  };
}

/** A wrapped JWK whose member is another. */
const wrappedJwk =
  (looks: (jwk: Jwk) => boolean): Looks =>
  (_message, plaintext) =>
    looks(JSON.parse(decodeURIComponent(textOf(plaintext()))) as Jwk);

export const takenMessageFaults: readonly ClientFault[] = [
  ...TAG_BYTES.map((bytes) => wrappedKey(bytes === 12 ? 'tag-truncated' : `tag-${bytes}`, tagHas(bytes))),
  privateKey('tag-truncated', tagHas(12)),
  wrappedKey('ciphertext-changed', knownBy('iv', 't', 'ad')),
  privateKey('ciphertext-changed', knownBy('iv', 't', 'ad')),
  wrappedKey('iv-changed', knownBy('d', 't', 'ad')),
  privateKey('tag-wrong', knownBy('iv', 'd', 'ad')),
  wrappedKey('iv-8', ivHas(8)),
  wrappedKey('iv-16', ivHas(16)),
  wrappedKey('iv-empty', ivHas(0)),
  privateKey('iv-16', ivHas(16)),
  wrappedKey('ad-unexpected', hasAd(false), 'AES-05'),
  privateKey('ad-unexpected', hasAd(false), 'AES-05'),
  wrappedKey('ad-authenticated', hasAd(true)),
  privateKey('ad-authenticated', hasAd(true)),
  wrappedKey('message-extra-member', hasMembers(5)),
  privateKey('extra-member', hasMembers(5)),
  wrappedKey('message-without-ad', hasMembers(3)),
  wrappedKey('message-ad-null', ({ ad }) => (ad as unknown) === null),
  wrappedKey('message-upper-case', inUpperCaseHex),
  privateKey('upper-case', inUpperCaseHex),
  wrappedKey('key-of-31-bytes', (_message, plaintext) => plaintext().length === 31),
  wrappedKey('key-of-33-bytes', (_message, plaintext) => plaintext().length === 33),
  wrappedKey(
    'key-of-other-form',
    (_message, plaintext, { profile }) =>
      textOf(plaintext()).startsWith('%7B') === (profile.name === 'documented'),
  ),
  wrappedKey(
    'key-jwk-k-long',
    wrappedJwk(({ k }) => Buffer.from(text(k), 'base64url').length === 33),
  ),
  wrappedKey(
    'key-jwk-kty',
    wrappedJwk(({ kty }) => kty !== 'oct'),
  ),
  wrappedKey(
    'key-jwk-alg',
    wrappedJwk(({ alg }) => alg !== 'A256GCM'),
  ),
  wrappedKey(
    'key-jwk-key_ops',
    wrappedJwk(({ key_ops }) => (key_ops as unknown[]).length === 1),
  ),
  privateKey('object-Object', (_message, plaintext) => /^(\[|%5B)object/.test(textOf(plaintext()))),
  privateKey('percent-encoded', (_message, plaintext) => /^%7B.*%22kty%22/.test(textOf(plaintext()))),
  privateKey('not-UTF-8', (_message, plaintext) => plaintext().includes(0xff)),
];
