/** Links that a client refuses, and the one that looks odd and opens (6.5). */
import type { ProfileName } from '../../spec/index.ts';
import { bob, jane } from './accounts.ts';
import { noKeys, symmetricJwk } from './aes-plaintexts.ts';
import { MALFORMED } from './hex.ts';
import { linkInputs } from './links.ts';
import { noEncoding, oaepEncoding, pkcs1Encoding, rsaEncrypt } from './oaep.ts';
import { seededBytes } from './random.ts';
import { fromBase64url } from './rsa.ts';
import { accepted, refused, textHex, valueOf, type Refusal, type Vector } from './vector.ts';

/** Ciphertexts that no check of RFC 8017 section 7.1.2 lets pass. */
function badPadding(
  plaintext: Uint8Array,
): readonly (readonly [id: string, comment: string, flag: string, em: Uint8Array])[] {
  const seed = seededBytes('rsa/padding/seed', 32);
  const oaep = (padding: Partial<Parameters<typeof oaepEncoding>[1]>) =>
    oaepEncoding(plaintext, { seed, ...padding });
  const short = seed.slice(12);
  return [
    ['pkcs1', 'PKCS #1 v1.5', 'padding', pkcs1Encoding(plaintext, seed)],
    ['none', 'no padding', 'padding', noEncoding(plaintext)],
    ['mgf-sha-1', 'SHA-1 in MGF1', 'hash', oaep({ mgf: 'sha-1' })],
    ['hash-sha-1', 'SHA-1 for both', 'hash', oaep({ hash: 'sha-1', seed: short })],
    [
      'hash-sha-1-mgf-sha-256',
      'SHA-1 as hash, SHA-256 in MGF1',
      'hash',
      oaep({ hash: 'sha-1', mgf: 'sha-256', seed: short }),
    ],
    ['label', 'a label', 'label', oaep({ label: Buffer.from('SYM_Link') })],
    ['label-zero', 'a label of one zero byte', 'label', oaep({ label: Buffer.of(0) })],
    ['first-octet', 'the first octet is 1', 'padding', oaep({ first: 1 })],
    ['separator-2', 'the separator is 2', 'padding', oaep({ separator: 2 })],
    [
      'separator-none',
      'no separator: zero bytes to the end',
      'padding',
      oaepEncoding(new Uint8Array(32), { seed, separator: 0 }),
    ],
  ];
}

export function refusedLinks(profile: ProfileName): Vector[] {
  const inputs = linkInputs('rsa/refused', jane);
  const right = valueOf(profile, inputs, 'SYM_Link');
  const plaintext = Buffer.from(valueOf(profile, inputs, 'SYM_Link.plaintext'), 'hex');
  const not = (id: string, comment: string, flag: string, refusal: Refusal, SYM_Link: string) =>
    refused('open-link', { id, comment, flags: [flag] }, refusal, { PRV_Account: jane.privateKey, SYM_Link });
  const check = { stage: 'decrypt', requirement: 'LINK-03' } as const;
  const n = fromBase64url(String(jane.publicKey['n']));
  const value = BigInt(`0x${right}`);
  const numbers: readonly (readonly [id: string, comment: string, value: bigint])[] = [
    ['zero', 'the ciphertext is 0', 0n],
    ['one', 'the ciphertext is 1', 1n],
    ['n-minus-1', 'the ciphertext is n - 1', n - 1n],
    ['n', 'the ciphertext is n', n],
    ['ones', 'every bit is one, above n', (1n << 2048n) - 1n],
    ['first-bit', 'a bit of the first byte changed', value ^ (1n << 2040n)],
    ['last-bit', 'the last bit changed', value ^ 1n],
  ];
  const toBob = valueOf(profile, linkInputs('rsa/refused', bob), 'SYM_Link');
  const room = noKeys(profile).filter(([, , hex]) => hex.length <= 2 * 190);
  return [
    not('other-account', 'encrypted to another account', 'ciphertext', check, toBob),
    ...numbers.map(([id, comment, number]) =>
      not(`ciphertext.${id}`, comment, 'ciphertext', check, number.toString(16).padStart(512, '0')),
    ),
    not('ciphertext.plus-n', 'the right ciphertext and n', 'ciphertext', check, plusN(profile, n)),
    ...badPadding(plaintext).map(([id, comment, flag, em]) =>
      not(`padding.${id}`, comment, flag, check, rsaEncrypt(jane.publicKey, em)),
    ),
    ...MALFORMED.map(([id, comment, change]) =>
      not(`hex.${id}`, comment, 'malformed-hex', { stage: 'encoding', requirement: 'ENC-02' }, change(right)),
    ),
    ...room.map(([id, comment, hex]) =>
      not(
        `plaintext.${id}`,
        comment,
        'plaintext',
        { stage: 'decrypt', requirement: 'WRAP-05' },
        linkOf(profile, hex),
      ),
    ),
    ...(profile === 'deployed' ? [otherOrder(profile)] : []),
  ];
}

/** A link that holds any plaintext. */
const linkOf = (profile: ProfileName, plaintext: string): string =>
  valueOf(profile, linkInputs('rsa/plaintext', jane, { 'SYM_Link.plaintext': plaintext }), 'SYM_Link');

/** A right ciphertext so small that it has 256 bytes also with n added: it is not below n, and must not be reduced. */
function plusN(profile: ProfileName, n: bigint): string {
  for (let i = 0; ; i++) {
    const link = BigInt(`0x${valueOf(profile, linkInputs(`rsa/plus-n/${i}`, jane), 'SYM_Link')}`);
    if (link + n < 1n << 2048n) return (link + n).toString(16);
  }
}

function otherOrder(profile: ProfileName): Vector {
  const { alg, ext, k, key_ops: operations, kty } = JSON.parse(symmetricJwk()) as Record<string, string>;
  const json = JSON.stringify({ kty, alg, key_ops: operations, ext, k });
  const SYM_Link = linkOf(profile, textHex(encodeURIComponent(json)));
  const heading = { id: 'open.order', comment: 'the members of the JWK in the order of older clients' };
  return accepted(
    'open-link',
    heading,
    { PRV_Account: jane.privateKey, SYM_Link },
    {
      SYM_ResourceGroup: Buffer.from(k ?? '', 'base64url').toString('hex'),
    },
  );
}
