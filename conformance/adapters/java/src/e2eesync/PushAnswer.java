package e2eesync;

import e2eesync.json.Json;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The answer to a push (8.5): the versions of what was taken, by id, and what the server stores where it was not. */
record PushAnswer(Map<String, String> versions, Map<Place, Envelope> conflicts) {
  /**
   * @param places what was pushed
   * @throws Refusal schema where it is not of its form or holds a resource twice; state for a group that was not pushed
   */
  static PushAnswer read(Json json, List<Place> places) {
    Form answer = Form.of("the answer of a push", json);
    Map<String, String> versions = new HashMap<>();
    Map<Place, Envelope> conflicts = new HashMap<>();
    Set<String> ids = new HashSet<>();
    Set<String> groupIds = new HashSet<>();
    for (Place place : places) groupIds.add(place.groupId());
    for (String list : List.of("updated", "created", "removed"))
      for (Form taken : answer.list(list)) {
        refuseTwice(ids, taken.resourceId("id"));
        versions.put(taken.resourceId("id"), taken.version("version"));
      }
    for (Form form : answer.list("conflicts")) {
      Envelope conflict = Envelope.read(form);
      refuseTwice(ids, conflict.place().id());
      if (!groupIds.contains(conflict.place().groupId()))
        throw Refusal.state("a push was answered with a resource of a group that was not in it (10.3)");
      conflicts.put(conflict.place(), conflict);
    }
    return new PushAnswer(versions, conflicts);
  }

  private static void refuseTwice(Set<String> ids, String id) {
    if (!ids.add(id)) throw Refusal.schema("the answer of a push holds a resource twice (10.3)");
  }
}
