package e2eesync;

import e2eesync.json.Json;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A message of AES-256-GCM (6.2): an IV of 12 bytes, a tag of 16, ciphertext, additional data. */
public record AesMessage(byte[] iv, byte[] t, byte[] d, byte[] ad) {
  private static final int IV_BYTES = 12;
  private static final int TAG_BYTES = 16;
  private static final Set<String> MEMBERS = Set.of("iv", "t", "d", "ad");

  /** Encrypts with a key of 32 bytes and a fresh IV, without additional data (AES-02, AES-04). */
  static AesMessage seal(byte[] key, byte[] plaintext) {
    return seal(key, plaintext, Bytes.random(IV_BYTES));
  }

  /** Encrypts with this IV of 12 bytes, which must never have been used with the key. */
  public static AesMessage seal(byte[] key, byte[] plaintext, byte[] iv) {
    try {
      return of(iv, cipher(Cipher.ENCRYPT_MODE, key, iv, new byte[0]).doFinal(plaintext));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("AES-256-GCM encrypts everything", impossible);
    }
  }

  /** The message of an IV, and of ciphertext and tag together, as the formulas of 6.4 have it. */
  public static AesMessage of(byte[] iv, byte[] sealed) {
    int end = sealed.length - TAG_BYTES;
    byte[] tag = Arrays.copyOfRange(sealed, end, sealed.length);
    return new AesMessage(iv, tag, Arrays.copyOf(sealed, end), new byte[0]);
  }

  /** The plaintext. @throws Refusal decrypt where the additional data or the tag is refused */
  byte[] open(Profile profile, byte[] key) {
    if (ad.length > 0 && !profile.takesAdditionalData())
      throw Refusal.decrypt("a message must not carry additional data (AES-05)");
    try {
      return cipher(Cipher.DECRYPT_MODE, key, iv, ad).doFinal(sealed());
    } catch (GeneralSecurityException wrongTag) {
      throw Refusal.decrypt("the message does not open with this key: its tag is wrong (AES-09)");
    }
  }

  private static Cipher cipher(int mode, byte[] key, byte[] iv, byte[] ad)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(8 * TAG_BYTES, iv));
    cipher.updateAAD(ad);
    return cipher;
  }

  /** Ciphertext and tag together. */
  public byte[] sealed() {
    return Bytes.concat(d, t);
  }

  /** The compact JSON text that a member of a request holds (AES-03). */
  public String text() {
    return Json.object()
        .put("iv", Bytes.hex(iv))
        .put("t", Bytes.hex(t))
        .put("d", Bytes.hex(d))
        .put("ad", Bytes.hex(ad))
        .build()
        .toString();
  }

  /**
   * The message that a member holds.
   *
   * @throws Refusal encoding where it is no JSON or hex, schema where it is another object (AES-07, AES-08, AES-10)
   */
  public static AesMessage read(String what, String text) {
    if (!(Form.parse(what, text) instanceof Json.Obj message) || !message.members().keySet().equals(MEMBERS))
      throw Refusal.schema(what + " must be an object of just iv, t, d and ad (AES-10)");
    byte[] iv = hex(what, message, "iv");
    byte[] t = hex(what, message, "t");
    if (iv.length != IV_BYTES)
      throw Refusal.schema(what + ": iv must have 12 bytes, not " + iv.length + " (AES-08)");
    if (t.length != TAG_BYTES)
      throw Refusal.schema(what + ": t must have 16 bytes, not " + t.length + " (AES-07)");
    return new AesMessage(iv, t, hex(what, message, "d"), hex(what, message, "ad"));
  }

  private static byte[] hex(String what, Json.Obj message, String name) {
    if (message.get(name) instanceof Json.Str string)
      return Bytes.fromHex(what + ": " + name, string.text());
    throw Refusal.schema(what + ": " + name + " must be a string (AES-10)");
  }
}
