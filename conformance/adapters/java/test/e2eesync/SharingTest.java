package e2eesync;

import static e2eesync.Script.BOB;
import static e2eesync.Script.ZOE;

import e2eesync.json.Json;
import java.io.IOException;
import java.util.List;

/** What a client gives links for, and what it refuses to (8.2). */
final class SharingTest {
  private static final String SHARE_A = "POST /api/resource_groups/rg_1/share-a";
  private static final String SHARE_B = "POST /api/resource_groups/rg_1/share-b";
  private static final List<String> WITH_BOB = List.of(" Bob@Example.com", "bob@example.com");
  private static final byte[] GROUP_KEY = Bytes.random(32);
  private static final String BOBS = jwk(Script.BOBS_KEY.publicKey());
  private static final String MINE = jwk(Script.MY_KEY.publicKey());

  private final Profile profile;

  private SharingTest(Profile profile) {
    this.profile = profile;
  }

  static void run(Profile profile) throws IOException {
    SharingTest test = new SharingTest(profile);
    test.honest();
    test.refused("two accounts", Stage.STATE, keys(BOB, BOBS, ZOE, MINE), names(BOB, "bob@example.com"));
    test.refused("another account", Stage.STATE, keys(ZOE, BOBS), names(BOB, "bob@example.com"));
    test.refused("another person", Stage.STATE, keys(ZOE, BOBS), names(ZOE, "zoe@example.com"));
    test.refused("the caller", Stage.STATE, keys(Script.ME, MINE), names(Script.ME, "bob@example.com"));
    test.refused("nobody", Stage.STATE, "{}", "{}");
    test.refused("no names", Stage.SCHEMA, keys(BOB, BOBS), null);
    test.refused("no account id", Stage.SCHEMA, keys("bob", BOBS), names("bob", "bob@example.com"));
    String weak = BOBS.replace("AQAB", "Aw");
    test.refused("a weak key", Stage.SCHEMA, keys(BOB, weak), names(BOB, "bob@example.com"));
    test.anotherLink();
    test.team();
  }

  private void honest() throws IOException {
    try (Script script = new Script(profile)) {
      script.answer(SHARE_A, answer(keys(BOB, BOBS), names(BOB, "bob@example.com"))).answer(SHARE_B, "{}");
      Expect.equal("given a link", script.session.shareWithPersons("rg_1", WITH_BOB), List.of(BOB));
      String asked = script.calls(SHARE_A).get(0).body();
      Expect.equal("asked for", asked, "{\"emails\":[\"bob@example.com\"]}");
      Json.Obj body = (Json.Obj) Form.parse("share-b", script.calls(SHARE_B).get(0).body());
      String link = Expect.text((Json.Obj) body.get("keys"), BOB);
      byte[] opened = Link.open(profile, link, Script.BOBS_KEY);
      Expect.equal("Bob's link", Bytes.hex(opened), Bytes.hex(GROUP_KEY));
      anotherKey(script);
    }
  }

  /** The same account with another key than before (SHARE-10). */
  private void anotherKey(Script script) {
    script.answer(SHARE_A, answer(keys(BOB, MINE), names(BOB, "bob@example.com")));
    script.session.shareWithPersons("rg_1", WITH_BOB);
    script.calls(SHARE_B);
    Expect.refused(
        "another key than before", Stage.STATE, () -> script.session.shareWithPersons("rg_1", WITH_BOB));
    Expect.equal("links handed out", script.calls(SHARE_B), List.of());
  }

  private void refused(String what, Stage stage, String keys, String names) throws IOException {
    try (Script script = new Script(profile)) {
      script.answer(SHARE_A, answer(keys, names)).answer(SHARE_B, "{}");
      Expect.refused(what, stage, () -> script.session.shareWithPersons("rg_1", WITH_BOB));
      Expect.equal(what + ": links handed out", script.calls(SHARE_B), List.of());
    }
  }

  /** The own link opens to another key than the group had (GROUP-05). */
  private void anotherLink() throws IOException {
    try (Script script = new Script(profile)) {
      script.session.secrets().takeGroupKey("rg_1", Bytes.random(32));
      script.answer(SHARE_A, answer(keys(BOB, BOBS), names(BOB, "bob@example.com"))).answer(SHARE_B, "{}");
      Expect.refused("another link", Stage.DECRYPT, () -> script.session.shareWithPersons("rg_1", WITH_BOB));
      Expect.equal("links handed out", script.calls(SHARE_B), List.of());
    }
  }

  /** Only the accounts that the list of teams names are asked for (TEAM-04). */
  private void team() throws IOException {
    String member = "{\"id\":\"" + BOB + "\",\"email\":\"bob@example.com\",\"firstName\":\"\",\"lastName\":\"\"";
    String team =
        "[{\"id\":\"team_1\",\"name\":\"Gardeners\",\"ownerAccountId\":\"" + BOB + "\",\"accounts\":["
            + member + ",\"isAdmin\":true}]}]";
    try (Script script = new Script(profile)) {
      script
          .answer("GET /api/teams", team)
          .answer(SHARE_A, answer(keys(BOB, BOBS), null))
          .answer(SHARE_A, answer(keys(BOB, BOBS, ZOE, MINE), null))
          .answer(SHARE_B, "{}");
      Expect.equal("a link", script.session.shareWithTeam("rg_1", "team_1"), List.of(BOB));
      script.calls(SHARE_B);
      Expect.refused("one more", Stage.STATE, () -> script.session.shareWithTeam("rg_1", "team_1"));
      Expect.refused("no team", Stage.STATE, () -> script.session.shareWithTeam("rg_1", "team_2"));
      Expect.equal("links handed out", script.calls(SHARE_B), List.of());
    }
  }

  private static String jwk(PublicKey key) {
    return key.jwk().toString();
  }

  private static String keys(String... idsAndKeys) {
    Json.Builder keys = Json.object();
    for (int i = 0; i < idsAndKeys.length; i += 2) keys.put(idsAndKeys[i], idsAndKeys[i + 1]);
    return keys.build().toString();
  }

  private static String names(String id, String email) {
    return keys(id, email);
  }

  private String answer(String keys, String names) {
    String link = Script.link(profile, GROUP_KEY);
    String accounts = names == null ? "" : ",\"accounts\":" + names;
    return "{\"encSymmetricKey\":\"" + link + "\",\"keys\":" + keys + accounts + "}";
  }
}
