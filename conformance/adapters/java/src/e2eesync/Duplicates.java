package e2eesync;

import e2eesync.json.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Groups that two devices made for the same document: merged before a pull (8.10). */
final class Duplicates {
  private final Connection connection;
  private final Groups groups;
  private final Device device;

  Duplicates(Connection connection, Groups groups, Device device) {
    this.connection = connection;
    this.groups = groups;
    this.device = device;
  }

  void merge() {
    Set<String> groupIds = sharing();
    if (groupIds.isEmpty()) return;
    Json request = Json.object().put("ids", Json.texts(List.copyOf(groupIds))).build();
    Form answer;
    try {
      answer = Form.of("the answer of fix-dupes", connection.post("/sync/fix-dupes", request));
    } catch (Refusal refusal) {
      if (refusal.status() == 404) return; // the server leaves the call out (SYNC-12)
      throw refusal;
    }
    List<String> deleted =
        answer.distinct("deleteResourceGroupIds", item -> item.opaqueId("deleteResourceGroupIds"));
    if (!groupIds.containsAll(deleted))
      throw Refusal.state("fix-dupes deleted a group that it was not asked about (10.3)");
    Map<String, String> keptFor = new HashMap<>();
    for (String groupId : deleted) keptFor.put(groupId, kept(groupId, groupIds, deleted));
    keptFor.forEach(this::move);
  }

  /** The groups that hold a resource id which another one holds, too. */
  private Set<String> sharing() {
    Map<String, Set<String>> groupsOf = new HashMap<>();
    for (Resource resource : device.visible()) {
      Place place = resource.place();
      if (groups.isGone(place.groupId())) continue;
      groupsOf.computeIfAbsent(place.id(), id -> new TreeSet<>()).add(place.groupId());
    }
    Set<String> sharing = new TreeSet<>();
    for (Set<String> groupIds : groupsOf.values()) if (groupIds.size() > 1) sharing.addAll(groupIds);
    return sharing;
  }

  /** The group that stays in the place of a deleted one: that of the same parent, as far as parents are known. */
  private String kept(String groupId, Set<String> asked, List<String> deleted) {
    List<String> left = asked.stream().filter(id -> !deleted.contains(id)).toList();
    String parent = groups.parent(groupId);
    return left.stream()
        .filter(id -> parent != null && parent.equals(groups.parent(id)))
        .findFirst()
        .or(() -> left.stream().filter(id -> haveCommon(groupId, id)).findFirst())
        .orElseThrow(() -> Refusal.state("fix-dupes kept no group of those that belong together (SYNC-08)"));
  }

  private boolean haveCommon(String groupId, String other) {
    return device.visible().stream()
        .filter(it -> it.place().groupId().equals(groupId))
        .anyMatch(it -> device.get(new Place(other, it.place().id())) != null);
  }

  /** What only the deleted group had goes to the one that was kept, and is pushed with the next push (SYNC-10). */
  private void move(String from, String to) {
    for (Resource resource : device.all()) {
      Place place = resource.place();
      if (!place.groupId().equals(from)) continue;
      device.remove(place);
      Resource there = device.get(new Place(to, place.id()));
      if (!resource.removed() && belongsThere(resource, there)) device.put(resource.movedTo(to, there));
    }
    groups.forget(from);
  }

  /** What the other group lacks does, and what it has otherwise and earlier: that is taken for an edit (8.10). */
  private static boolean belongsThere(Resource resource, Resource there) {
    if (there == null || there.removed()) return true;
    return resource.lastEdited() > there.lastEdited() && !resource.hasSameContent(there);
  }
}
