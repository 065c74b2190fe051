/** The family `limit-190`: how much a link takes, and that a JWK just fits (6.3, 6.5). */
import type { ProfileName } from '../../spec/index.ts';
import { jane } from './accounts.ts';
import type { Family } from './family.ts';
import { seededHex } from './random.ts';
import { linkInputs } from './links.ts';
import { accepted, derived, refused, valueOf, type Vector } from './vector.ts';

/** Keys of which the base64url has every character, or few. */
const KEYS: readonly (readonly [id: string, comment: string, key: string])[] = [
  ['zero', 'a key of zero bytes', '00'.repeat(32)],
  ['ones', 'a key of ones: its base64url is of underscores', 'ff'.repeat(32)],
  ['hyphens', 'a key of which the base64url is of hyphens', 'fbefbe'.repeat(11).slice(0, 64)],
  ['both', 'a key with hyphens and underscores: percent-encoding leaves them', 'fbff'.repeat(16)],
  ['digits', 'a key of which the base64url is of digits', 'd35db7e39ebb'.repeat(6).slice(0, 64)],
  ['random', 'a random key', seededHex('limit/key', 32)],
];

/** Lengths of a plaintext up to the most that RSA-OAEP takes with 2048 bits and SHA-256. */
const LENGTHS = [0, 1, 31, 33, 64, 189, 190];

function vectors(profile: ProfileName): Vector[] {
  const sealed = LENGTHS.map((length) => {
    const plaintext = seededHex(`limit/${length}`, length);
    return [length, linkInputs('limit', jane, { 'SYM_Link.plaintext': plaintext })] as const;
  });
  return [
    ...KEYS.map(([id, comment, SYM_ResourceGroup]) =>
      derived(profile, { id: `key.${id}`, comment }, linkInputs('limit', jane, { SYM_ResourceGroup }), [
        'SYM_Link.plaintext',
        'SYM_Link',
      ]),
    ),
    ...KEYS.map(([id, comment, SYM_ResourceGroup]) => {
      const SYM_Link = valueOf(profile, linkInputs('limit/open', jane, { SYM_ResourceGroup }), 'SYM_Link');
      return accepted(
        'open-link',
        { id: `open.${id}`, comment },
        { PRV_Account: jane.privateKey, SYM_Link },
        { SYM_ResourceGroup },
      );
    }),
    ...sealed.map(([length, { SYM_ResourceGroup: _, ...inputs }]) =>
      derived(
        profile,
        { id: `plaintext.${length}`, comment: `${length} random bytes fit`, flags: ['length'] },
        inputs,
        ['SYM_Link'],
      ),
    ),
    ...sealed.map(([length, inputs]) =>
      refused(
        'open-link',
        { id: `no-key.${length}`, comment: `${length} random bytes are no key`, flags: ['length'] },
        { stage: 'decrypt', requirement: 'WRAP-05' },
        { PRV_Account: jane.privateKey, SYM_Link: valueOf(profile, inputs, 'SYM_Link') },
      ),
    ),
  ];
}

export const limit190: Family = {
  family: 'limit-190',
  covers: 'what a link takes: up to 190 bytes, and in `deployed` a JWK of exactly 190 (6.3, 6.5)',
  requirements: ['WRAP-01', 'WRAP-02', 'LINK-01', 'JWK-02'],
  notes: {
    length: {
      bugType: 'length',
      description: 'Plaintexts of every length that fits; 191 bytes do not.',
      effect:
        'A library of other limits cuts off or refuses the key, or a JWK with one more member no longer fits.',
      links: ['https://www.rfc-editor.org/rfc/rfc8017#section-7.1.1'],
    },
  },
  vectors,
};
