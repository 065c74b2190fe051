package e2eesync;

import e2eesync.json.Json;
import java.util.Collection;
import java.util.List;

/** The documents of a device, and how they travel (8.5 to 8.10). */
public final class Sync {
  private final Connection connection;
  private final Device device = new Device();
  private final Push push;
  private final Pull pull;
  private final Duplicates duplicates;

  Sync(Connection connection, Groups groups) {
    this.connection = connection;
    this.push = new Push(connection, groups, device);
    this.pull = new Pull(connection, groups, device);
    this.duplicates = new Duplicates(connection, groups, device);
  }

  /** What became of a push. */
  public record Pushed(List<Place> pushed, List<Conflict> conflicts) {}

  /** A resource that the device holds, opened. */
  public record Held(Place place, String name, String type, Json document) {}

  /** What the device holds after a pull, what of the answer did not open, and what had been edited here, too. */
  public record Pulled(List<Held> resources, List<Place> failed, List<Conflict> conflicts) {}

  Pushed push(List<Edit> edits) {
    edits.forEach(Edit::refuseIllFormedText);
    for (Edit edit : edits) edit(edit);
    return push.run();
  }

  private void edit(Edit edit) {
    long now = System.currentTimeMillis();
    device.put(Resource.edited(device.get(edit.place()), edit, connection.accountId(), now));
  }

  Pulled pull(Collection<String> blacklist) {
    duplicates.merge();
    Pull.Outcome outcome = pull.run(blacklist);
    List<Held> held =
        device.visible().stream()
            .map(it -> new Held(it.place(), it.name(), it.type(), it.document()))
            .toList();
    return new Pulled(held, outcome.failed(), outcome.conflicts());
  }

  void forgetAll() {
    device.forgetAll();
  }
}
