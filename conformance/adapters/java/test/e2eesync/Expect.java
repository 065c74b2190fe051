package e2eesync;

import e2eesync.json.Json;
import e2eesync.json.JsonReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** What a test expects; the message says of what. */
public final class Expect {
  private Expect() {}

  public static void equal(String what, Object actual, Object expected) {
    if (!Objects.equals(actual, expected))
      throw new AssertionError(what + ": expected " + expected + ", came " + actual);
  }

  /** Something that must be refused at a stage. */
  public static void refused(String what, Stage stage, Runnable deed) {
    try {
      deed.run();
    } catch (Refusal refusal) {
      equal(what + " (" + refusal.getMessage() + ")", refusal.stage(), stage);
      return;
    }
    throw new AssertionError(what + ": expected a refusal at stage " + stage.label() + ", was taken");
  }

  /** The JSON of a file of the repository. */
  public static Json.Obj file(Path file) throws Exception {
    return (Json.Obj) JsonReader.read(Files.readString(file));
  }

  public static String text(Json.Obj object, String name) {
    return ((Json.Str) object.get(name)).text();
  }
}
