package e2eesync;

import e2eesync.json.Json;
import java.io.IOException;
import java.util.List;

/** What a device makes of the answers to its pushes and pulls (8.5 to 8.10). */
final class SyncTest {
  private static final String PUSH = "POST /sync/push";
  private static final String PULL = "POST /sync/pull";
  private static final String NOTHING = pulled("", "");
  private static final long LATER = 4_000_000_000_000L;

  private final Profile profile;
  private final byte[] keyOf1 = Bytes.random(32);
  private final byte[] keyOf2 = Bytes.random(32);

  private SyncTest(Profile profile) {
    this.profile = profile;
  }

  static void run(Profile profile) throws IOException {
    SyncTest test = new SyncTest(profile);
    test.refusedAnswers();
    test.unreadable();
    test.removals();
    test.idInTwoGroups();
    test.laterDuplicate();
    test.goneGroup();
    test.conflicts();
    test.refusedPushes();
    test.ended();
  }

  /** A session that knows the links of two groups. */
  private Script script() throws IOException {
    return new Script(profile)
        .answer("GET /api/resource_groups/rg_1", Script.group(profile, "rg_1", keyOf1))
        .answer("GET /api/resource_groups/rg_2", Script.group(profile, "rg_2", keyOf2));
  }

  private String in1(String id, long lastEdited) {
    return Script.resource(profile, "rg_1", id, lastEdited, keyOf1);
  }

  private String in2(String id, long lastEdited) {
    return Script.resource(profile, "rg_2", id, lastEdited, keyOf2);
  }

  private static String pulled(String created, String idsToRemove) {
    return "{\"updatedResources\":[],\"createdResources\":[" + created + "],\"idsToPush\":[],\"idsToRemove\":["
        + idsToRemove + "]}";
  }

  private static String took(String list, String id, String version) {
    String entry = "[{\"id\":\"" + id + "\",\"version\":\"" + version + "\"}]";
    String lists = "{\"updated\":[],\"created\":[],\"removed\":[],\"conflicts\":[]}";
    return lists.replace("\"" + list + "\":[]", "\"" + list + "\":" + entry);
  }

  private static String conflict(String resource) {
    return "{\"updated\":[],\"created\":[],\"removed\":[],\"conflicts\":[" + resource + "]}";
  }

  private void refusedAnswers() throws IOException {
    refusedPull("a resource twice", Stage.SCHEMA, pulled(in1("a", 1) + "," + in1("a", 2), ""));
    refusedPull("a list lacks", Stage.SCHEMA, "{\"createdResources\":[]}");
    refusedPull("a group that was left out", Stage.STATE, pulled(in2("a", 1), ""));
    refusedPull("a moment too late", Stage.SCHEMA, pulled(in1("a", 1).replace(":1,", ":1e16,"), ""));
    refusedPull("half a pair", Stage.SCHEMA, pulled(in1("a", 1).replace("Request", "\\ud800"), ""));
  }

  private void refusedPull(String what, Stage stage, String answer) throws IOException {
    try (Script script = script().answer(PULL, answer).answer(PULL, NOTHING)) {
      Expect.refused(what, stage, () -> script.session.pull(List.of("rg_2")));
      Expect.equal(what + ": held", script.session.pull(List.of()).resources(), List.of());
    }
  }

  /** What does not open is reported, and keeps nothing else away (PULL-05). */
  private void unreadable() throws IOException {
    String foreign = Script.resource(profile, "rg_1", "b", 1, keyOf2);
    try (Script script = script().answer(PULL, pulled(in1("a", 1) + "," + foreign + "," + in2("a", 1), ""))) {
      Sync.Pulled pulled = script.session.pull(List.of());
      Expect.equal("failed", pulled.failed(), List.of(new Place("rg_1", "b")));
      Expect.equal("held", places(pulled), List.of(new Place("rg_1", "a"), new Place("rg_2", "a")));
    }
  }

  /** Only what was listed and not edited since goes (PULL-08). */
  private void removals() throws IOException {
    try (Script script = script()) {
      script.answer(PULL, pulled(in1("a", 1) + "," + in1("b", 1), "")).answer(PUSH, 500, "{}");
      script.answer(PULL, pulled("", "\"a\",\"b\",\"c\""));
      script.session.pull(List.of());
      Edit edit = Script.edit("rg_1", "b");
      Expect.refused("a push", Stage.NETWORK, () -> script.session.push(List.of(edit)));
      Expect.equal("held", places(script.session.pull(List.of())), List.of(new Place("rg_1", "b")));
    }
  }

  /** One pull lists each id once; and duplicate groups are merged before (8.6, 8.10). */
  private void idInTwoGroups() throws IOException {
    String only = in2("only", 1);
    try (Script script = script().answer(PULL, pulled(in1("a", 1) + "," + in2("a", 1) + "," + only, ""))) {
      script.answer(PULL, NOTHING).answer("POST /sync/fix-dupes", "{\"deleteResourceGroupIds\":[]}");
      script.answer("POST /sync/fix-dupes", "{\"deleteResourceGroupIds\":[\"rg_2\"]}");
      script.session.pull(List.of());
      script.calls(PULL);
      script.session.pull(List.of());
      List<Script.Call> pulls = script.calls(PULL);
      Expect.equal("pulls", pulls.size(), 2);
      Expect.equal("first", pulls.get(0).body().contains("\"blacklist\":[\"rg_2\"]"), true);
      Expect.equal("second", pulls.get(1).body().contains("\"blacklist\":[\"rg_1\"]"), true);
      List<Place> merged = List.of(new Place("rg_1", "a"), new Place("rg_1", "only"));
      Expect.equal("merged", places(script.session.pull(List.of())), merged);
      script.answer(PUSH, took("created", "only", "v9"));
      List<Place> moved = script.session.push(List.of()).pushed();
      Expect.equal("moved", moved, List.of(new Place("rg_1", "only")));
      String body = script.calls(PUSH).get(0).body();
      Expect.equal("as a new one", body.contains("\"version\":\"__NO_VERSION__\""), true);
    }
  }

