package e2eesync;

/** A resource that was edited on two devices, and whose edit won (8.7). */
public record Conflict(Place place, Winner winner) {
  public enum Winner {
    CLIENT,
    SERVER;

    public String label() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** Whose edit a resource is that was resolved. */
  static Winner winner(Resource resolved) {
    return resolved.isEdited() ? Winner.CLIENT : Winner.SERVER;
  }

  /**
   * The later edit wins, on a tie that of this device (SYNC-03); the device goes on from the server's version either way.
   *
   * @return what the device holds from now on; where its own has won, it waits to be pushed again
   */
  static Resource resolve(Resource own, Resource theirs) {
    boolean serverWins = theirs.lastEdited() > own.lastEdited();
    return serverWins ? theirs : own.with(theirs.version(), Resource.Waiting.EDIT);
  }
}
