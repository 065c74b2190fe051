package e2eesync;

import com.sun.net.httpserver.HttpExchange;
import e2eesync.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The vectors of the step log-in: a login is played call by call, and the last answer of an invalid one is refused. */
final class LoginTest {
  private LoginTest() {}

  static void run(Path root) throws Exception {
    int count = 0;
    try (Stream<Path> files = Files.list(root.resolve("vectors"))) {
      for (Path file : files.filter(it -> it.toString().endsWith(".json")).sorted().toList())
        count += file(Expect.file(file));
    }
    System.out.println(count + " logins, all as they must be");
  }

  private static int file(Json.Obj family) throws IOException {
    if (!(family.get("groups") instanceof Json.Arr groups)) return 0;
    int count = 0;
    for (Json item : groups.items()) {
      Json.Obj group = (Json.Obj) item;
      Profile profile = Profile.named(Expect.text(group, "profile"));
      for (Json vector : ((Json.Arr) group.get("vectors")).items()) {
        if (!Expect.text((Json.Obj) vector, "step").equals("log-in")) continue;
        play(profile, (Json.Obj) vector);
        count++;
      }
    }
    return count;
  }

  private static void play(Profile profile, Json.Obj vector) throws IOException {
    String id = Expect.text(vector, "id");
    List<Json> calls = new ArrayList<>(((Json.Arr) vector.get("exchange")).items());
    Json.Obj inputs = (Json.Obj) vector.get("inputs");
    try (Played server = new Played(exchange -> answer(id, exchange, calls))) {
      byte[] a = Bytes.fromHex("a", Expect.text(inputs, "a"));
      String email = Expect.text(inputs, "email");
      String passphrase = Expect.text(inputs, "passphrase");
      if (vector.get("stage") instanceof Json.Str stage) {
        Stage expected = Stage.valueOf(stage.text().toUpperCase(java.util.Locale.ROOT));
        Expect.refused(id, expected, () -> Login.run(server.http(), profile, email, passphrase, a));
      } else {
        Secrets secrets = Login.run(server.http(), profile, email, passphrase, a).secrets();
        compare(id, secrets, (Json.Obj) vector.get("outputs"));
      }
      Expect.equal(id + ": calls that were not made", calls, List.of());
    }
  }

  /** Answers a call that is the next one of the vector, member for member, and 418 to any other. */
  private static void answer(String id, HttpExchange exchange, List<Json> calls) throws IOException {
    boolean first = !calls.isEmpty();
    Json.Obj call = first ? (Json.Obj) calls.remove(0) : Json.object().put("method", "none").build();
    boolean right =
        exchange.getRequestMethod().equals(Expect.text(call, "method"))
            && exchange.getRequestURI().getPath().equals(Expect.text(call, "path"))
            && Json.of(String.valueOf(exchange.getRequestHeaders().getFirst("X-Session-Id")))
                .equals(call.get("session") == null ? Json.of("null") : call.get("session"));
    int status = right ? ((Json.Num) call.get("status")).integer().intValue() : 418;
    byte[] body = right ? Bytes.utf8(call.get("response").toString()) : new byte[0];
    Played.answer(exchange, status, "application/json", body);
  }

  private static void compare(String id, Secrets secrets, Json.Obj outputs) {
    Expect.equal(id + ": session.id", secrets.sessionId(), Expect.text(outputs, "session.id"));
    Expect.equal(id + ": SYM_Account", Bytes.hex(secrets.symAccount()), Expect.text(outputs, "SYM_Account"));
    byte[] jwk = Bytes.fromHex("PRV_Account", Expect.text(outputs, "PRV_Account"));
    PrivateKey key = PrivateKey.of(Form.parse("PRV_Account", Bytes.fromUtf8("PRV_Account", jwk)));
    if (!secrets.key().equals(key)) throw new AssertionError(id + ": PRV_Account is another key");
  }
}
