package e2eesync;

/** Which resource: its group and its id together (2.2). */
public record Place(String groupId, String id) {}
