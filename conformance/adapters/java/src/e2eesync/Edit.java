package e2eesync;

import e2eesync.json.Json;

/** A resource as its user has just left it. */
public record Edit(Place place, String name, String type, Json document, boolean removed) {
  /** @throws Refusal encoding where what goes out in plain text holds a lone surrogate */
  void refuseIllFormedText() {
    Text.wellFormed("the id of a resource", place.id());
    Text.wellFormed("the name of a resource", name);
    Text.wellFormed("the type of a resource", type);
  }

  /** Tells nothing of the document. */
  @Override
  public String toString() {
    return "Edit";
  }
}
