package e2eesync;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.SecureRandom;
import java.security.spec.MGF1ParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

/** SYM_Link (6.5): the key of a group, encrypted to an account by RSAES-OAEP with SHA-256 in both places. */
public final class Link {
  private static final int LINK_BYTES = 256;
  private static final OAEPParameterSpec OAEP =
      new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);

  private Link() {}

  /** The link of a group's key of 32 bytes, with a fresh seed: 256 bytes (LINK-02). */
  static byte[] seal(Profile profile, byte[] groupKey, PublicKey to) {
    return seal(profile.symmetricKeyPlaintext(groupKey), to, new SecureRandom());
  }

  /** The link of a plaintext of at most 190 bytes; the generator gives the seed of 32 bytes. */
  public static byte[] seal(byte[] plaintext, PublicKey to, SecureRandom random) {
    try {
      return oaep(Cipher.ENCRYPT_MODE, to.rsa(), random).doFinal(plaintext);
    } catch (GeneralSecurityException tooLong) {
      throw new IllegalArgumentException("a link holds at most 190 bytes", tooLong);
    }
  }

  /**
   * The group's key that a link of 512 hex digits holds: 32 bytes.
   *
   * @throws Refusal encoding where it is no such hex; decrypt, in the same words whatever failed (LINK-04)
   */
  public static byte[] open(Profile profile, String link, PrivateKey key) {
    return profile.symmetricKey(plaintext(link, key));
  }

  public static byte[] plaintext(String link, PrivateKey key) {
    byte[] ciphertext = Bytes.fromHex("SYM_Link", link, LINK_BYTES);
    try {
      return oaep(Cipher.DECRYPT_MODE, key.rsa(), new SecureRandom()).doFinal(ciphertext);
    } catch (GeneralSecurityException whatever) {
      throw Refusal.decrypt("the link does not open with this account's key (LINK-03)");
    }
  }

  private static Cipher oaep(int mode, Key key, SecureRandom random) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
    cipher.init(mode, key, OAEP, random);
    return cipher;
  }
}
