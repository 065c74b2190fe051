package e2eesync.json;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON value (RFC 8259). Members keep the order in which they were put in, and a number keeps its digits, so that a
 * document comes back as it went in. {@link #toString} is the compact text of 6.1.
 */
public sealed interface Json {
  Json NULL = new Null();

  record Obj(Map<String, Json> members) implements Json {
    public Obj {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    /** The member, or null where there is none. */
    public Json get(String name) {
      return members.get(name);
    }

    @Override
    public String toString() {
      return JsonWriter.compact(this);
    }
  }

  record Arr(List<Json> items) implements Json {
    public Arr {
      items = List.copyOf(items);
    }

    @Override
    public String toString() {
      return JsonWriter.compact(this);
    }
  }

  record Str(String text) implements Json {
    @Override
    public String toString() {
      return JsonWriter.compact(this);
    }
  }

  /** A number by its digits as they were written, which are a number of RFC 8259. */
  record Num(String digits) implements Json {
    private static final int LONGEST = 400;

    /** Its value where that is integral and a moment of 2.6 can be it; null otherwise. */
    public Long integer() {
      if (digits.length() > LONGEST) return null;
      BigDecimal value = new BigDecimal(digits);
      if (value.signum() == 0) return 0L;
      // The magnitude first: of 1e999999999 nobody wants to see all digits.
      if (value.precision() - (long) value.scale() > 18) return null;
      if (value.stripTrailingZeros().scale() > 0) return null;
      return value.longValueExact();
    }

    @Override
    public String toString() {
      return JsonWriter.compact(this);
    }
  }

  record Bool(boolean value) implements Json {
    @Override
    public String toString() {
      return JsonWriter.compact(this);
    }
  }

  record Null() implements Json {
    @Override
    public String toString() {
      return JsonWriter.compact(this);
    }
  }

  static Json of(String text) {
    return new Str(text);
  }

  static Json of(boolean value) {
    return new Bool(value);
  }

  static Json of(long value) {
    return new Num(Long.toString(value));
  }

  static Arr array(List<? extends Json> items) {
    return new Arr(List.copyOf(items));
  }

  static Arr array(String... texts) {
    return new Arr(Arrays.stream(texts).map(Json::of).toList());
  }

  static Arr texts(List<String> texts) {
    return array(texts.toArray(String[]::new));
  }

  /** Makes an object, member by member: {@code Json.object().put("id", id).build()}. */
  static Builder object() {
    return new Builder();
  }

  final class Builder {
    private final Map<String, Json> members = new LinkedHashMap<>();

    private Builder() {}

    public Builder put(String name, Json value) {
      members.put(name, value);
      return this;
    }

    public Builder put(String name, String text) {
      return put(name, of(text));
    }

    /** Leaves the member out where there is no text. */
    public Builder putIfPresent(String name, String text) {
      return text == null ? this : put(name, text);
    }

    public Builder put(String name, boolean value) {
      return put(name, of(value));
    }

    public Builder put(String name, long value) {
      return put(name, of(value));
    }

    public Obj build() {
      return new Obj(members);
    }
  }
}
