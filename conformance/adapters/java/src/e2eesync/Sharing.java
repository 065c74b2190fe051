package e2eesync;

import e2eesync.json.Json;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sharing and withdrawing (8.2, 8.3): the one asks for public keys and hands out links, the other takes links away. */
final class Sharing {
  private static final int LINK_BYTES = 256;

  private final Connection connection;
  private final Groups groups;
  /** The public key of every account that was shared with (SHARE-10). */
  private final Map<String, PublicKey> known = new HashMap<>();

  Sharing(Connection connection, Groups groups) {
    this.connection = connection;
    this.groups = groups;
  }

  List<String> withPersons(String groupId, List<String> typed) {
    List<String> emails = Persons.normalize(typed);
    Json.Obj whom = Json.object().put("emails", Json.texts(emails)).build();
    Form answer = shareA(groupId, whom);
    Map<String, PublicKey> keys = publicKeys(answer);
    refuseOtherPersons(answer, keys.keySet(), emails);
    return handOut(groupId, whom, answer, keys);
  }

  List<String> withTeam(String groupId, String teamId) {
    Team team = Team.find(connection, teamId);
    Json.Obj whom = Json.object().put("teamId", teamId).build();
    Form answer = shareA(groupId, whom);
    Map<String, PublicKey> keys = publicKeys(answer);
    refuseOthers(keys.keySet(), team.accountIds());
    return handOut(groupId, whom, answer, keys);
  }

  private Form shareA(String groupId, Json whom) {
    Json answer = connection.post(Groups.path(groupId) + "/share-a", whom);
    return Form.of("the answer of share-a", answer);
  }

  /** Every public key, checked: one that is refused ends the share (SHARE-05). */
  private static Map<String, PublicKey> publicKeys(Form answer) {
    Form keys = answer.object("keys");
    Map<String, PublicKey> read = new LinkedHashMap<>();
    for (String accountId : keys.names()) {
      refuseNoAccountId(accountId);
      read.put(accountId, PublicKey.read(keys.text(accountId)));
    }
    return read;
  }

  private static void refuseNoAccountId(String name) {
    if (!Form.isAccountId(name))
      throw Refusal.schema("the answer of share-a names something that is no account id (HTTP-09)");
  }

  /** @throws Refusal state unless the accounts are those of just the persons that were named (SHARE-04) */
  private void refuseOtherPersons(Form answer, Set<String> accountIds, List<String> emails) {
    Form accounts = answer.object("accounts");
    Map<String, String> accountOf = new HashMap<>();
    for (String accountId : accounts.names()) {
      refuseNoAccountId(accountId);
      if (accountOf.put(accounts.email(accountId), accountId) != null)
        throw Refusal.state("share-a answered with two accounts for one address (SHARE-04)");
    }
    Set<String> asked = new HashSet<>(emails);
    asked.remove(connection.email());
    if (!accountOf.keySet().equals(asked))
      throw Refusal.state("share-a answered with other persons than were asked for (SHARE-04)");
    if (!accountIds.equals(Set.copyOf(accountOf.values())))
      throw Refusal.state("share-a answered with keys of other accounts than it names (SHARE-04)");
    refuseOthers(accountIds, accountIds);
  }

  /** @throws Refusal state for an account outside those that were asked for, or the caller's own */
  private void refuseOthers(Set<String> accountIds, Collection<String> asked) {
    if (!Set.copyOf(asked).containsAll(accountIds) || accountIds.contains(connection.accountId()))
      throw Refusal.state("share-a answered with an account that was not asked for (SHARE-04)");
  }

  /** Makes one link for each key, and hands them over all at once. */
  private List<String> handOut(
      String groupId, Json.Obj whom, Form answer, Map<String, PublicKey> keys) {
    keys.forEach(this::refuseOtherKey);
    byte[] groupKey = groups.take(groupId, answer.hexText("encSymmetricKey", LINK_BYTES));
    known.putAll(keys);
    if (keys.isEmpty()) return List.of();
    Json.Builder links = Json.object();
    keys.forEach(
        (accountId, key) ->
            links.put(accountId, Bytes.hex(Link.seal(connection.profile(), groupKey, key))));
    Json.Builder request = Json.object();
    whom.members().forEach(request::put);
    Json shareB = request.put("keys", links.build()).build();
    Form.of("the answer of share-b", connection.post(Groups.path(groupId) + "/share-b", shareB));
    return List.copyOf(keys.keySet());
  }

  /** @throws Refusal state where the account had another public key before (SHARE-10) */
  private void refuseOtherKey(String accountId, PublicKey key) {
    PublicKey before = known.get(accountId);
    if (before != null && !before.equals(key))
      throw Refusal.state("the public key of an account is another than before (SHARE-10)");
  }

  /** With null, from everybody but the owner. */
  void withdraw(String groupId, List<String> typed) {
    Json emails = typed == null ? null : Json.texts(Persons.normalize(typed));
    Json body = emails == null ? null : Json.object().put("emails", emails).build();
    connection.put(Groups.path(groupId) + "/unshare", body);
  }
}
