/** AES-256-GCM and RSA-OAEP of both providers: published vectors, and what must be refused beside what must not. */
import {
  constants,
  createPrivateKey,
  createPublicKey,
  privateDecrypt,
  publicEncrypt,
  type JsonWebKey,
} from 'node:crypto';
import t from 'tap';
import fc from 'fast-check';
import forge from 'node-forge';
import { rsaOaep } from '../../spec/crypto.ts';
import { concat, fromBase64url, fromHex, toHex, toInteger } from '../bytes.ts';
import { native } from '../primitives/native.ts';
import { portable } from '../primitives/portable.ts';
import { bytes32, iv } from './arbitraries.ts';
import { property, same } from './property.ts';

const providers = [native, portable];
const hex = (text: string) => fromHex(text.replaceAll(/\s/g, ''), 'vector');
const EMPTY = new Uint8Array();
const changed = (bytes: Uint8Array, at: number) => bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));

const KEY = 'feffe9928665731c6d6a8f9467308308'.repeat(2);
const PLAINTEXT = `d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72
  1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255`;
const CIPHERTEXT = `522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa
  8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad`;

/** McGrew and Viega, "The Galois/Counter Mode of Operation", appendix B, test cases 13 to 16. */
const GCM = [
  {
    name: '13',
    key: '00'.repeat(32),
    iv: '00'.repeat(12),
    p: '',
    c: '',
    ad: '',
    tag: '530f8afbc74536b9a963b4f1c4cb738b',
  },
  {
    name: '14',
    key: '00'.repeat(32),
    iv: '00'.repeat(12),
    p: '00'.repeat(16),
    c: 'cea7403d4d606b6e074ec5d3baf39d18',
    ad: '',
    tag: 'd0d1c8a799996bf0265b98b5d48ab919',
  },
  {
    name: '15',
    key: KEY,
    iv: 'cafebabefacedbaddecaf888',
    p: PLAINTEXT,
    c: CIPHERTEXT,
    ad: '',
    tag: 'b094dac5d93471bdec1a502270e3cc6c',
  },
  {
    name: '16, with additional data',
    key: KEY,
    iv: 'cafebabefacedbaddecaf888',
    p: PLAINTEXT.slice(0, -8),
    c: CIPHERTEXT.slice(0, -8),
    ad: 'feedfacedeadbeeffeedfacedeadbeefabaddad2',
    tag: '76fc6ece0f4e1768cddf8853bb2d551b',
  },
];

for (const provider of providers) {
  await t.test(`${provider.name}: AES-256-GCM vectors, opened only unchanged`, (t) => {
    for (const { name, ...vector } of GCM) {
      const [key, iv, ad] = [hex(vector.key), hex(vector.iv), hex(vector.ad)];
      const sealed = { ciphertext: hex(vector.c), tag: hex(vector.tag) };
      t.same(provider.aes256GcmSeal(key, iv, hex(vector.p), ad), sealed, `${name} seals`);
      t.same(provider.aes256GcmOpen(key, iv, sealed, ad), hex(vector.p), `${name} opens`);
      t.equal(provider.aes256GcmOpen(changed(key, 31), iv, sealed, ad), undefined, `${name}, other key`);
      t.equal(provider.aes256GcmOpen(key, changed(iv, 0), sealed, ad), undefined, `${name}, other IV`);
      t.equal(
        provider.aes256GcmOpen(key, iv, sealed, concat(ad, hex('00'))),
        undefined,
        `${name}, more data`,
      );
      for (const at of [0, 15]) {
        const other = { ...sealed, tag: changed(sealed.tag, at) };
        t.equal(provider.aes256GcmOpen(key, iv, other, ad), undefined, `${name}, byte ${at} of the tag`);
      }
      const longer = { ...sealed, ciphertext: concat(sealed.ciphertext, hex('00')) };
      t.equal(provider.aes256GcmOpen(key, iv, longer, ad), undefined, `${name}, longer ciphertext`);
      if (vector.c === '') continue;
      const other = { ...sealed, ciphertext: changed(sealed.ciphertext, 0) };
      t.equal(provider.aes256GcmOpen(key, iv, other, ad), undefined, `${name}, changed ciphertext`);
    }
    t.end();
  });
}

const some = fc.uint8Array({ maxLength: 300 });

await property(t, { name: 'AES-256-GCM agrees', runs: 100 }, bytes32, iv, some, some, (key, iv, p, ad) => {
  const sealed = native.aes256GcmSeal(key, iv, p, ad);
  same(portable.aes256GcmSeal(key, iv, p, ad), sealed, 'sealed');
  for (const provider of providers) same(provider.aes256GcmOpen(key, iv, sealed, ad), p, provider.name);
});

