/** Contents of a resource that a client must not open, and one that it must: plaintexts, tags, IVs, messages (6.2, 6.3). */
import { createSteps, native, toHex, utf8, type ProfileName, type Stage } from '../../reference/index.ts';
import { TAG_BYTES } from './message-answers.ts';

/** What a content is made from. */
export interface ContentParts {
  readonly profile: ProfileName;
  /** SYM_ResourceGroup of the group in which the resource lies, 32 bytes. */
  readonly key: Uint8Array;
  /** That of another group of the same account. */
  readonly otherKey: Uint8Array;
  readonly document: unknown;
}

export interface FalseContent {
  /** Unique; the last part of the check's id. */
  readonly id: string;
  /** What a client must do about it, as a sentence. */
  readonly title: string;
  /** The requirements that a client breaks by doing otherwise. */
  readonly requirements: readonly string[];
  readonly profile?: ProfileName;
  /** Whether it is to be opened. */
  readonly opens?: true;
  /** The stages at which a whole answer may be refused because of it. */
  readonly stages: readonly Stage[];
  /** @returns `encContent` */
  readonly make: (parts: ContentParts) => string;
}

interface Sealing {
  readonly iv?: Uint8Array;
  readonly ad?: string;
  readonly plaintext?: Uint8Array;
}

/** A message like that of an honest device, but for what is given. */
function message(
  { profile, key, document }: ContentParts,
  {
    iv = native.random(12),
    ad = '',
    plaintext = createSteps(profile).profile.encodeText(JSON.stringify(document)),
  }: Sealing = {},
): Record<'iv' | 't' | 'd' | 'ad', string> {
  const { ciphertext, tag } = native.aes256GcmSeal(key, iv, plaintext, Buffer.from(ad, 'hex'));
  return { iv: toHex(iv), t: toHex(tag), d: toHex(ciphertext), ad };
}

const MALFORMED: readonly Stage[] = ['encoding', 'schema', 'decrypt'];
const AD = '6164';

/** The first bytes of the tag, and a zero byte where it has no more. */
const tags: readonly FalseContent[] = TAG_BYTES.map((bytes) => ({
  // The oldest of them has the name that baselines know it by.
  id: bytes === 12 ? 'tag-truncated' : `tag-${bytes}`,
  title: `A client does not open a document whose tag has ${bytes} bytes.`,
  requirements: ['AES-07'],
  stages: MALFORMED,
  make(parts) {
    const own = message(parts);
    return JSON.stringify({ ...own, t: own.t.slice(0, 2 * bytes).padEnd(2 * bytes, '0') });
  },
}));

export const falseContents: readonly FalseContent[] = [
  {
    id: 'other-group',
    title: 'A client does not open a document of one group in the place of one of another.',
    requirements: ['PULL-04', 'PULL-05'],
    stages: ['decrypt'],
    make: (parts) => JSON.stringify(message({ ...parts, key: parts.otherKey })),
  },
  {
    id: 'tag-wrong',
    title: 'A client does not open a document whose tag does not fit.',
    requirements: ['AES-09', 'PULL-05'],
    stages: ['decrypt'],
    make(parts) {
      const own = message(parts);
      return JSON.stringify({ ...own, t: own.t.replace(/.$/, (digit) => (digit === '0' ? '1' : '0')) });
    },
  },
  ...tags,
  {
    id: 'iv-of-16-bytes',
    title: 'A client does not open a document whose IV has 16 bytes.',
    requirements: ['AES-08'],
    stages: MALFORMED,
    make: (parts) => JSON.stringify(message(parts, { iv: native.random(16) })),
  },
  {
    id: 'member-more',
    title: 'A client does not open a document whose message has a fifth member.',
    requirements: ['AES-10'],
    stages: MALFORMED,
    make: (parts) => JSON.stringify({ ...message(parts), alg: 'A256GCM' }),
  },
  {
    id: 'upper-case',
    title: 'A client does not open a document whose message is in upper-case hex.',
    requirements: ['ENC-02'],
    stages: MALFORMED,
    make(parts) {
      const own = message(parts);
      return JSON.stringify({ ...own, t: own.t.toUpperCase(), d: own.d.toUpperCase() });
    },
  },
  {
    id: 'additional-data',
    title: 'A client does not open a document with additional data, even where the tag covers it.',
    requirements: ['AES-05'],
    profile: 'documented',
    stages: ['decrypt'],
    make: (parts) => JSON.stringify(message(parts, { ad: AD })),
  },
  {
    id: 'additional-data-authenticated',
    title: 'A client opens a document with additional data that the tag covers.',
    requirements: ['AES-06'],
    profile: 'deployed',
    opens: true,
    stages: [],
    make: (parts) => JSON.stringify(message(parts, { ad: AD })),
  },
  {
    id: 'additional-data-changed',
    title: 'A client does not open a document whose additional data the tag does not cover.',
    requirements: ['AES-06', 'AES-09'],
    profile: 'deployed',
    stages: ['decrypt'],
    make: (parts) => JSON.stringify({ ...message(parts), ad: AD }),
  },
  {
    id: 'escaped-more',
    title: 'A client opens a document of which more is escaped than need be.',
    requirements: ['PULL-09'],
    profile: 'deployed',
    opens: true,
    stages: [],
    make(parts) {
      const text = JSON.stringify(parts.document);
      const escaped = [...utf8(text)].map((byte) => `%${byte.toString(16).padStart(2, '0').toUpperCase()}`);
      return JSON.stringify(message(parts, { plaintext: utf8(escaped.join('')) }));
    },
  },
  {
    id: 'other-profile',
    title: 'A client does not open a document in the form of the other profile.',
    requirements: ['WRAP-06'],
    stages: ['decrypt'],
    make: (parts) =>
      createSteps(parts.profile === 'documented' ? 'deployed' : 'documented').wrap.sealJson(
        parts.key,
        parts.document,
      ),
  },
  {
    id: 'no-json',
    title: 'A client does not open a document that is no JSON.',
    requirements: ['WRAP-06'],
    stages: ['decrypt'],
    make: (parts) => JSON.stringify(message(parts, { plaintext: utf8('seven beds of beans') })),
  },
];
