package e2eesync;

import java.time.Duration;

/**
 * A client of one server in one profile; both are configured, neither is negotiated (11.2).
 *
 * <pre>{@code
 * Client client = new Client("https://sync.example", Profile.DOCUMENTED);
 * client.signup(new NewAccount("jane@example.com", "correct horse battery staple", "Jane", "Doe"));
 * Session session = client.login("jane@example.com", "correct horse battery staple");
 * }</pre>
 */
public final class Client {
  private final Http http;
  private final Profile profile;

  /** @throws Refusal network for a URL that is not safe to use (HTTP-01) */
  public Client(String serverUrl, Profile profile) {
    this(serverUrl, profile, Http.PATIENCE);
  }

  /** The same with another patience: how long a call waits for a byte before it is given up (HTTP-20). */
  public Client(String serverUrl, Profile profile, Duration patience) {
    this.http = new Http(new ServerUrl(serverUrl), patience);
    this.profile = profile;
  }

  /** Creates an account (7.1). @return its id */
  public String signup(NewAccount account) {
    return Signup.run(http, profile, account);
  }

  /** Logs in and opens the account (7.3): a new device, which holds no document yet. */
  public Session login(String email, String passphrase) {
    return Login.run(http, profile, email, passphrase);
  }
}
