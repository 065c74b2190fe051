package e2eesync;

import e2eesync.json.Json;
import java.util.Arrays;

/** The two readings of the protocol, and everything in which they differ (11.1). */
public enum Profile {
  DOCUMENTED,
  DEPLOYED;

  private static final int KEY_BYTES = 32;

  /** The profile of this name, or null. */
  public static Profile named(String name) {
    return Arrays.stream(values()).filter(it -> it.label().equals(name)).findFirst().orElse(null);
  }

  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** The HKDF salt, from a salt of 32 bytes. */
  public byte[] hkdfSalt(byte[] salt) {
    return this == DOCUMENTED ? salt : Bytes.utf8(Bytes.hex(salt));
  }

  /** The SRP password P, from SEC_PWD_Auth. */
  public byte[] srpPassword(byte[] secPwdAuth) {
    return this == DOCUMENTED ? Bytes.utf8(Bytes.hex(secPwdAuth)) : secPwdAuth;
  }

  /** The SRP multiplier k: 32 bytes. */
  public byte[] srpMultiplier() {
    return Bytes.sha256(Srp.N_BYTES, this == DOCUMENTED ? Srp.G_BYTES : Srp.pad(Srp.G));
  }

  /** The client's proof M1, from H_I, which is SHA-256(I), and the values of the login: 32 bytes. */
  public byte[] clientProof(byte[] hashOfI, byte[] saltAuth2, byte[] a, byte[] b, byte[] s) {
    return this == DOCUMENTED
        ? Bytes.sha256(Srp.hashOfNXorHashOfG(), hashOfI, saltAuth2, a, b, Bytes.sha256(s))
        : Bytes.sha256(a, b, s);
  }

  /** What is encrypted for a symmetric key: 32 or 190 bytes (6.3). */
  public byte[] symmetricKeyPlaintext(byte[] key) {
    return this == DOCUMENTED ? key : Bytes.utf8(Text.percentEncode(Jwk.symmetric(key).toString()));
  }

  /** The symmetric key that was encrypted: 32 bytes. @throws Refusal decrypt (WRAP-05) */
  public byte[] symmetricKey(byte[] plaintext) {
    if (this == DEPLOYED) return Jwk.symmetricKey(json("a symmetric key", plaintext));
    if (plaintext.length != KEY_BYTES)
      throw Refusal.decrypt(
          "a decrypted key must have " + KEY_BYTES + " bytes, not " + plaintext.length + " (WRAP-05)");
    return plaintext;
  }

  /** What is encrypted for any other JSON (6.3). */
  public byte[] jsonPlaintext(Json value) {
    String text = value.toString();
    return Bytes.utf8(this == DOCUMENTED ? text : Text.percentEncode(text));
  }

  /** The JSON that was encrypted. @throws Refusal decrypt (WRAP-06) */
  public Json json(String what, byte[] plaintext) {
    try {
      String text = Bytes.fromUtf8(what, plaintext);
      return Form.parse(what, this == DOCUMENTED ? text : Text.percentDecode(what, text));
    } catch (Refusal notText) {
      throw Refusal.decrypt("what was decrypted is not " + what + " in the form of the profile (WRAP-06)");
    }
  }

  /** Whether a message may carry additional data, which is then authenticated (AES-05, AES-06). */
  boolean takesAdditionalData() {
    return this == DEPLOYED;
  }

  /** Whether a change draws new salts (CHANGE-01, CHANGE-02). */
  boolean drawsSaltsOnChange() {
    return this == DOCUMENTED;
  }

  /** Whether a mailed code can take the place of the old passphrase (7.8). */
  boolean knowsMailedCodes() {
    return this == DEPLOYED;
  }
}
