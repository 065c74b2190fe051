package e2eesync;

import java.util.Locale;

/**
 * The full lower-case mapping of Unicode without a locale (4.1). Java has it but for Final_Sigma, which it decides by
 * the boundaries of words; the standard (section 3.13) decides it by the cased characters around.
 */
final class LowerCase {
  private static final int SIGMA = 0x3a3;
  /** Word_Break MidLetter, MidNumLet and Single_Quote: they are case-ignorable, too. */
  private static final String WITHIN_WORDS =
      "':.\u00b7\u0387\u055f\u05f4\u2018\u2019\u2024\u2027\ufe13\ufe52\ufe55\uff07\uff0e\uff1a";

  private LowerCase() {}

  static String of(String text) {
    int[] characters = text.codePoints().toArray();
    StringBuilder mapped = new StringBuilder();
    for (int i = 0; i < characters.length; i++) {
      if (characters[i] == SIGMA) mapped.append(isFinal(characters, i) ? '\u03c2' : '\u03c3');
      else mapped.append(Character.toString(characters[i]).toLowerCase(Locale.ROOT));
    }
    return mapped.toString();
  }

  /** Final_Sigma: a cased character before and none after, whatever is case-ignorable between. */
  private static boolean isFinal(int[] characters, int at) {
    int before = at - 1;
    while (before >= 0 && isIgnorable(characters[before])) before--;
    int after = at + 1;
    while (after < characters.length && isIgnorable(characters[after])) after++;
    boolean cased = before >= 0 && isCased(characters[before]);
    return cased && !(after < characters.length && isCased(characters[after]));
  }

  private static boolean isCased(int character) {
    return Character.isLowerCase(character)
        || Character.isUpperCase(character)
        || Character.isTitleCase(character);
  }

  private static boolean isIgnorable(int character) {
    return switch (Character.getType(character)) {
      case Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.FORMAT,
          Character.MODIFIER_LETTER,
          Character.MODIFIER_SYMBOL -> true;
      default -> WITHIN_WORDS.indexOf(character) >= 0;
    };
  }
}
