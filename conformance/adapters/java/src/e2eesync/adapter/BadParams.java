package e2eesync.adapter;

/** Parameters that are not those of the verb: a mistake of the caller, not of the protocol. */
final class BadParams extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadParams(String message) {
    super(message);
  }
}
