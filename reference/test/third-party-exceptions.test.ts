/** Where npm `@getinsomnia/srp-js` 1.0.0-alpha.1 does otherwise than the profile `deployed`, and on what condition. */
import { pbkdf2Sync } from 'node:crypto';
import t from 'tap';
import { fromHex, toHex } from '../bytes.ts';
import type { AesMessage } from '../wrap.ts';
import { evaluated, providers } from './engines.ts';
import { vendor, withoutWebCrypto } from '../../vectors/engines/srp-js-package.ts';

const both = providers('deployed');
const KEY = new Uint8Array(32);
const salt = new Uint8Array(32).fill(1);

await t.test('without WebCrypto every passphrase that is not ASCII gives another key', async (t) => {
  const { SLT_TMP_2 } = evaluated('deployed', { email: 'x', SLT_Enc: salt }, ['SLT_TMP_2']);
  const pbkdf2 = (passphrase: string, encoding: 'utf8' | 'latin1') =>
    pbkdf2Sync(Buffer.from(passphrase, encoding), SLT_TMP_2 as Uint8Array, 100_000, 32, 'sha256').toString(
      'hex',
    );
  for (const [passphrase, ascii, latin1] of [
    ['correct horse', true, true],
    ['stra\u00dfe', false, true],
    ['pa\u0308ss', false, false],
  ] as const) {
    const derive = () => vendor.deriveKey(passphrase, 'x', toHex(salt));
    t.equal(await derive(), pbkdf2(passphrase, 'utf8'), `"${passphrase}" with WebCrypto`);
    const key = await withoutWebCrypto(derive);
    t.equal(key === pbkdf2(passphrase, 'utf8'), ascii, 'as it should be only where it is ASCII');
    t.equal(key === pbkdf2(passphrase, 'latin1'), latin1, 'by its Latin-1 bytes where it has them');
  }
});

const sealed = vendor.encryptAES(toHex(KEY), '"text"');
const opens = (message: AesMessage): boolean => {
  try {
    vendor.decryptAES(toHex(KEY), message);
    return true;
  } catch {
    return false;
  }
};

await t.test('tags of 9 to 15 bytes are accepted, and an empty tag, which authenticates nothing', (t) => {
  const accepted = Array.from({ length: 17 }, (_, bytes) => bytes).filter((bytes) =>
    opens({ ...sealed, t: sealed.t.slice(0, 2 * bytes) }),
  );
  t.same(accepted, [0, 9, 10, 11, 12, 13, 14, 15, 16]);
  const forged = {
    ...sealed,
    t: '',
    d: toHex(fromHex(sealed.d, 'd').map((byte, i) => (i === 5 ? byte ^ 1 : byte))),
  };
  t.equal(opens({ ...forged, t: sealed.t }), false, 'a changed ciphertext is refused with the tag');
  t.equal(vendor.decryptAES(toHex(KEY), forged), '"teyt"', 'and opens without');
  for (const { wrap } of both) {
    t.equal(wrap.openJson(KEY, JSON.stringify(sealed)), 'text');
    for (let bytes = 0; bytes < 16; bytes++) {
      const message = JSON.stringify({ ...sealed, t: sealed.t.slice(0, 2 * bytes) });
      t.throws(() => wrap.openJson(KEY, message), { code: 'schema/message' }, `${bytes} bytes`);
    }
  }
  t.end();
});

await t.test('hex in upper case is read, and what else a message has is passed over', (t) => {
  const upper = {
    ...sealed,
    iv: sealed.iv.toUpperCase(),
    t: sealed.t.toUpperCase(),
    d: sealed.d.toUpperCase(),
  };
  const more = { ...sealed, more: '' };
  for (const [message, code] of [
    [upper, 'encoding/hex'],
    [more, 'schema/message'],
  ] as const) {
    t.ok(opens(message));
    for (const { wrap } of both) t.throws(() => wrap.openJson(KEY, JSON.stringify(message)), { code });
  }
  t.end();
});

await t.test('additional data above U+00FF is written so that nobody opens it', (t) => {
  t.equal(opens(vendor.encryptAES(toHex(KEY), '"text"', '\u00ff')), true);
  t.equal(opens(vendor.encryptAES(toHex(KEY), '"text"', '\u0100')), false);
  t.end();
});

await t.test('text with half of a surrogate pair is read as U+FFFD instead of refused', async (t) => {
  const [half, replaced] = ['\ud800', '\ufffd'];
  const derive = (passphrase: string, email: string) => vendor.deriveKey(passphrase, email, toHex(salt));
  t.equal(await derive(half, 'x'), await derive(replaced, 'x'), 'passphrase');
  t.equal(await derive('x', half), await derive('x', replaced), 'email');
  for (const step of both) t.throws(() => step.passphrase(half), { code: 'encoding/unicode' });
});
