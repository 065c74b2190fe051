package e2eesync.json;

import java.util.Iterator;
import java.util.Map;

/** Compact JSON, as ECMAScript {@code JSON.stringify} writes it (6.1). */
final class JsonWriter {
  private final StringBuilder out = new StringBuilder();

  private JsonWriter() {}

  static String compact(Json value) {
    JsonWriter writer = new JsonWriter();
    writer.value(value);
    return writer.out.toString();
  }

  private void value(Json value) {
    if (value instanceof Json.Obj object) object(object);
    else if (value instanceof Json.Arr array) array(array);
    else if (value instanceof Json.Str string) string(string.text());
    else if (value instanceof Json.Num number) out.append(number.digits());
    else if (value instanceof Json.Bool bool) out.append(bool.value());
    else out.append("null");
  }

  private void object(Json.Obj object) {
    out.append('{');
    Iterator<Map.Entry<String, Json>> members = object.members().entrySet().iterator();
    while (members.hasNext()) {
      Map.Entry<String, Json> member = members.next();
      string(member.getKey());
      out.append(':');
      value(member.getValue());
      if (members.hasNext()) out.append(',');
    }
    out.append('}');
  }

  private void array(Json.Arr array) {
    out.append('[');
    Iterator<Json> items = array.items().iterator();
    while (items.hasNext()) {
      value(items.next());
      if (items.hasNext()) out.append(',');
    }
    out.append(']');
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
