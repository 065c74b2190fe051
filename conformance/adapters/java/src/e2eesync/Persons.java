package e2eesync;

import java.util.List;

/** Addresses that a user typed, to share with persons or to make a team of them. */
final class Persons {
  private Persons() {}

  /** Each normalised (NORM-05), and each once. */
  static List<String> normalize(List<String> emails) {
    return emails.stream().map(Text::normalizeEmail).distinct().toList();
  }
}
