/** The family `aes-gcm`: messages sealed, opened and refused (6.2 to 6.4). */
import type { ProfileName } from '../../spec/index.ts';
import { jane, seeded } from './accounts.ts';
import { messages } from './aes-messages.ts';
import { plaintexts } from './aes-plaintexts.ts';
import type { Family } from './family.ts';
import { malformedHex } from './hex.ts';
import { accepted, derived, jsonHex, textOf, type Inputs, type Vector } from './vector.ts';

/** Documents of every kind, and of sizes around the block of AES in either profile. */
const DOCUMENTS: readonly (readonly [id: string, comment: string, document: unknown])[] = [
  ['zero', 'one digit, the shortest document', 0],
  ['empty-string', 'empty text', ''],
  ['empty-object', 'an empty object', {}],
  ['empty-array', 'an empty array', []],
  ['null', 'null', null],
  ['true', 'true', true],
  ...[11, 12, 13, 14, 15, 16, 28, 29, 30].map(
    (length) => [`text.${length}`, `${length + 2} bytes of JSON`, 'x'.repeat(length)] as const,
  ),
  ['text.1000', 'a thousand characters', 'lorem '.repeat(166) + 'ipsu'],
  ['object', 'an object', { name: 'Garden', url: 'https://example.com/', tags: ['a', 'b'] }],
  ['order', 'members in the order in which they were put in', { z: 1, a: 2, m: 3 }],
  ['nested', 'objects and arrays within each other', { a: [{ b: [{ c: [[], {}] }] }] }],
  ['numbers', 'numbers', [0, -1, 1.5, 1e21, 1e-7, 123456789012345680000, 9007199254740991]],
  ['escapes', 'characters that JSON escapes', '"\\/\b\f\n\r\t\u0000\u001f\u007f'],
  ['latin', 'accents', { name: 'Träffpunkt' }],
  ['cjk', 'characters of three bytes', '植物園'],
  ['astral', 'characters of four bytes', '👩‍👩‍👧 🔑'],
  ['separators', 'U+2028 and U+2029 are not escaped', '\u2028\u2029'],
  ['percent', 'text that looks percent-encoded', '100%25 %41 %'],
];

const sealDocument =
  (profile: ProfileName) =>
  ([id, comment, document]: (typeof DOCUMENTS)[number]): Vector => {
    const inputs = { ...seeded(`aes/${id}`, ['SYM_ResourceGroup', 'encContent.iv']), M_Resource: document };
    return derived(profile, { id: `document.${id}`, comment }, inputs, ['encContent']);
  };

/** The two keys of an account, sealed and opened. */
function accountKeys(profile: ProfileName): Vector[] {
  const names = ['SEC_PWD_Enc', 'SYM_Account', 'encSymmetricKey.iv', 'encPrivateKey.iv'];
  const drawn = seeded('aes/account', names);
  const pick = (...wanted: string[]) => Object.fromEntries(wanted.map((name) => [name, drawn[name] ?? '']));
  const { SEC_PWD_Enc = '', SYM_Account = '' } = drawn;
  const wrapped = pick('SEC_PWD_Enc', 'SYM_Account', 'encSymmetricKey.iv');
  const withZero = { ...wrapped, SYM_Account: `00${SYM_Account.slice(2)}` };
  const locked = { ...pick('SYM_Account', 'encPrivateKey.iv'), PRV_Account: jane.privateKey };
  const opened = (name: string, inputs: Inputs) => textOf(profile, inputs, name);
  return [
    derived(profile, { id: 'encSymmetricKey', comment: 'SYM_Account under SEC_PWD_Enc' }, wrapped, [
      'encSymmetricKey',
    ]),
    derived(
      profile,
      { id: 'encSymmetricKey.zero', comment: 'a key that begins with a zero byte' },
      withZero,
      ['encSymmetricKey'],
    ),
    derived(profile, { id: 'encPrivateKey', comment: 'PRV_Account under SYM_Account' }, locked, [
      'encPrivateKey',
    ]),
    accepted(
      'open-account-key',
      { id: 'encSymmetricKey.open', comment: 'SYM_Account out of its message' },
      { SEC_PWD_Enc, encSymmetricKey: opened('encSymmetricKey', wrapped) },
      { SYM_Account },
    ),
    accepted(
      'open-private-key',
      { id: 'encPrivateKey.open', comment: 'PRV_Account out of its message' },
      { SYM_Account, encPrivateKey: opened('encPrivateKey', locked) },
      { PRV_Account: jsonHex(jane.privateKey) },
    ),
  ];
}

export const aesGcm: Family = {
  family: 'aes-gcm',
  covers: 'messages of documents and account keys, sealed, opened and refused (6.2 to 6.4)',
  requirements: [
    'ENC-01',
    'AES-01',
    'AES-03',
    'AES-04',
    'AES-06',
    'JWK-02',
    'JWK-03',
    'WRAP-01',
    'WRAP-02',
    'WRAP-03',
    'WRAP-04',
    'WRAP-07',
    'WRAP-08',
    'WRAP-09',
  ],
  notes: {
    tag: {
      bugType: 'authentication',
      description: 'A message that was changed, or is not for this key.',
      effect: 'Where the tag is not verified before anything is used, a server changes what a client reads.',
      links: ['https://csrc.nist.gov/pubs/sp/800/38/d/final'],
    },
    'tag-length': {
      bugType: 'authentication',
      description: 'A tag that is not exactly 16 bytes long.',
      effect: 'A tag of 4 bytes is guessed, an empty one authenticates nothing: messages can be forged.',
      links: ['https://nvd.nist.gov/vuln/detail/CVE-2023-37464'],
    },
    'iv-length': {
      bugType: 'parameter',
      description: 'An IV that is not exactly 12 bytes long.',
      effect: 'Another counter block: IVs that differ collide, and the key of the tags leaks.',
      links: ['https://csrc.nist.gov/pubs/sp/800/38/d/final'],
    },
    members: {
      bugType: 'lenient parsing',
      description: 'JSON that is not an object of exactly the four members, each a string.',
      effect: 'A missing tag or IV becomes an empty one; what one client reads, another does not.',
      links: ['https://www.rfc-editor.org/rfc/rfc8259#section-4'],
    },
    'not-JSON': {
      bugType: 'lenient parsing',
      description: 'Text that is not JSON.',
      effect: 'A crash, or a message of undefined members.',
      links: ['https://www.rfc-editor.org/rfc/rfc8259#section-2'],
    },
    'additional-data': {
      bugType: 'additional data',
      description: 'A message with additional data: refused in documented, authenticated in deployed.',
      effect:
        'Where it is passed over, a server changes it; where it is trusted, a message moves to another place.',
      links: ['https://www.rfc-editor.org/rfc/rfc5116#section-2.1'],
    },
    plaintext: {
      bugType: 'wrapping',
      description: 'A message that opens, and does not hold a key or document in the form of the profile.',
      effect: 'A key that is none is used or stored, and everything that it locked is lost.',
      links: ['https://www.rfc-editor.org/rfc/rfc7518#section-6.4'],
    },
    'malformed-hex': malformedHex,
  },
  vectors: (profile) => [
    ...DOCUMENTS.map(sealDocument(profile)),
    ...accountKeys(profile),
    ...messages(profile),
    ...plaintexts(profile),
  ],
};
