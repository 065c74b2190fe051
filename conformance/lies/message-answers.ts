/** What a dishonest server answers to `whoami`: messages, a saltEnc or an address that are not as they must be (6.2, 7.4). */
import { fromHex, utf8 } from '../../reference/index.ts';
import {
  inMember,
  inMessage,
  keyText,
  MALFORMED,
  otherDigit,
  PRIVATE,
  sealed,
  sealedKey,
  sealedPrivate,
  SYMMETRIC,
  text,
  type Alter,
  type Owner,
  type Unlock,
  WHEN_USED,
} from './answers.ts';

const BYTE = 2;

/** The first bytes of the tag, and zero bytes where it has no more. */
const tagOf = (name: string, bytes: number): Alter =>
  inMessage(name, (message) => ({
    ...message,
    t: message.t.slice(0, bytes * BYTE).padEnd(bytes * BYTE, '0'),
  }));

/** Lengths that no tag has. */
export const TAG_BYTES = [0, 4, 8, 12, 15, 17];

const tags: readonly Unlock[] = TAG_BYTES.map((bytes) => ({
  // The oldest of them has the name that baselines know it by.
  id: bytes === 12 ? 'tag-truncated' : `tag-${bytes}`,
  title: `A client refuses a wrapped key whose tag has ${bytes} bytes.`,
  requirements: ['AES-07', 'LOGIN-12'],
  stages: WHEN_USED,
  alter: tagOf(SYMMETRIC, bytes),
}));

/** The right private key, as its profile writes it. */
const privateText = ({ steps, PRV_Account }: Owner): Uint8Array =>
  steps.profile.encodeText(JSON.stringify(PRV_Account));

const messages: readonly Unlock[] = [
  ...tags,
  {
    id: 'private-key-tag-truncated',
    title: 'A client refuses a private key whose tag has 12 bytes.',
    requirements: ['AES-07', 'LOGIN-12'],
    stages: WHEN_USED,
    alter: tagOf(PRIVATE, 12),
  },
  {
    id: 'tag-wrong',
    title: 'A client refuses a wrapped key whose tag does not fit.',
    requirements: ['AES-09', 'LOGIN-12'],
    stages: ['decrypt'],
    alter: inMessage(SYMMETRIC, (message) => ({ ...message, t: otherDigit(message.t, -1) })),
  },
  {
    id: 'private-key-tag-wrong',
    title: 'A client refuses a private key whose tag does not fit.',
    requirements: ['AES-09', 'LOGIN-12'],
    stages: ['decrypt'],
    alter: inMessage(PRIVATE, (message) => ({ ...message, t: otherDigit(message.t, 0) })),
  },
  {
    id: 'ciphertext-changed',
    title: 'A client refuses a wrapped key of which one digit was changed.',
    requirements: ['AES-09', 'LOGIN-12'],
    stages: ['decrypt'],
    alter: inMessage(SYMMETRIC, (message) => ({ ...message, d: otherDigit(message.d, -1) })),
  },
  {
    id: 'private-key-ciphertext-changed',
    title: 'A client refuses a private key of which one digit was changed.',
    requirements: ['AES-09', 'LOGIN-12'],
    stages: ['decrypt'],
    alter: inMessage(PRIVATE, (message) => ({ ...message, d: otherDigit(message.d, -1) })),
  },
  {
    id: 'iv-changed',
    title: 'A client refuses a wrapped key of whose IV one digit was changed.',
    requirements: ['AES-09', 'LOGIN-12'],
    stages: ['decrypt'],
    alter: inMessage(SYMMETRIC, (message) => ({ ...message, iv: otherDigit(message.iv, 0) })),
  },
  ...[8, 16].map((ivBytes) => ({
    id: `iv-${ivBytes}`,
    title: `A client refuses a wrapped key that was sealed with an IV of ${ivBytes} bytes.`,
    requirements: ['AES-08', 'LOGIN-12'],
    stages: WHEN_USED,
    alter: sealedKey(keyText, { ivBytes }),
  })),
  {
    id: 'iv-empty',
    title: 'A client refuses a wrapped key with an empty IV.',
    requirements: ['AES-08', 'LOGIN-12'],
    stages: WHEN_USED,
    alter: inMessage(SYMMETRIC, (message) => ({ ...message, iv: '' })),
  },
  {
    id: 'ad-unexpected',
    title: 'A client refuses a wrapped key with additional data that its tag knows nothing of.',
    requirements: ['AES-06', 'AES-05', 'LOGIN-12'],
    stages: ['decrypt'],
    alter: inMessage(SYMMETRIC, (message) => ({ ...message, ad: '00' })),
  },
  {
    id: 'ad-authenticated',
    title: 'A client refuses a wrapped key with additional data, though its tag fits.',
    requirements: ['AES-05', 'LOGIN-12'],
    profile: 'documented',
    stages: ['decrypt'],
    alter: sealedKey(keyText, { ad: utf8('additional') }),
  },
  {
    id: 'private-key-ad-unexpected',
    title: 'A client refuses a private key with additional data that its tag knows nothing of.',
    requirements: ['AES-06', 'AES-05', 'LOGIN-12'],
    stages: ['decrypt'],
    alter: inMessage(PRIVATE, (message) => ({ ...message, ad: '00' })),
  },
  {
    id: 'private-key-ad-authenticated',
    title: 'A client refuses a private key with additional data, though its tag fits.',
    requirements: ['AES-05', 'LOGIN-12'],
    profile: 'documented',
    stages: ['decrypt'],
    alter: sealedPrivate(privateText, { ad: utf8('additional') }),
  },
  {
    id: 'private-key-iv-16',
    title: 'A client refuses a private key that was sealed with an IV of 16 bytes.',
    requirements: ['AES-08', 'LOGIN-12'],
    stages: WHEN_USED,
    alter: sealedPrivate(privateText, { ivBytes: 16 }),
  },
  {
    id: 'private-key-extra-member',
    title: 'A client refuses a private key in a message with a fifth member.',
    requirements: ['AES-10', 'LOGIN-12'],
    stages: ['schema'],
    alter: inMessage(PRIVATE, (message) => ({ ...message, v: '1' })),
  },
  {
    id: 'private-key-upper-case',
    title: 'A client refuses a private key in a message in upper-case hex.',
    requirements: ['ENC-02', 'LOGIN-12'],
    stages: MALFORMED,
    alter: inMessage(PRIVATE, (message) => ({ ...message, d: message.d.toUpperCase() })),
  },
  {
    id: 'message-extra-member',
    title: 'A client refuses a message with a fifth member.',
    requirements: ['AES-10'],
    stages: ['schema'],
    alter: inMessage(SYMMETRIC, (message) => ({ ...message, v: '1' })),
  },
  {
    id: 'message-without-ad',
    title: 'A client refuses a message without ad.',
    requirements: ['AES-10'],
    stages: ['schema'],
    alter: inMessage(SYMMETRIC, ({ iv, t, d }) => ({ iv, t, d })),
  },
  {
    id: 'message-ad-null',
    title: 'A client refuses a message whose ad is null and no text.',
    requirements: ['AES-10'],
    stages: ['schema'],
    alter: inMessage(SYMMETRIC, (message) => ({ ...message, ad: null })),
  },
  {
    id: 'message-upper-case',
    title: 'A client refuses a message in upper-case hex.',
    requirements: ['ENC-02'],
    stages: MALFORMED,
    alter: inMessage(SYMMETRIC, (message) => ({ ...message, d: message.d.toUpperCase() })),
  },
];

