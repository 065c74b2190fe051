/** AES-GCM and RSA-OAEP in plain JavaScript (node-forge). Its byte strings hold one byte in each character. */
import forge from 'node-forge';
import { fromBase64url, pad, toBase64url, toInteger } from '../bytes.ts';
import type { Primitives, RsaPrivateJwk, RsaPublicJwk } from './primitives.ts';

type Cipher = 'aes256GcmSeal' | 'aes256GcmOpen' | 'rsaOaepEncrypt' | 'rsaOaepDecrypt' | 'generateRsaKeyPair';

export const forgeCipher: Pick<Primitives, Cipher> = {
  aes256GcmSeal(key, iv, plaintext, additionalData) {
    const cipher = forge.cipher.createCipher('AES-GCM', byteString(key));
    cipher.start({ iv: byteString(iv), additionalData: byteString(additionalData), tagLength: 128 });
    cipher.update(forge.util.createBuffer(byteString(plaintext)));
    cipher.finish();
    return { ciphertext: bytes(cipher.output.getBytes()), tag: bytes(cipher.mode.tag.getBytes()) };
  },
  aes256GcmOpen(key, iv, { ciphertext, tag }, additionalData) {
    const decipher = forge.cipher.createDecipher('AES-GCM', byteString(key));
    decipher.start({
      iv: byteString(iv),
      additionalData: byteString(additionalData),
      tagLength: 128,
      tag: forge.util.createBuffer(byteString(tag)),
    });
    decipher.update(forge.util.createBuffer(byteString(ciphertext)));
    return decipher.finish() ? bytes(decipher.output.getBytes()) : undefined;
  },
  rsaOaepEncrypt: (key, plaintext) =>
    bytes(publicKey(key).encrypt(byteString(plaintext), 'RSA-OAEP', oaep())),
  rsaOaepDecrypt(key, ciphertext) {
    try {
      return bytes(privateKey(key).decrypt(byteString(ciphertext), 'RSA-OAEP', oaep()));
    } catch {
      return undefined;
    }
  },
  async generateRsaKeyPair() {
    const { privateKey: key } = await new Promise<forge.pki.rsa.KeyPair>((done, fail) => {
      forge.pki.rsa.generateKeyPair({ bits: 2048, e: 65537 }, (error: Error | null, pair) => {
        if (error === null) done(pair);
        else fail(error);
      });
    });
    const shared = {
      kty: 'RSA',
      alg: 'RSA-OAEP-256',
      ext: true,
      n: base64(key.n),
      e: base64(key.e),
    } as const;
    return {
      publicKey: { ...shared, key_ops: ['encrypt'] },
      privateKey: {
        ...shared,
        key_ops: ['decrypt'],
        d: base64(key.d),
        p: base64(key.p),
        q: base64(key.q),
        dp: base64(key.dP),
        dq: base64(key.dQ),
        qi: base64(key.qInv),
      },
    };
  },
};

/** SHA-256 as the hash and, by forge's rule, in MGF1 too. */
const oaep = () => ({ md: forge.md.sha256.create() });

function publicKey({ n, e }: RsaPublicJwk): forge.pki.rsa.PublicKey {
  return forge.pki.setRsaPublicKey(integer(n), integer(e));
}

function privateKey({ n, e, d, p, q, dp, dq, qi }: RsaPrivateJwk): forge.pki.rsa.PrivateKey {
  return forge.pki.setRsaPrivateKey(
    integer(n),
    integer(e),
    integer(d),
    integer(p),
    integer(q),
    integer(dp),
    integer(dq),
    integer(qi),
  );
}

const integer = (base64url: string): forge.jsbn.BigInteger =>
  new forge.jsbn.BigInteger(toInteger(fromBase64url(base64url, 'JWK member')).toString(16), 16);

function base64(value: forge.jsbn.BigInteger): string {
  const hex = value.toString(16);
  return toBase64url(pad(BigInt(`0x${hex}`), Math.ceil(hex.length / 2)));
}

/** In pieces, because a function takes only so many arguments. */
function byteString(data: Uint8Array): string {
  let text = '';
  for (let i = 0; i < data.length; i += 8192) text += String.fromCharCode(...data.subarray(i, i + 8192));
  return text;
}

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
