package e2eesync;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** Bytes and how they become text (6.1): hex, base64url, UTF-8. Everything here is strict. */
public final class Bytes {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final HexFormat HEX = HexFormat.of();

  private Bytes() {}

  /** So many bytes from a generator that is suitable for keys (3.1). */
  public static byte[] random(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  public static String hex(byte[] bytes) {
    return HEX.formatHex(bytes);
  }

  /** The bytes of lower-case hex with two digits for each. @throws Refusal encoding (ENC-02) */
  public static byte[] fromHex(String what, String hex) {
    boolean digits = hex.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
    if (!digits || hex.length() % 2 != 0)
      throw Refusal.encoding(what + " must be lower-case hex, two digits for each byte (ENC-02)");
    return HEX.parseHex(hex);
  }

  /** As many bytes as the value has. @throws Refusal encoding (ENC-02) */
  public static byte[] fromHex(String what, String hex, int length) {
    byte[] bytes = fromHex(what, hex);
    if (bytes.length != length)
      throw Refusal.encoding(
          what + " must be " + 2 * length + " hex digits, not " + hex.length() + " (ENC-02)");
    return bytes;
  }

  public static String base64url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * The bytes of base64url without padding, white space, or bits at the end that stand for nothing.
   *
   * @throws Refusal encoding (ENC-03)
   */
  public static byte[] fromBase64url(String what, String text) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      if (base64url(bytes).equals(text)) return bytes;
    } catch (IllegalArgumentException notBase64) {
      // refused below, like what decodes but was not written so
    }
    throw Refusal.encoding(what + " must be base64url without padding (ENC-03)");
  }

  /** The UTF-8 bytes of well-formed text. @throws Refusal encoding for a lone surrogate (4.1) */
  public static byte[] utf8(String text) {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      return Arrays.copyOf(encoded.array(), encoded.limit());
    } catch (CharacterCodingException loneSurrogate) {
      throw Refusal.encoding("text must not hold half of a surrogate pair (NORM-04)");
    }
  }

  /** The text of bytes that are UTF-8. @throws Refusal encoding */
  public static String fromUtf8(String what, byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notUtf8) {
      throw Refusal.encoding(what + " must be UTF-8");
    }
  }

  /** {@code a | b} (1.6). */
  public static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) all.writeBytes(part);
    return all.toByteArray();
  }

  /** SHA-256 of the parts one after the other, 32 bytes. */
  public static byte[] sha256(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) digest.update(part);
      return digest.digest();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  /** Compares in a time that does not depend on where the two differ (SRP-33). */
  public static boolean sameSecret(byte[] one, byte[] other) {
    return MessageDigest.isEqual(one, other);
  }
}
