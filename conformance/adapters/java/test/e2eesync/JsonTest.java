package e2eesync;

import e2eesync.json.Json;
import java.util.List;

/** What is JSON, and how it is written (6.1). */
final class JsonTest {
  private static final List<String> COMPACT =
      List.of(
          "{\"b\":1,\"a\":[true,false,null,-0.5e+3],\"\":{}}",
          "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\u007f\u2028\"",
          "\"\\ud800 \ud83d\udd11 \\udd11\"",
          "12345678901234567890123");
  private static final List<String> NOT_JSON =
      List.of(
          "", " ", "{", "[1,]", "{\"a\":1,}", "01", "1.", ".5", "+1", "-", "1e", "NaN", "'a'", "\"a",
          "\"\t\"", "\"\\x\"", "\"\\u12g4\"", "tru", "1 2", "[1 2]", "{a:1}", "{\"a\" 1}", "\ufeff1",
          "{\"a\":1,\"a\":1}", "\u00a01", "[".repeat(1_000_001));
  private static final String DEEP = "[{\"a\":".repeat(100_000) + "0" + "}]".repeat(100_000);

  private JsonTest() {}

  static void run() {
    for (String text : COMPACT) Expect.equal("compact", Form.parse("it", text).toString(), text);
    for (String text : NOT_JSON)
      Expect.refused("not JSON: " + head(text), Stage.ENCODING, () -> Form.parse("it", text));
    Expect.equal("white space", Form.parse("it", " [ 1 ,\t2 ]\r\n").toString(), "[1,2]");
    Expect.equal("nested deeply", Form.parse("it", DEEP).toString().equals(DEEP), true);
    moments();
  }

  private static void moments() {
    Expect.equal("1735689600e3", new Json.Num("1735689600e3").integer(), 1735689600000L);
    Expect.equal("1.0", new Json.Num("1.0").integer(), 1L);
    Expect.equal("-0.0", new Json.Num("-0.0").integer(), 0L);
    Expect.equal("0.5", new Json.Num("0.5").integer(), null);
    Expect.equal("1e999999999", new Json.Num("1e999999999").integer(), null);
    Expect.equal("1e-999999999", new Json.Num("1e-999999999").integer(), null);
  }

  private static String head(String text) {
    return text.substring(0, Math.min(20, text.length()));
  }
}