/** The first bytes of a salt, and the key sealed with what follows from them. */
const saltOf =
  (bytes: number): Alter =>
  async (own, { owner }) => {
    const salt = text(own, 'saltEnc').slice(0, bytes * BYTE);
    const key = await owner.passwordKey(fromHex(salt, 'saltEnc'));
    return { ...own, saltEnc: salt, [SYMMETRIC]: sealed(key, keyText(owner)) };
  };

const saltEnc: readonly Unlock[] = [
  {
    id: 'saltEnc-short',
    title: 'A client refuses a saltEnc of 31 bytes, though the wrapped key was sealed with it.',
    requirements: ['ENC-02', 'LOGIN-12'],
    stages: MALFORMED,
    alter: saltOf(31),
  },
  {
    id: 'saltEnc-empty',
    title: 'A client refuses an empty saltEnc, though the wrapped key was sealed with it.',
    requirements: ['ENC-02', 'LOGIN-12'],
    stages: MALFORMED,
    alter: saltOf(0),
  },
  {
    id: 'saltEnc-upper-case',
    title: 'A client refuses a saltEnc in upper case.',
    requirements: ['ENC-02', 'LOGIN-12'],
    stages: MALFORMED,
    alter: inMember('saltEnc', (salt) => salt.toUpperCase()),
  },
  {
    id: 'saltEnc-of-another',
    title: 'A login to which the server gave the saltEnc of another account is not reported as one.',
    requirements: ['LOGIN-12'],
    stages: ['decrypt'],
    alter: (own, { other }) => ({ ...own, saltEnc: other['saltEnc'] }),
  },
  {
    id: 'account-of-another',
    title: 'A client refuses an account with the address of another.',
    requirements: ['WHOAMI-03'],
    stages: ['state'],
    alter: (own, { other }) => ({ ...own, email: other['email'] }),
  },
];

/** Answers to `whoami`: messages, saltEnc, and whose account it is. */
export const messageAnswers: readonly Unlock[] = [...messages, ...saltEnc];
