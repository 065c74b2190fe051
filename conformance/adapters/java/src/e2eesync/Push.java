package e2eesync;

import e2eesync.json.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Pushes everything that waits (8.5), and settles the conflicts (8.7). */
final class Push {
  /** What a server takes in one body (HTTP-17), less some room for brackets and commas. */
  private static final int MOST_BYTES = (16 << 20) - (64 << 10);
  /** So often a resource that won a conflict is pushed again; then it waits for the next push. */
  private static final int ROUNDS = 5;

  private final Connection connection;
  private final Groups groups;
  private final Device device;

  Push(Connection connection, Groups groups, Device device) {
    this.connection = connection;
    this.groups = groups;
    this.device = device;
  }

  /** @throws Refusal after everything that could be pushed was */
  Sync.Pushed run() {
    Outcome outcome = new Outcome();
    for (int round = 0; round < ROUNDS; round++) {
      List<Resource> waiting = waiting(outcome);
      if (waiting.isEmpty()) break;
      for (List<Item> body : bodies(items(waiting, outcome))) push(body, outcome);
    }
    if (outcome.failure != null) throw outcome.failure;
    List<Conflict> conflicts = new ArrayList<>();
    outcome.conflicts.forEach((place, winner) -> conflicts.add(new Conflict(place, winner)));
    return new Sync.Pushed(List.copyOf(outcome.pushed), conflicts);
  }

  private static final class Outcome {
    final Set<Place> pushed = new LinkedHashSet<>();
    final Map<Place, Conflict.Winner> conflicts = new LinkedHashMap<>();
    /** What is not tried again in this push, though it waits. */
    final Set<Place> put = new HashSet<>();
    Refusal failure;

    void fail(Refusal refusal, Place place) {
      put.add(place);
      if (failure == null) failure = refusal;
    }
  }

  private record Item(Resource resource, Json.Obj json, int bytes) {}

  private List<Resource> waiting(Outcome outcome) {
    return device.all().stream()
        .filter(Resource::waits)
        .filter(it -> !groups.isGone(it.place().groupId()) && !outcome.put.contains(it.place()))
        .toList();
  }

  /** Each resource encrypted with the key of its group; a group whose key cannot be had holds up no other. */
  private List<Item> items(List<Resource> waiting, Outcome outcome) {
    List<Item> items = new ArrayList<>();
    for (Resource resource : waiting) {
      if (groups.isGone(resource.place().groupId())) continue;
      try {
        byte[] key = groups.key(resource.place().groupId());
        Json.Obj json = resource.pushed(connection.profile(), key);
        items.add(new Item(resource, json, Bytes.utf8(json.toString()).length));
      } catch (Refusal noKey) {
        if (noKey.stage() == Stage.NETWORK || noKey.stage() == Stage.AUTH) throw noKey;
        outcome.fail(noKey, resource.place());
      }
    }
    return items;
  }

  /** One push holds each id once (8.5), and no more than a server takes. */
  private static List<List<Item>> bodies(List<Item> items) {
    List<List<Item>> bodies = new ArrayList<>();
    List<Item> left = items;
    while (!left.isEmpty()) {
      List<Item> body = new ArrayList<>();
      List<Item> later = new ArrayList<>();
      Set<String> ids = new HashSet<>();
      int bytes = 0;
      for (Item item : left) {
        boolean fits = body.isEmpty() || bytes + item.bytes <= MOST_BYTES;
        if (!fits || ids.contains(item.resource.place().id())) {
          later.add(item);
          continue;
        }
        body.add(item);
        ids.add(item.resource.place().id());
        bytes += item.bytes + 1;
      }
      bodies.add(body);
      left = later;
    }
    return bodies;
  }

  private void push(List<Item> body, Outcome outcome) {
    Json answer;
    try {
      answer = connection.post("/sync/push", Json.array(body.stream().map(Item::json).toList()));
    } catch (Refusal refusal) {
      if (refusal.status() != 404) throw refusal;
      askForGroups(body);
      outcome.failure = refusal;
      return;
    }
    List<Place> places = body.stream().map(item -> item.resource.place()).toList();
    PushAnswer taken = PushAnswer.read(answer, places);
    for (Item item : body) settle(item.resource, taken, outcome);
  }

  /** One of the groups is gone: which one, the server says for each (8.1). The others are pushed again. */
  private void askForGroups(List<Item> body) {
    Set<String> groupIds = new LinkedHashSet<>();
    for (Item item : body) groupIds.add(item.resource.place().groupId());
    for (String groupId : groupIds) {
      try {
        groups.ask(groupId);
      } catch (Refusal refusal) {
        if (refusal.status() != 404) throw refusal;
      }
    }
  }

  /** A resource is pushed only when the answer lists it (PUSH-07). */
  private void settle(Resource resource, PushAnswer answer, Outcome outcome) {
    Place place = resource.place();
    String version = answer.versions().get(place.id());
    Envelope conflict = answer.conflicts().get(place);
    if (conflict != null) {
      settleConflict(conflict, outcome);
    } else if (version != null) {
      device.put(resource.with(version, Resource.Waiting.NOTHING));
      outcome.pushed.add(place);
    } else {
      outcome.put.add(place);
    }
  }

  private void settleConflict(Envelope conflict, Outcome outcome) {
    Place place = conflict.place();
    try {
      byte[] key = groups.key(place.groupId());
      AesMessage content = AesMessage.read("encContent", conflict.encContent());
      Resource theirs = Resource.of(conflict, Wrapping.openDocument(connection.profile(), key, content));
      Resource winner = Conflict.resolve(device.get(place), theirs);
      device.put(winner);
      outcome.conflicts.put(place, Conflict.winner(winner));
    } catch (Refusal unreadable) {
      outcome.fail(unreadable, place);
    }
  }
}
