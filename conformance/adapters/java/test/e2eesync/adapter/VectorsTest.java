package e2eesync.adapter;

import e2eesync.Expect;
import e2eesync.Profile;
import e2eesync.Refusal;
import e2eesync.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The known answers of {@code vectors/}, as far as they are a client's: by the verbs derive and accept. */
public final class VectorsTest {
  private static final Set<String> NOT_HERE =
      Set.of("accept-A", "accept-M1", "accept-verifier", "log-in");

  /** What was derived by profile and inputs: hundreds of wrong answers are to the same few questions. */
  private static final Map<String, Json.Obj> DERIVED = new ConcurrentHashMap<>();

  private VectorsTest() {}

  private record Vector(Profile profile, Json.Obj json) {
    String text(String name) {
      return Expect.text(json, name);
    }

    Json.Obj object(String name) {
      return (Json.Obj) json.get(name);
    }

    /** Whether a password key is among the values to be derived. */
    boolean stretches() {
      return text("step").equals("derive")
          && Stream.of("intermediates", "outputs")
              .flatMap(part -> object(part).members().keySet().stream())
              .anyMatch(name -> name.startsWith("SEC_PWD_"));
    }
  }

  public static void run(Path root, boolean stretched) throws Exception {
    List<Vector> vectors = new ArrayList<>();
    try (Stream<Path> files = Files.list(root.resolve("vectors"))) {
      for (Path file : files.filter(it -> it.toString().endsWith(".json")).sorted().toList())
        read(Expect.file(file), vectors);
    }
    if (!stretched) vectors.removeIf(Vector::stretches);
    vectors.parallelStream().forEach(VectorsTest::verify);
    System.out.println(vectors.size() + " vectors, all as they must be");
  }

  private static void read(Json.Obj family, List<Vector> into) {
    if (!(family.get("groups") instanceof Json.Arr groups)) return;
    for (Json item : groups.items()) {
      Json.Obj group = (Json.Obj) item;
      Profile profile = Profile.named(Expect.text(group, "profile"));
      for (Json json : ((Json.Arr) group.get("vectors")).items()) {
        Vector vector = new Vector(profile, (Json.Obj) json);
        if (!NOT_HERE.contains(vector.text("step"))) into.add(vector);
      }
    }
  }

  private static void verify(Vector vector) {
    String id = vector.text("id");
    if (vector.json.get("stage") != null) refused(id, vector);
    else if (vector.json.get("mistake") != null) differs(id, vector);
    else agrees(id, vector);
  }

  private static Json.Obj values(Vector vector) {
    String step = vector.text("step");
    Json.Obj inputs = vector.object("inputs");
    if (!step.equals("derive")) return Accept.values(vector.profile, step, inputs);
    return DERIVED.computeIfAbsent(
        vector.profile + inputs.toString(), question -> Derive.values(vector.profile, inputs));
  }

  private static void agrees(String id, Vector vector) {
    Json.Obj values = values(vector);
    for (String part : List.of("intermediates", "outputs"))
      for (Map.Entry<String, Json> value : vector.object(part).members().entrySet())
        if (part.equals("outputs") || values.get(value.getKey()) != null)
          Expect.equal(id + ": " + value.getKey(), values.get(value.getKey()), value.getValue());
  }

  /** The wrong answer of a known mistake (spec/mistakes.json). */
  private static void differs(String id, Vector vector) {
    Json.Obj values = values(vector);
    for (Map.Entry<String, Json> wrong : vector.object("outputs").members().entrySet())
      if (wrong.getValue().equals(values.get(wrong.getKey())))
        throw new AssertionError(id + ": " + wrong.getKey() + " is the value of a known mistake");
  }

  private static void refused(String id, Vector vector) {
    try {
      values(vector);
    } catch (Refusal refusal) {
      Expect.equal(id + ": the stage", refusal.stage().label(), vector.text("stage"));
      return;
    }
    throw new AssertionError(id + " must be refused (" + vector.text("requirement") + "), and was taken");
  }
}
