package e2eesync;

import e2eesync.json.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The answer to a pull (8.6): what the device lacks, what the server lacks, and what others have removed. */
record PullAnswer(List<Envelope> resources, Set<String> idsToPush, Set<String> idsToRemove) {
  /**
   * @param blacklist the groups that were left out
   * @throws Refusal schema where it is not of its form or holds a resource twice (PULL-06); state for a group that was
   *     left out
   */
  static PullAnswer read(Json json, Set<String> blacklist) {
    Form answer = Form.of("the answer of a pull", json);
    List<Envelope> resources = new ArrayList<>();
    for (String list : List.of("createdResources", "updatedResources"))
      for (Form form : answer.list(list)) resources.add(Envelope.read(form));
    Set<Place> places = new HashSet<>();
    for (Envelope resource : resources) {
      if (!places.add(resource.place()))
        throw Refusal.schema("the answer of a pull holds a resource twice (PULL-06)");
      if (blacklist.contains(resource.place().groupId()))
        throw Refusal.state("a pull was answered with a group that was left out (10.3)");
    }
    return new PullAnswer(resources, ids(answer, "idsToPush"), ids(answer, "idsToRemove"));
  }

  private static Set<String> ids(Form answer, String name) {
    return Set.copyOf(answer.distinct(name, item -> item.resourceId(name)));
  }
}
