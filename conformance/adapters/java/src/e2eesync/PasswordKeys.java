package e2eesync;

import java.security.GeneralSecurityException;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** From what the user types to a secret of 32 bytes (chapter 4). Email and passphrase come normalised. */
public final class PasswordKeys {
  static final int ITERATIONS = 100_000;
  private static final int SALT_BYTES = 32;
  private static final int KEY_BYTES = 32;

  private PasswordKeys() {}

  /** SLT_TMP_1 of SLT_Auth_1, and SLT_TMP_2 of SLT_Enc: 32 bytes (4.2). */
  public static byte[] emailBoundSalt(Profile profile, byte[] salt, String email) {
    return Hkdf.sha256(profile.hkdfSalt(salt), Bytes.utf8(email), new byte[0], SALT_BYTES);
  }

  /** SEC_PWD_Auth of SLT_TMP_1, and SEC_PWD_Enc of SLT_TMP_2: 32 bytes (4.3). */
  public static byte[] passwordKey(String passphrase, byte[] emailBoundSalt) {
    // Java's PBKDF2 takes characters and encodes them as UTF-8, which is what 4.3 asks for.
    PBEKeySpec spec =
        new PBEKeySpec(passphrase.toCharArray(), emailBoundSalt, ITERATIONS, 8 * KEY_BYTES);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("Java's own provider has PBKDF2WithHmacSHA256", impossible);
    } finally {
      spec.clearPassword();
    }
  }

  /** Both steps: SEC_PWD_Auth from SLT_Auth_1, or SEC_PWD_Enc from SLT_Enc. */
  public static byte[] passwordKey(Profile profile, String email, String passphrase, byte[] salt) {
    return passwordKey(passphrase, emailBoundSalt(profile, salt, email));
  }
}
