package e2eesync;

import e2eesync.json.Json;

/**
 * A change of passphrase, address or names, as a user typed it (7.6 to 7.8). Either the old passphrase or a mailed code
 * is given; what is null stays as it is.
 */
public record Change(
    String oldPassphrase,
    String code,
    String newPassphrase,
    String newEmail,
    String newFirstName,
    String newLastName) {

  /** Names no passphrase and no code. */
  @Override
  public String toString() {
    return "Change";
  }

  static void run(Connection connection, Change change) {
    Profile profile = connection.profile();
    connection.secrets().sessionId();
    if (change.code != null && !profile.knowsMailedCodes())
      throw Refusal.state("a mailed code takes the place of the passphrase in deployed alone (7.8)");
    String oldPassphrase = change.code == null ? Text.normalizePassphrase(change.oldPassphrase) : null;
    String newPassphrase = Text.normalizePassphrase(change.newPassphrase);
    String newEmail = change.newEmail == null ? connection.email() : Text.normalizeEmail(change.newEmail);
    change.refuseIllFormedNames();

    Account account = connection.whoami();
    Salts salts = Salts.ask(connection.http(), connection.email()).with(account.saltEnc());
    Json.Builder request = Json.object();
    if (change.code != null) request.put("code", change.code);
    else request.put("verifier", oldVerifier(connection, account, oldPassphrase, salts));

    Salts inForce = profile.drawsSaltsOnChange() ? Salts.draw() : salts;
    Lock lock = Lock.make(profile, newEmail, newPassphrase, inForce);
    request
        .put("newEmail", newEmail)
        .put("encSymmetricKey", account.encSymmetricKeyText())
        .put("newVerifier", Bytes.hex(lock.verifier()))
        .put("newEncSymmetricKey", wrap(connection, lock));
    if (profile.drawsSaltsOnChange())
      request
          .put("newSaltKey", Bytes.hex(inForce.saltAuth1()))
          .put("newSaltAuth", Bytes.hex(inForce.saltAuth2()))
          .put("newSaltEnc", Bytes.hex(inForce.saltEnc()));
    request.putIfPresent("newFirstName", change.newFirstName);
    request.putIfPresent("newLastName", change.newLastName);

    Form.of("the answer of the change", connection.post("/auth/change-password", request.build()));
    connection.goBy(newEmail);
  }

  /** @throws Refusal decrypt where the old passphrase does not open the account: no change is sent (CHANGE-05) */
  private static String oldVerifier(
      Connection connection, Account account, String oldPassphrase, Salts salts) {
    Profile profile = connection.profile();
    Lock old = Lock.make(profile, connection.email(), oldPassphrase, salts);
    byte[] opened = Wrapping.openAccountKey(profile, old.secPwdEnc(), account.encSymmetricKey());
    if (!Bytes.sameSecret(opened, connection.secrets().symAccount()))
      throw Refusal.decrypt("encSymmetricKey holds another key than at the login (CHANGE-04)");
    return Bytes.hex(old.verifier());
  }

  /** The unchanged SYM_Account, encrypted with the new SEC_PWD_Enc (CHANGE-04). */
  private static String wrap(Connection connection, Lock lock) {
    return Wrapping.sealAccountKey(
        connection.profile(), lock.secPwdEnc(), connection.secrets().symAccount());
  }

  private void refuseIllFormedNames() {
    if (newFirstName != null) Text.wellFormed("the first name", newFirstName);
    if (newLastName != null) Text.wellFormed("the last name", newLastName);
  }
}
