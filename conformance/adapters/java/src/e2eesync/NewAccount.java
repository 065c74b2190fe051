package e2eesync;

/** What a user types to sign up, not normalised. */
public record NewAccount(String email, String passphrase, String firstName, String lastName) {
  /** Names no passphrase. */
  @Override
  public String toString() {
    return "NewAccount";
  }
}
