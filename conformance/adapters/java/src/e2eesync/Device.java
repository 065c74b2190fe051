package e2eesync;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a device holds: its resources, by group and id. */
final class Device {
  private final Map<Place, Resource> resources = new LinkedHashMap<>();

  Resource get(Place place) {
    return resources.get(place);
  }

  void put(Resource resource) {
    resources.put(resource.place(), resource);
  }

  void remove(Place place) {
    resources.remove(place);
  }

  /** All of them, the removed too; a list of its own. */
  List<Resource> all() {
    return new ArrayList<>(resources.values());
  }

  /** What its user sees: all but the removed. */
  Collection<Resource> visible() {
    return all().stream().filter(resource -> !resource.removed()).toList();
  }

  void forgetAll() {
    resources.clear();
  }
}