const pair = await native.generateRsaKeyPair();
const other = await native.generateRsaKeyPair();

for (const sender of providers) {
  await t.test(`${sender.name}: RSA-OAEP takes 0 to 190 bytes and no more`, (t) => {
    for (const length of [0, 32, 190]) {
      const plaintext = new Uint8Array(length).fill(length);
      const ciphertext = sender.rsaOaepEncrypt(pair.publicKey, plaintext);
      t.equal(ciphertext.length, 256);
      for (const { name, rsaOaepDecrypt } of providers) {
        t.same(rsaOaepDecrypt(pair.privateKey, ciphertext), plaintext, `${length} bytes, opened by ${name}`);
        t.equal(rsaOaepDecrypt(other.privateKey, ciphertext), undefined, `${name} with another key`);
        t.equal(rsaOaepDecrypt(pair.privateKey, changed(ciphertext, 255)), undefined, `${name}, changed`);
      }
    }
    t.throws(() => sender.rsaOaepEncrypt(pair.publicKey, new Uint8Array(191)), '191 bytes');
    t.end();
  });
}

const OAEP = { hash: 'sha-256', mgf: 'sha-256', label: EMPTY, seed: new Uint8Array(32).fill(7) };
const jwk = { ...pair.publicKey } as JsonWebKey;
const integer = (base64url: string) =>
  new forge.jsbn.BigInteger(toInteger(fromBase64url(base64url, 'JWK member')).toString(16), 16);

await property(
  t,
  'RSA-OAEP of the evaluator equals that of node-forge with the same seed',
  bytes32,
  fc.uint8Array({ maxLength: 190 }),
  (seed, plaintext) => {
    const key = forge.pki.setRsaPublicKey(integer(pair.publicKey.n), integer(pair.publicKey.e));
    const text = forge.util.binary.raw.encode(plaintext);
    const options = { md: forge.md.sha256.create(), seed: forge.util.binary.raw.encode(seed) };
    const expected = forge.util.bytesToHex(key.encrypt(text, 'RSA-OAEP', options));
    same(toHex(rsaOaep({ ...OAEP, seed }, jwk, plaintext)), expected, 'ciphertext');
  },
);

await t.test('RSA-OAEP of other parameters or padding is refused', (t) => {
  const plaintext = hex('00ff');
  const raw = (em: Uint8Array) =>
    Uint8Array.from(
      publicEncrypt(
        { key: createPublicKey({ key: jwk, format: 'jwk' }), padding: constants.RSA_NO_PADDING },
        em,
      ),
    );
  const secret = createPrivateKey({ key: { ...pair.privateKey } as JsonWebKey, format: 'jwk' });
  const good = rsaOaep(OAEP, jwk, plaintext);
  const em = Uint8Array.from(privateDecrypt({ key: secret, padding: constants.RSA_NO_PADDING }, good));
  const wrong: [what: string, ciphertext: Uint8Array][] = [
    ['SHA-1 in MGF1', rsaOaep({ ...OAEP, mgf: 'sha-1' }, jwk, plaintext)],
    [
      'SHA-1 as hash and in MGF1',
      rsaOaep({ ...OAEP, hash: 'sha-1', mgf: 'sha-1', seed: OAEP.seed.slice(12) }, jwk, plaintext),
    ],
    ['a label', rsaOaep({ ...OAEP, label: hex('00') }, jwk, plaintext)],
    ['a first octet of 1', raw(concat(hex('01'), em.slice(1)))],
    ['no padding', raw(concat(new Uint8Array(254), plaintext))],
    ['255 bytes', good.slice(1)],
    ['a zero byte in front', concat(hex('00'), good)],
    ['no bytes', EMPTY],
    ['the right one and n, which stands for the same number', plusModulus()],
    ['all ones, above n', new Uint8Array(256).fill(0xff)],
  ];
  for (const { name, rsaOaepDecrypt } of providers) {
    t.same(rsaOaepDecrypt(pair.privateKey, good), plaintext, `${name}: the accepting twin`);
    for (const [what, ciphertext] of wrong)
      t.equal(rsaOaepDecrypt(pair.privateKey, ciphertext), undefined, `${name}: ${what}`);
  }
  t.end();
});

/** c + n in 256 bytes: not every c leaves room for it. */
function plusModulus(): Uint8Array {
  for (;;) {
    const c = toInteger(native.rsaOaepEncrypt(pair.publicKey, hex('00ff')));
    const sum = (c + toInteger(fromBase64url(pair.publicKey.n, 'n'))).toString(16);
    if (sum.length <= 512) return hex(sum.padStart(512, '0'));
  }
}
