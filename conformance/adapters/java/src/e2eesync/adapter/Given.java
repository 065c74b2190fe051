package e2eesync.adapter;

import e2eesync.Bytes;
import e2eesync.json.Json;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Values of the derivation graph by name (3.6): those that were given, and those that follow. A value that was given
 * takes the place of its own computation; what depends on something absent is left out.
 */
final class Given {
  private final Json.Obj given;
  private final Map<String, byte[]> derived = new LinkedHashMap<>();

  Given(Json.Obj given) {
    this.given = given;
  }

  /** Computes a value, where it was not given and everything that it needs is there. */
  void derive(String name, Supplier<byte[]> formula, String... needs) {
    if (given.get(name) == null && Arrays.stream(needs).allMatch(this::has))
      derived.put(name, formula.get());
  }

  private boolean has(String name) {
    return given.get(name) != null || derived.containsKey(name);
  }

  /** The bytes of a value; of text, those of its UTF-8. */
  byte[] bytes(String name) {
    return derived.containsKey(name) ? derived.get(name) : Bytes.fromHex(name, text(name));
  }

  BigInteger integer(String name) {
    return new BigInteger(1, bytes(name));
  }

  /** A given value that is text, or a derived one whose bytes are UTF-8. */
  String text(String name) {
    if (derived.containsKey(name)) return Bytes.fromUtf8(name, derived.get(name));
    if (given.get(name) instanceof Json.Str string) return string.text();
    throw new BadParams(name + " must be there, as text");
  }

  Json json(String name) {
    return given.get(name);
  }

  /** What was derived, as lower-case hex. */
  Json.Obj values() {
    Json.Builder values = Json.object();
    derived.forEach((name, bytes) -> values.put(name, Bytes.hex(bytes)));
    return values.build();
  }
}
