package e2eesync;

import java.util.List;

/**
 * One device that is logged in: its account (chapter 7), its groups and its documents (chapter 8). After its end every
 * call is refused at stage state, without a request.
 */
public final class Session {
  private final Connection connection;
  private final Groups groups;
  private final Sharing sharing;
  private final Sync sync;

  Session(Http http, Profile profile, Secrets secrets, Account account) {
    this.connection = new Connection(http, profile, secrets, account.accountId(), account.email());
    this.groups = new Groups(connection);
    this.sharing = new Sharing(connection, groups);
    this.sync = new Sync(connection, groups);
  }

  Secrets secrets() {
    return connection.secrets();
  }

  public String accountId() {
    return connection.accountId();
  }

  /** Who the server says this is (7.4). */
  public Person whoami() {
    Account account = connection.whoami();
    return new Person(account.accountId(), account.email(), account.firstName(), account.lastName());
  }

  /** A person with an account, addresses normalised. */
  public record Person(String accountId, String email, String firstName, String lastName) {}

  /** Ends the session (7.5). The secrets are dropped also when the call fails. */
  public void logout() {
    String sessionId = connection.secrets().sessionId();
    end();
    connection.postOnce("/auth/logout", sessionId);
  }

  /** Changes passphrase, address or names (7.6 to 7.8). */
  public void changePassword(Change change) {
    Change.run(connection, change);
  }

  /** Has a code mailed that permits a change, in {@code deployed} (7.8). */
  public void sendCode() {
    connection.post("/auth/send-password-code");
  }

  /** Empties the account (7.9); the user has agreed that everything will be lost. */
  public void reset() {
    connection.post("/auth/reset");
    groups.forgetAll();
    sync.forgetAll();
  }

  /** Deletes the account (7.10); the user has agreed. The session ends with it. */
  public void deleteAccount() {
    connection.delete("/auth/delete-account");
    end();
  }

  private void end() {
    connection.secrets().drop();
    groups.forgetAll();
    sync.forgetAll();
  }

  /** Makes a group for a resource (8.1). @return its id */
  public String createGroup(String parentResourceId, String name) {
    return groups.create(parentResourceId, name);
  }

  /** Shares a group with persons (8.2). @return the accounts that were given a link */
  public List<String> shareWithPersons(String groupId, List<String> emails) {
    return sharing.withPersons(groupId, emails);
  }

  /** Shares a group with everybody in a team (8.2). @return the accounts that were given a link */
  public List<String> shareWithTeam(String groupId, String teamId) {
    return sharing.withTeam(groupId, teamId);
  }

  /** Withdraws the links of persons, or with null those of everybody but the owner (8.3). */
  public void unshare(String groupId, List<String> emails) {
    sharing.withdraw(groupId, emails);
  }

  /** Makes a team of the caller and these persons (8.4). @return its id */
  public String createTeam(String name, List<String> emails) {
    return Team.create(connection, name, emails);
  }

  /** The teams that the caller is in (8.4). */
  public List<Team> teams() {
    return Team.list(connection);
  }

  /** Makes edits at this moment, and pushes every edit that waits (8.5). */
  public Sync.Pushed push(List<Edit> edits) {
    connection.secrets().sessionId();
    return sync.push(edits);
  }

  /** Pulls what this device lacks, but for the groups of the blacklist (8.6). */
  public Sync.Pulled pull(List<String> blacklist) {
    connection.secrets().sessionId();
    return sync.pull(blacklist);
  }
}
