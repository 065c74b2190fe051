package e2eesync.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON text (RFC 8259): white space between tokens and members in any order are fine (6.1). A member name that
 * occurs twice is refused, which 6.1 leaves open, and so is nesting deeper than anybody writes.
 */
public final class JsonReader {
  private static final int DEEPEST = 2000;

  private final String text;
  private int at = 0;
  private int depth = 0;

  private JsonReader(String text) {
    this.text = text;
  }

  /** Why a text is no JSON. */
  public static final class NotJson extends Exception {
    private static final long serialVersionUID = 1L;

    NotJson(String message) {
      super(message);
    }
  }

  /** The one value that the text holds. */
  public static Json read(String text) throws NotJson {
    JsonReader reader = new JsonReader(text);
    Json value = reader.value();
    reader.space();
    if (reader.at < text.length()) throw reader.expected("nothing after the value");
    return value;
  }

  private Json value() throws NotJson {
    space();
    if (at == text.length()) throw expected("a value");
    char c = text.charAt(at);
    if (c == '{') return nested(this::object);
    if (c == '[') return nested(this::array);
    if (c == '"') return new Json.Str(string());
    if (c == '-' || isDigit(c)) return number();
    if (word("true")) return new Json.Bool(true);
    if (word("false")) return new Json.Bool(false);
    if (word("null")) return Json.NULL;
    throw expected("a value");
  }

  private interface Rule {
    Json read() throws NotJson;
  }

  private Json nested(Rule rule) throws NotJson {
    if (++depth > DEEPEST) throw expected("at most " + DEEPEST + " levels of nesting");
    Json value = rule.read();
    depth--;
    return value;
  }

  private Json object() throws NotJson {
    Map<String, Json> members = new LinkedHashMap<>();
    at++;
    space();
    if (take('}')) return new Json.Obj(members);
    do {
      space();
      if (at == text.length() || text.charAt(at) != '"') throw expected("a member name");
      String name = string();
      space();
      if (!take(':')) throw expected("a colon");
      Json value = value();
      if (members.containsKey(name)) throw expected("each member name once");
      members.put(name, value);
      space();
    } while (take(','));
    if (!take('}')) throw expected("a comma or the end of the object");
    return new Json.Obj(members);
  }

  private Json array() throws NotJson {
    List<Json> items = new ArrayList<>();
    at++;
    space();
    if (take(']')) return new Json.Arr(items);
    do {
      items.add(value());
      space();
    } while (take(','));
    if (!take(']')) throw expected("a comma or the end of the array");
    return new Json.Arr(items);
  }

  private String string() throws NotJson {
    StringBuilder read = new StringBuilder();
    at++;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') return read.toString();
      if (c < ' ') throw expected("control characters to be escaped");
      read.append(c == '\\' ? escape() : c);
    }
    throw expected("the end of the string");
  }

  private char escape() throws NotJson {
    if (at == text.length()) throw expected("an escape");
    char c = text.charAt(at++);
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw expected("an escape that JSON has");
    };
  }

  private char unicode() throws NotJson {
    int unit = 0;
    for (int i = 0; i < 4; i++) {
      char c = at < text.length() ? text.charAt(at++) : ' ';
      int digit = c < 128 ? Character.digit(c, 16) : -1;
      if (digit < 0) throw expected("four hex digits");
      unit = unit << 4 | digit;
    }
    return (char) unit;
  }

  /** {@code [minus] int [frac] [exp]}, RFC 8259 section 6. */
  private Json number() throws NotJson {
    int start = at;
    take('-');
    if (!take('0')) digits();
    if (take('.')) digits();
    if (take('e') || take('E')) {
      if (!take('+')) take('-');
      digits();
    }
    return new Json.Num(text.substring(start, at));
  }

  private void digits() throws NotJson {
    int start = at;
    while (at < text.length() && isDigit(text.charAt(at))) at++;
    if (at == start) throw expected("a digit");
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private boolean word(String word) {
    if (!text.startsWith(word, at)) return false;
    at += word.length();
    return true;
  }

  private boolean take(char c) {
    if (at == text.length() || text.charAt(at) != c) return false;
    at++;
    return true;
  }

  private void space() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) at++;
  }

  private NotJson expected(String what) {
    return new NotJson("not JSON: expected " + what + " at character " + at);
  }
}
