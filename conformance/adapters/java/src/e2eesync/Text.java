package e2eesync;

import java.io.ByteArrayOutputStream;
import java.text.Normalizer;

/** What the user types (4.1), and percent-encoding (6.1). */
public final class Text {
  /** What ECMAScript {@code trim} removes; neither {@code strip} nor {@code trim} of Java is that. */
  private static final String WHITE_SPACE =
      "\t\n\u000b\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
          + "\u2028\u2029\u202f\u205f\u3000\ufeff";
  private static final String KEPT = "-_.!~*'()";

  private Text() {}

  public static boolean isWhiteSpace(int character) {
    return WHITE_SPACE.indexOf(character) >= 0;
  }

  private static String trim(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isWhiteSpace(text.charAt(start))) start++;
    while (end > start && isWhiteSpace(text.charAt(end - 1))) end--;
    return text.substring(start, end);
  }

  /** {@code normalized.email = LOWER-CASE(TRIM(email))}. @throws Refusal encoding (NORM-04) */
  public static String normalizeEmail(String email) {
    return LowerCase.of(trim(wellFormed("the email address", email)));
  }

  /** {@code normalized.passphrase = NFKD(TRIM(passphrase))}. @throws Refusal encoding (NORM-04) */
  public static String normalizePassphrase(String passphrase) {
    return Normalizer.normalize(trim(wellFormed("the passphrase", passphrase)), Normalizer.Form.NFKD);
  }

  /** The same text. @throws Refusal encoding where it holds a lone surrogate */
  public static String wellFormed(String what, String text) {
    if (!isWellFormed(text))
      throw Refusal.encoding(what + " must not hold half of a surrogate pair (2.6, NORM-04)");
    return text;
  }

  public static boolean isWellFormed(String text) {
    // A code point in the range of surrogates is a half without its other half.
    return text.codePoints().noneMatch(c -> c >= 0xd800 && c <= 0xdfff);
  }

  /** ECMAScript {@code encodeURIComponent}. @throws Refusal encoding for a lone surrogate */
  public static String percentEncode(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : Bytes.utf8(text)) {
      char c = (char) (b & 0xff);
      boolean letter = c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
      if (letter || KEPT.indexOf(c) >= 0) encoded.append(c);
      else encoded.append('%').append(digit(c >> 4)).append(digit(c & 15));
    }
    return encoded.toString();
  }

  private static char digit(int value) {
    return Character.toUpperCase(Character.forDigit(value, 16));
  }

  /**
   * ECMAScript {@code decodeURIComponent}: what is no escape stays as it is.
   *
   * @throws Refusal encoding for an incomplete escape, or bytes that are not UTF-8
   */
  public static String percentDecode(String what, String text) {
    byte[] bytes = Bytes.utf8(text);
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] != '%') {
        decoded.write(bytes[i]);
        continue;
      }
      int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
      int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
      if (high < 0 || low < 0)
        throw Refusal.encoding(what + " must be percent-encoded, two hex digits after each % (6.1)");
      decoded.write(high << 4 | low);
      i += 2;
    }
    return Bytes.fromUtf8(what, decoded.toByteArray());
  }
}
