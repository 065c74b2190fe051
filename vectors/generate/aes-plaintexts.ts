/** Messages that open, and hold what is neither a key nor a document in the form of the profile (6.3). */
import type { ProfileName } from '../../spec/index.ts';
import { seededHex } from './random.ts';
import { jsonPlaintext, KEY_OF, keyAndIv, seal, STEP_OF, type MessageName } from './seal.ts';
import { accepted, refused, textHex, type Vector } from './vector.ts';

/** A plaintext as hex. */
export type Plaintext = readonly [id: string, comment: string, plaintext: string];

const KEY = seededHex('aes/plaintext/key', 32);

/** The JWK of the key, with members that differ. */
export const symmetricJwk = (changes: Readonly<Record<string, unknown>> = {}, key = KEY): string => {
  const k = Buffer.from(key, 'hex').toString('base64url');
  return JSON.stringify({
    alg: 'A256GCM',
    ext: true,
    k,
    key_ops: ['encrypt', 'decrypt'],
    kty: 'oct',
    ...changes,
  });
};

const encoded = (json: string): string => textHex(encodeURIComponent(json));

/** What no client takes for a symmetric key (WRAP-05). */
export function noKeys(profile: ProfileName): readonly Plaintext[] {
  const shared: readonly Plaintext[] = [
    ['empty', 'nothing', ''],
    ['object', 'an object of a programming language turned to text', textHex('[object Object]')],
    ['hex', 'the key as hex text', textHex(KEY)],
    ['base64url', 'the key as base64url', textHex(Buffer.from(KEY, 'hex').toString('base64url'))],
  ];
  if (profile === 'documented')
    return [
      ...shared,
      ['16', 'a key of 16 bytes', KEY.slice(0, 32)],
      ['31', 'a key of 31 bytes', KEY.slice(2)],
      ['33', 'a zero byte after the key', `${KEY}00`],
      ['jwk', 'the key in the form of the other profile', encoded(symmetricJwk())],
      ['jwk-json', 'the key as JWK, not percent-encoded', textHex(symmetricJwk())],
    ];
  const k = Buffer.from(KEY, 'hex').toString('base64url');
  const changes: readonly (readonly [string, string, Readonly<Record<string, unknown>>])[] = [
    ['kty', 'kty is not oct', { kty: 'RSA' }],
    ['alg', 'alg is that of a shorter key', { alg: 'A128GCM' }],
    ['no-alg', 'alg is missing', { alg: undefined }],
    ['no-k', 'k is missing', { k: undefined }],
    ['key_ops', 'key_ops lacks decrypt', { key_ops: ['encrypt'] }],
    ['key_ops-none', 'key_ops is missing', { key_ops: undefined }],
    ['k-31', 'k has 31 bytes', { k: Buffer.from(KEY.slice(2), 'hex').toString('base64url') }],
    ['k-33', 'k has 33 bytes', { k: Buffer.from(`${KEY}00`, 'hex').toString('base64url') }],
    ['k-padded', 'k is padded', { k: `${k}=` }],
    [
      'k-base64',
      'k is base64, not base64url',
      { k: Buffer.from('fb'.repeat(32), 'hex').toString('base64').slice(0, 43) },
    ],
    ['k-bits', 'the last character of k has bits that stand for nothing', { k: `${k.slice(0, -1)}B` }],
    ['k-number', 'k is a number', { k: 1 }],
  ];
  return [
    ...shared,
    ['raw', 'the key in the form of the other profile', KEY],
    ['twice', 'percent-encoded twice', textHex(encodeURIComponent(encodeURIComponent(symmetricJwk())))],
    ['array', 'a JWK within an array', encoded(`[${symmetricJwk()}]`)],
    ['string', 'a JWK as text within JSON', encoded(JSON.stringify(symmetricJwk()))],
    ['cut', 'without its last character', encoded(symmetricJwk()).slice(0, -2)],
    ...changes.map(([id, comment, change]): Plaintext => [
      `jwk.${id}`,
      comment,
      encoded(symmetricJwk(change)),
    ]),
  ];
}

/** What no client takes for a private key or a document (WRAP-06). */
const NO_JSON = [
  ['empty', 'nothing', ''],
  ['undefined', 'the word undefined', 'undefined'],
  ['object', 'an object of a programming language turned to text', '[object Object]'],
  ['NaN', 'not a number', 'NaN'],
  ['cut', 'JSON without its last character', '{"name":"x"'],
  ['comma', 'a comma too many', '{"name":"x",}'],
  ['quotes', 'single quotes', "{'name':'x'}"],
  ['two', 'two values', '{}{}'],
] as const;

export function plaintexts(profile: ProfileName): Vector[] {
  const not =
    (name: MessageName, requirement: string) =>
    ([id, comment, plaintext]: Plaintext) =>
      opened(profile, name, plaintext, (inputs) =>
        refused(
          STEP_OF[name],
          { id: `${name}.${id}`, comment, flags: ['plaintext'] },
          { stage: 'decrypt', requirement },
          inputs,
          {
            [`${name}.plaintext`]: plaintext,
          },
        ),
      );
  const noJson = NO_JSON.map(([id, comment, text]): Plaintext => [id, comment, jsonPlaintext(profile, text)]);
  const noText: Plaintext = ['utf-8', 'bytes that are not UTF-8', textHex('"').concat('c328', textHex('"'))];
  return [
    ...noKeys(profile).map(not('encSymmetricKey', 'WRAP-05')),
    ...(profile === 'deployed' ? [otherOrder(profile)] : []),
    ...[...noJson, noText].map(not('encContent', 'WRAP-06')),
    ...noJson.slice(0, 3).map(not('encPrivateKey', 'WRAP-06')),
  ];
}

/** Older clients wrote the members of a JWK in another order (6.6). */
function otherOrder(profile: ProfileName): Vector {
  const { kty, k, alg, ext, key_ops: operations } = JSON.parse(symmetricJwk()) as Record<string, unknown>;
  const plaintext = encoded(JSON.stringify({ kty, k, alg, ext, key_ops: operations }));
  const heading = {
    id: 'encSymmetricKey.order',
    comment: 'the members of the JWK in the order of older clients',
  };
  return opened(profile, 'encSymmetricKey', plaintext, (inputs) =>
    accepted(
      'open-account-key',
      heading,
      inputs,
      { SYM_Account: KEY },
      { 'encSymmetricKey.plaintext': plaintext },
    ),
  );
}

/** A vector around a message with this plaintext. */
function opened(
  profile: ProfileName,
  name: MessageName,
  plaintext: string,
  make: (inputs: Readonly<Record<string, string>>) => Vector,
): Vector {
  const sealing = keyAndIv(`aes/plaintext/${name}`);
  const message = JSON.stringify(seal(profile, name, { ...sealing, plaintext }));
  return make({ [KEY_OF[name]]: sealing.key, [name]: message });
}