  /** Of two documents under one id the later is not lost with its group (8.10). */
  private void laterDuplicate() throws IOException {
    String named = in2("a", 9).replace("\"name\":\"a\"", "\"name\":\"later\"");
    try (Script script = script().answer(PULL, pulled(in1("a", 1) + "," + named, "")).answer(PULL, NOTHING)) {
      script.answer("POST /sync/fix-dupes", "{\"deleteResourceGroupIds\":[\"rg_2\"]}");
      script.session.pull(List.of());
      Sync.Pulled pulled = script.session.pull(List.of());
      Expect.equal("held", places(pulled), List.of(new Place("rg_1", "a")));
      Expect.equal("the later one", pulled.resources().get(0).name(), "later");
      script.answer(PUSH, took("updated", "a", "v10"));
      script.session.push(List.of());
      String body = script.calls(PUSH).get(0).body();
      Expect.equal("as an edit", body.contains("\"version\":\"v1\""), true);
    }
  }

  /** A push is refused for one group that is gone: the other is pushed, and the failure reported (8.1). */
  private void goneGroup() throws IOException {
    try (Script script = script().answer(PUSH, 404, "{}").answer(PUSH, took("created", "a", "v1"))) {
      script.session.secrets().takeGroupKey("rg_3", Bytes.random(32));
      List<Edit> edits = List.of(Script.edit("rg_1", "a"), Script.edit("rg_3", "b"));
      Expect.refused("a group that is gone", Stage.STATE, () -> script.session.push(edits));
      Expect.equal("its key is dropped", script.session.secrets().groupKey("rg_3"), null);
      Script.Call second = script.calls(PUSH).get(1);
      Expect.equal("pushed again", second.body().contains("rg_3"), false);
      Expect.equal("what waits", script.session.push(List.of()).pushed(), List.of());
      Expect.equal("pushes", script.calls(PUSH), List.of());
    }
  }

  private void conflicts() throws IOException {
    Place place = new Place("rg_1", "a");
    try (Script script = script().answer(PUSH, conflict(in1("a", 7))).answer(PUSH, took("updated", "a", "v8"))) {
      Sync.Pushed pushed = script.session.push(List.of(Script.edit("rg_1", "a")));
      Expect.equal("own", pushed.conflicts(), List.of(new Conflict(place, Conflict.Winner.CLIENT)));
      Expect.equal("pushed", pushed.pushed(), List.of(place));
      String again = script.calls(PUSH).get(1).body();
      Expect.equal("with the server's version", again.contains("\"version\":\"v7\""), true);
    }
    try (Script script = script().answer(PUSH, 500, "{}").answer(PULL, pulled(in1("a", LATER), ""))) {
      Edit edit = Script.edit("rg_1", "a");
      Expect.refused("a push", Stage.NETWORK, () -> script.session.push(List.of(edit)));
      Sync.Pulled pulled = script.session.pull(List.of());
      Expect.equal("theirs", pulled.conflicts(), List.of(new Conflict(place, Conflict.Winner.SERVER)));
      Expect.equal("the document", pulled.resources().get(0).document(), Json.of("a"));
    }
  }

  private void refusedPushes() throws IOException {
    String twice = took("created", "a", "v1").replace("\"updated\":[]", "\"updated\":[{\"id\":\"a\",\"version\":\"v1\"}]");
    refusedPush("a resource twice", Stage.SCHEMA, twice);
    refusedPush("a group that was not pushed", Stage.STATE, conflict(in2("a", 1)));
    String foreign = Script.resource(profile, "rg_1", "a", LATER, keyOf2);
    refusedPush("a conflict that does not open", Stage.DECRYPT, conflict(foreign));
  }

  private void refusedPush(String what, Stage stage, String answer) throws IOException {
    try (Script script = script().answer(PUSH, answer).answer(PUSH, took("created", "a", "v1"))) {
      Edit edit = Script.edit("rg_1", "a");
      Expect.refused(what, stage, () -> script.session.push(List.of(edit)));
      List<Place> pushed = script.session.push(List.of()).pushed();
      Expect.equal(what + ": it still waits", pushed, List.of(edit.place()));
    }
  }

  /** After a logout nothing is held and nothing is sent, also when its call failed (SESSION-05). */
  private void ended() throws IOException {
    try (Script script = script().answer("POST /auth/logout", 500, "{}")) {
      Expect.refused("a logout", Stage.NETWORK, script.session::logout);
      Expect.equal("the secrets", script.session.secrets().isDropped(), true);
      Expect.refused("after it", Stage.STATE, () -> script.session.pull(List.of()));
      Expect.refused("after it", Stage.STATE, script.session::logout);
      Expect.equal("pulls", script.calls(PULL), List.of());
      Expect.equal("logouts", script.calls("POST /auth/logout").size(), 1);
    }
  }

  private static List<Place> places(Sync.Pulled pulled) {
    return pulled.resources().stream().map(Sync.Held::place).toList();
  }
}
