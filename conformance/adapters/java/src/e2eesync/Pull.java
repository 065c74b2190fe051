package e2eesync;

import e2eesync.json.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Pulls what the device lacks (8.6). */
final class Pull {
  private final Connection connection;
  private final Groups groups;
  private final Device device;

  Pull(Connection connection, Groups groups, Device device) {
    this.connection = connection;
    this.groups = groups;
    this.device = device;
  }

  record Outcome(List<Place> failed, List<Conflict> conflicts) {}

  /**
   * One pull lists each id once (8.6). Where the device has an id in two groups it pulls them one after the other, each
   * time with the rest in the blacklist.
   */
  Outcome run(Collection<String> blacklist) {
    Outcome outcome = new Outcome(new ArrayList<>(), new ArrayList<>());
    Set<String> done = new HashSet<>(blacklist);
    List<Resource> left = listed(done);
    do {
      List<Resource> now = firstGroups(left);
      Set<String> out = new HashSet<>(done);
      for (Resource resource : left) out.add(resource.place().groupId());
      for (Resource resource : now) out.remove(resource.place().groupId());
      pull(now, out, outcome);
      // What was pulled is done, and so are groups that this answer was the first to show.
      for (Resource resource : device.all()) done.add(resource.place().groupId());
      left = left.stream().filter(it -> out.contains(it.place().groupId())).toList();
      for (Resource resource : left) done.remove(resource.place().groupId());
    } while (!left.isEmpty());
    return outcome;
  }

  /** Every resource of the groups that are pulled (PULL-01). */
  private List<Resource> listed(Set<String> blacklist) {
    return device.all().stream()
        .filter(it -> !blacklist.contains(it.place().groupId()))
        .filter(it -> !groups.isGone(it.place().groupId()))
        .toList();
  }

  /** The resources of as many whole groups as have no id in common. */
  private static List<Resource> firstGroups(List<Resource> resources) {
    Map<String, List<Resource>> groups = new LinkedHashMap<>();
    for (Resource resource : resources)
      groups.computeIfAbsent(resource.place().groupId(), id -> new ArrayList<>()).add(resource);
    List<Resource> first = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (List<Resource> group : groups.values()) {
      if (group.stream().anyMatch(it -> ids.contains(it.place().id()))) continue;
      group.forEach(it -> ids.add(it.place().id()));
      first.addAll(group);
    }
    return first;
  }

  private void pull(List<Resource> listed, Set<String> blacklist, Outcome outcome) {
    Json request =
        Json.object()
            .put("resources", Json.array(listed.stream().map(Resource::known).toList()))
            .put("blacklist", Json.texts(List.copyOf(blacklist)))
            .build();
    PullAnswer answer = PullAnswer.read(connection.post("/sync/pull", request), blacklist);
    for (Envelope envelope : answer.resources()) take(envelope, outcome);
    for (Resource resource : listed) {
      if (answer.idsToPush().contains(resource.place().id())) want(resource.place());
      if (answer.idsToRemove().contains(resource.place().id())) remove(resource.place());
    }
  }

  /** Takes a resource over, unless it does not open: then it is reported, and changes nothing (PULL-04, PULL-05). */
  private void take(Envelope envelope, Outcome outcome) {
    Place place = envelope.place();
    Resource theirs;
    try {
      theirs = open(envelope);
    } catch (Refusal unreadable) {
      // No link could be asked for: that says nothing of this resource, and the next pull brings it again.
      if (unreadable.stage() == Stage.NETWORK || unreadable.stage() == Stage.AUTH) throw unreadable;
      outcome.failed().add(place);
      return;
    }
    Resource own = device.get(place);
    if (own == null || !own.isEdited()) {
      device.put(theirs);
      return;
    }
    Resource winner = Conflict.resolve(own, theirs);
    device.put(winner);
    outcome.conflicts().add(new Conflict(place, Conflict.winner(winner)));
  }

  private Resource open(Envelope envelope) {
    byte[] key = groups.key(envelope.place().groupId());
    AesMessage content = AesMessage.read("encContent", envelope.encContent());
    return Resource.of(envelope, Wrapping.openDocument(connection.profile(), key, content));
  }

  /** The server has lost it: it goes with the next push (PULL-07). */
  private void want(Place place) {
    Resource own = device.get(place);
    if (own != null && !own.waits()) device.put(own.with(own.version(), Resource.Waiting.WANTED));
  }

  /** Another device has removed it; what was edited here since stays (PULL-08). */
  private void remove(Place place) {
    Resource own = device.get(place);
    if (own != null && !own.isEdited()) device.put(own.gone());
  }
}
