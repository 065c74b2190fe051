package e2eesync;

/** A resource as the server answers it (8.5): everything but the version is somebody's push, and nothing is opened. */
record Envelope(
    Place place,
    String name,
    String version,
    String type,
    String createdBy,
    long lastEdited,
    String lastEditedBy,
    boolean removed,
    String encContent) {

  /** @throws Refusal schema where a member is not of its form */
  static Envelope read(Form form) {
    return new Envelope(
        new Place(form.opaqueId("resourceGroupId"), form.resourceId("id")),
        form.text("name"),
        form.version("version"),
        form.text("type", 1, Integer.MAX_VALUE),
        form.accountId("createdBy"),
        form.moment("lastEdited"),
        form.accountId("lastEditedBy"),
        form.bool("removed"),
        form.text("encContent"));
  }
}
