package e2eesync;

/** At which stage something was refused (10.3): it says whose fault it may be and what helps. */
public enum Stage {
  ENCODING,
  SCHEMA,
  AUTH,
  DECRYPT,
  STATE,
  NETWORK;

  /** The name as the adapter's schemas write it, for example {@code decrypt}. */
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
