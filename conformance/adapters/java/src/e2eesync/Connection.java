package e2eesync;

import e2eesync.json.Json;

/** A session on the wire (7.5): every call carries K, and none is made after the end. */
final class Connection {
  private final Http http;
  private final Profile profile;
  private final Secrets secrets;
  private final String accountId;
  private String email;

  Connection(Http http, Profile profile, Secrets secrets, String accountId, String email) {
    this.http = http;
    this.profile = profile;
    this.secrets = secrets;
    this.accountId = accountId;
    this.email = email;
  }

  Http http() {
    return http;
  }

  Profile profile() {
    return profile;
  }

  Secrets secrets() {
    return secrets;
  }

  /** PRV_Account. @throws Refusal state after the end of the session */
  PrivateKey key() {
    secrets.sessionId();
    return secrets.key();
  }

  String accountId() {
    return accountId;
  }

  /** The normalised address of the login, or the one of an own change since. */
  String email() {
    return email;
  }

  void goBy(String newEmail) {
    this.email = newEmail;
  }

  Json get(String path) {
    return http.call("GET", path, secrets.sessionId(), null);
  }

  Json post(String path, Json body) {
    return http.call("POST", path, secrets.sessionId(), body);
  }

  /** A call that says nothing but the session, and answers nothing but success. */
  void post(String path) {
    postOnce(path, secrets.sessionId());
  }

  /** The same, with the id of a session that is over for this device already. */
  void postOnce(String path, String sessionId) {
    Form.of("the answer", http.call("POST", path, sessionId, null));
  }

  void put(String path, Json body) {
    Form.of("the answer", http.call("PUT", path, secrets.sessionId(), body));
  }

  void delete(String path) {
    Form.of("the answer", http.call("DELETE", path, secrets.sessionId(), null));
  }

  /** The account of this session. @throws Refusal state where the server answers with another one */
  Account whoami() {
    Account account = Account.read(get("/auth/whoami"));
    if (!account.email().equals(email))
      throw Refusal.state("the server answered with the account of another address (WHOAMI-03)");
    if (!account.accountId().equals(accountId))
      throw Refusal.state("the server answered with another account than that of the login");
    secrets.key().refuseOther(account.publicKey());
    return account;
  }
}
