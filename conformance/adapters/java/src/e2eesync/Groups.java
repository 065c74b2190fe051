package e2eesync;

import e2eesync.json.Json;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The groups that this device knows (8.1): those it created, and those it saw in a pull. */
final class Groups {
  private static final int KEY_BYTES = 32;
  private static final int LINK_BYTES = 256;

  private final Connection connection;
  /** The parents, as far as they are known. */
  private final Map<String, String> parents = new HashMap<>();
  /** Groups that the server answered 404 for: they are not synced (GROUP-04). */
  private final Set<String> gone = new HashSet<>();

  Groups(Connection connection) {
    this.connection = connection;
  }

  /** @throws Refusal state for what is no id of a group, and so the id of none (9.4) */
  static String path(String groupId) {
    if (!Form.isOpaqueId(groupId)) throw Refusal.state("a group's id is letters, digits, _ and - (2.6)");
    return "/api/resource_groups/" + groupId;
  }

  String create(String parentResourceId, String name) {
    byte[] groupKey = Bytes.random(KEY_BYTES);
    // The public key is that of the own private key, so nobody else's (GROUP-01).
    byte[] link = Link.seal(connection.profile(), groupKey, connection.key().publicKey());
    Json request =
        Json.object()
            .put("parentResourceId", Text.wellFormed("the id of a resource", parentResourceId))
            .put("name", Text.wellFormed("the name of a group", name))
            .put("encSymmetricKey", Bytes.hex(link))
            .build();
    Form group = Form.of("a group", connection.post("/api/resource_groups", request));
    String groupId = group.opaqueId("id");
    byte[] linked = openLink(readLink(group));
    if (!Bytes.sameSecret(linked, groupKey))
      throw Refusal.decrypt("the link of the new group opens to another key than was sent (GROUP-05)");
    connection.secrets().takeGroupKey(groupId, groupKey);
    parents.put(groupId, parentResourceId);
    gone.remove(groupId);
    return groupId;
  }

  /** The key of a group: the one that is held, or the one of the link that the server answers. */
  byte[] key(String groupId) {
    byte[] held = connection.secrets().groupKey(groupId);
    return held == null ? ask(groupId) : held;
  }

  /**
   * Asks for the link of a group, and opens it (PULL-10).
   *
   * @throws Refusal decrypt where it does not open, or opens to another key than is held; state where the group is gone
   */
  byte[] ask(String groupId) {
    Form group;
    try {
      group = Form.of("a group", connection.get(path(groupId)));
    } catch (Refusal refusal) {
      if (refusal.status() == 404) drop(groupId);
      throw refusal;
    }
    if (!group.opaqueId("id").equals(groupId))
      throw Refusal.state("the server answered with another group than was asked for");
    byte[] key = take(groupId, readLink(group));
    if (group.has("parentResourceId")) parents.put(groupId, group.resourceId("parentResourceId"));
    gone.remove(groupId);
    return key;
  }

  /** Takes the key of the own link. @throws Refusal decrypt for another key than is held (GROUP-05) */
  byte[] take(String groupId, String link) {
    return connection.secrets().takeGroupKey(groupId, openLink(link));
  }

  private byte[] openLink(String link) {
    return Link.open(connection.profile(), link, connection.key());
  }

  /** The link of a group's answer, its other members checked. */
  private static String readLink(Form group) {
    if (group.has("parentResourceId")) group.resourceId("parentResourceId");
    if (group.has("name")) group.text("name");
    return group.hexText("encSymmetricKey", LINK_BYTES);
  }

  /** The group is gone, or its link was withdrawn: its key is dropped, and it is not synced any more (GROUP-04). */
  void drop(String groupId) {
    connection.secrets().dropGroupKey(groupId);
    gone.add(groupId);
  }

  /** The group is no more, and nothing of it is left on the device. */
  void forget(String groupId) {
    connection.secrets().dropGroupKey(groupId);
    parents.remove(groupId);
  }

  boolean isGone(String groupId) {
    return gone.contains(groupId);
  }

  /** Null where it is not known. */
  String parent(String groupId) {
    return parents.get(groupId);
  }

  void forgetAll() {
    connection.secrets().dropGroupKeys();
    parents.clear();
    gone.clear();
  }
}
