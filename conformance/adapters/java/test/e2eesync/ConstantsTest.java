package e2eesync;

import e2eesync.json.Json;
import java.nio.file.Path;
import java.util.Arrays;

/** The constants and stages of the client are those of the specification's data. */
final class ConstantsTest {
  private ConstantsTest() {}

  static void run(Path root) throws Exception {
    Json.Obj constants = (Json.Obj) Expect.file(root.resolve("spec/protocol.json")).get("constants");
    Expect.equal("N", Bytes.hex(Srp.N_BYTES), value(constants, "N"));
    Expect.equal("g", Bytes.hex(Srp.G_BYTES), value(constants, "g"));
    Expect.equal("GROUP_BYTES", Json.of(Srp.GROUP_BYTES), count(constants, "GROUP_BYTES"));
    Expect.equal("EPHEMERAL_BYTES", Json.of(Srp.EPHEMERAL_BYTES), count(constants, "EPHEMERAL_BYTES"));
    Expect.equal("SALT_BYTES", Json.of(Salts.SALT_BYTES), count(constants, "SALT_BYTES"));
    Expect.equal(
        "PBKDF2_ITERATIONS", Json.of(PasswordKeys.ITERATIONS), count(constants, "PBKDF2_ITERATIONS"));
    Json.Obj stages = (Json.Obj) Expect.file(root.resolve("spec/errors.json")).get("stages");
    Expect.equal(
        "the stages",
        Arrays.stream(Stage.values()).map(Stage::label).toList(),
        stages.members().keySet().stream().toList());
  }

  private static String value(Json.Obj constants, String name) {
    return Expect.text((Json.Obj) constants.get(name), "value");
  }

  private static Json count(Json.Obj constants, String name) {
    return ((Json.Obj) constants.get(name)).get("value");
  }
}
