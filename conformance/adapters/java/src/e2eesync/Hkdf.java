package e2eesync;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HKDF (RFC 5869) with SHA-256, for the email-bound salts (4.2). */
final class Hkdf {
  private Hkdf() {}

  /** Extract then expand. The salt is not empty; the output has {@code length} bytes. */
  static byte[] sha256(byte[] salt, byte[] ikm, byte[] info, int length) {
    byte[] prk = hmac(salt, ikm);
    byte[] okm = new byte[0];
    byte[] block = new byte[0];
    // T(i) = HMAC(PRK, T(i - 1) | info | i)
    for (int i = 1; okm.length < length; i++) {
      block = hmac(prk, Bytes.concat(block, info, new byte[] {(byte) i}));
      okm = Bytes.concat(okm, block);
    }
    return Arrays.copyOf(okm, length);
  }

  private static byte[] hmac(byte[] key, byte[] data) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(data);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has HmacSHA256", impossible);
    }
  }
}
