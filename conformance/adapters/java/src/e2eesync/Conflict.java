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

  /**
   * The later edit wins, on a tie that of this device; the device goes on from the server's version either way (SYNC-03).
   *
   * @return what the device holds from now on; where its own has won, it waits to be pushed again
   */
  static Resource resolve(Resource own, Resource theirs) {
    boolean serverWins = theirs.lastEdited() > own.lastEdited();
    return serverWins ? theirs : own.with(theirs.version(), Resource.Waiting.EDIT);
  }
}
