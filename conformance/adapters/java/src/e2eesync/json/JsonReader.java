package e2eesync.json;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON text (RFC 8259): white space between tokens and members in any order are fine (6.1). A member name that
 * occurs twice is refused, which 6.1 leaves open.
 */
public final class JsonReader {
  /** Deeper than anybody writes, and not so deep that the memory fills with brackets. */
  private static final int DEEPEST = 1_000_000;

  private final String text;
  private int at = 0;

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

  /** An object or array that has begun and not yet ended. */
  private static final class Container {
    final boolean isObject;
    final Map<String, Json> members;
    final List<Json> items;
    String name;

    Container(boolean isObject) {
      this.isObject = isObject;
      this.members = isObject ? new LinkedHashMap<>() : null;
      this.items = isObject ? null : new ArrayList<>();
    }

    void add(Json value) {
      if (isObject) members.put(name, value);
      else items.add(value);
    }

    char end() {
      return isObject ? '}' : ']';
    }

    Json ended() {
      return isObject ? new Json.Obj(members) : new Json.Arr(items);
    }
  }

  /** A value, and what is nested in it. Without recursion: a server may nest as deep as it likes. */
  private Json value() throws NotJson {
    Deque<Container> open = new ArrayDeque<>();
    while (true) {
      space();
      Json value = take('{') ? begin(open, true) : take('[') ? begin(open, false) : scalar();
      if (value == null) continue;
      value = within(open, value);
      if (value != null) return value;
    }
  }

  /** @return the container, where it has ended already; null where its first value comes next */
  private Json begin(Deque<Container> open, boolean isObject) throws NotJson {
    Container container = new Container(isObject);
    space();
    if (take(container.end())) return container.ended();
    if (isObject) name(container);
    if (open.size() == DEEPEST) throw expected("at most " + DEEPEST + " levels");
    open.push(container);
    return null;
  }

  /** Puts a value into its container. @return the outermost value, where that has ended; null where more comes */
  private Json within(Deque<Container> open, Json value) throws NotJson {
    while (!open.isEmpty()) {
      Container container = open.peek();
      container.add(value);
      space();
      if (take(',')) {
        if (container.isObject) name(container);
        return null;
      }
      if (!take(container.end())) throw expected("a comma or " + container.end());
      value = open.pop().ended();
    }
    return value;
  }

  private void name(Container object) throws NotJson {
    space();
    if (at == text.length() || text.charAt(at) != '"') throw expected("a member name");
    object.name = string();
    if (object.members.containsKey(object.name)) throw expected("each member name once");
    space();
    if (!take(':')) throw expected("a colon");
  }

  private Json scalar() throws NotJson {
    if (at == text.length()) throw expected("a value");
    char c = text.charAt(at);
    if (c == '"') return new Json.Str(string());
    if (c == '-' || isDigit(c)) return number();
    if (word("true")) return new Json.Bool(true);
    if (word("false")) return new Json.Bool(false);
    if (word("null")) return Json.NULL;
    throw expected("a value");
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
