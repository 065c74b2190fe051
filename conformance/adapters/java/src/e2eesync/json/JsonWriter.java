package e2eesync.json;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;

/** Compact JSON, as ECMAScript {@code JSON.stringify} writes it (6.1). */
final class JsonWriter {
  private final StringBuilder out = new StringBuilder();
  /** The objects and arrays that have begun: without recursion, as what was read may be nested deeply. */
  private final Deque<Container> open = new ArrayDeque<>();

  private JsonWriter() {}

  static String compact(Json value) {
    JsonWriter writer = new JsonWriter();
    writer.value(value);
    while (!writer.open.isEmpty()) writer.next(writer.open.peek());
    return writer.out.toString();
  }

  /** What of an object or array is still to be written: its members or its items, the other is null. */
  private static final class Container {
    final Iterator<Map.Entry<String, Json>> members;
    final Iterator<Json> items;
    boolean isFirst = true;

    Container(Iterator<Map.Entry<String, Json>> members, Iterator<Json> items) {
      this.members = members;
      this.items = items;
    }

    boolean hasNext() {
      return members == null ? items.hasNext() : members.hasNext();
    }
  }

  private void next(Container container) {
    if (!container.hasNext()) {
      out.append(container.members == null ? ']' : '}');
      open.pop();
      return;
    }
    if (!container.isFirst) out.append(',');
    container.isFirst = false;
    if (container.members == null) {
      value(container.items.next());
      return;
    }
    Map.Entry<String, Json> member = container.members.next();
    string(member.getKey());
    out.append(':');
    value(member.getValue());
  }

  /** Writes a scalar, or begins an object or array. */
  private void value(Json value) {
    if (value instanceof Json.Obj object) {
      out.append('{');
      open.push(new Container(object.members().entrySet().iterator(), null));
    } else if (value instanceof Json.Arr array) {
      out.append('[');
      open.push(new Container(null, array.items().iterator()));
    } else if (value instanceof Json.Str string) string(string.text());
    else if (value instanceof Json.Num number) out.append(number.digits());
    else if (value instanceof Json.Bool bool) out.append(bool.value());
    else out.append("null");
  }

  private void string(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ' || isLoneSurrogate(text, i)) out.append(String.format("\\u%04x", (int) c));
          else out.append(c);
        }
      }
    }
    out.append('"');
  }

  private static boolean isLoneSurrogate(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c))
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
  }
}
