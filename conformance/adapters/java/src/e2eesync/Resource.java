package e2eesync;

import e2eesync.json.Json;

/** A resource that this device holds, its document opened (2.2). A removed one is kept, so that it can be pushed. */
record Resource(
    Place place,
    String name,
    String version,
    String type,
    String createdBy,
    long lastEdited,
    String lastEditedBy,
    boolean removed,
    Json document,
    Waiting waiting) {
  static final String NO_VERSION = "__NO_VERSION__";

  /** What of it waits to be pushed. */
  enum Waiting {
    NOTHING,
    /** The user has edited it since the last push. */
    EDIT,
    /** The server has lost it, and asked for it (PULL-07). */
    WANTED
  }

  boolean isEdited() {
    return waiting == Waiting.EDIT;
  }

  boolean hasSameContent(Resource other) {
    return name.equals(other.name)
        && type.equals(other.type)
        && document.toString().equals(other.document.toString());
  }

  boolean waits() {
    return waiting != Waiting.NOTHING;
  }

  /** A resource of the server, opened. */
  static Resource of(Envelope envelope, Json document) {
    return new Resource(
        envelope.place(),
        envelope.name(),
        envelope.version(),
        envelope.type(),
        envelope.createdBy(),
        envelope.lastEdited(),
        envelope.lastEditedBy(),
        envelope.removed(),
        document,
        Waiting.NOTHING);
  }

  /** What an edit makes of it; before is null where the device did not hold it. */
  static Resource edited(Resource before, Edit edit, String accountId, long now) {
    return new Resource(
        edit.place(),
        edit.name(),
        before == null ? NO_VERSION : before.version,
        edit.type(),
        before == null ? accountId : before.createdBy,
        now,
        accountId,
        edit.removed(),
        edit.document(),
        Waiting.EDIT);
  }

  Resource with(String newVersion, Waiting nowWaiting) {
    return new Resource(
        place, name, newVersion, type, createdBy, lastEdited, lastEditedBy, removed, document, nowWaiting);
  }

  /** Another device has removed it. */
  Resource gone() {
    return new Resource(
        place, name, version, type, createdBy, lastEdited, lastEditedBy, true, document, Waiting.NOTHING);
  }

  /** The same document in another group (SYNC-10): a new resource, or in the place of the one that is there. */
  Resource movedTo(String groupId, Resource there) {
    return new Resource(
        new Place(groupId, place.id()),
        name,
        there == null ? NO_VERSION : there.version,
        type,
        createdBy,
        lastEdited,
        lastEditedBy,
        removed,
        document,
        Waiting.EDIT);
  }

  /** As an item of a push, encrypted with a fresh IV (AES-02, PUSH-08). */
  Json.Obj pushed(Profile profile, byte[] groupKey) {
    return Json.object()
        .put("id", place.id())
        .put("name", name)
        .put("resourceGroupId", place.groupId())
        .put("version", version)
        .put("type", type)
        .put("createdBy", createdBy)
        .put("lastEdited", lastEdited)
        .put("lastEditedBy", lastEditedBy)
        .put("removed", removed)
        .put("encContent", Wrapping.sealDocument(profile, groupKey, document))
        .build();
  }

  /** As an item of what a pull says that the device has (PULL-01). */
  Json.Obj known() {
    return Json.object()
        .put("id", place.id())
        .put("resourceGroupId", place.groupId())
        .put("version", version)
        .put("removed", removed)
        .build();
  }

  /** Tells nothing of the document. */
  @Override
  public String toString() {
    return "Resource";
  }
}
