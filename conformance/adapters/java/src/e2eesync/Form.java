package e2eesync;

import e2eesync.json.Json;
import e2eesync.json.JsonReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * An object of an answer, member by member, each in its form (2.6). Members that nobody asks for are ignored (HTTP-10);
 * everything else that is wrong is a {@link Refusal} at stage schema (HTTP-09).
 */
final class Form {
  private static final long LATEST = (1L << 53) - 1;
  private static final int LONGEST_EMAIL = 254;
  private static final Pattern OPAQUE_ID = Pattern.compile("[A-Za-z0-9_-]{1,200}");
  private static final Pattern ACCOUNT_ID = Pattern.compile("act_[0-9a-f]{64}");
  private static final Pattern HEX = Pattern.compile("(?:[0-9a-f]{2})*");

  private final String what;
  private final Json.Obj object;

  private Form(String what, Json.Obj object) {
    this.what = what;
    this.object = object;
  }

  /** The value of JSON text. @throws Refusal encoding */
  static Json parse(String what, String text) {
    try {
      return JsonReader.read(text);
    } catch (JsonReader.NotJson notJson) {
      throw Refusal.encoding(what + " is " + notJson.getMessage());
    }
  }

  static Form of(String what, Json json) {
    if (json instanceof Json.Obj object) return new Form(what, object);
    throw Refusal.schema(what + " must be a JSON object (HTTP-09)");
  }

  /** Every item of an array, as a form. */
  static List<Form> list(String what, Json json) {
    if (!(json instanceof Json.Arr array)) throw Refusal.schema(what + " must be a JSON array (HTTP-09)");
    return array.items().stream().map(item -> of("an item of " + what, item)).toList();
  }

  boolean has(String name) {
    return object.get(name) != null;
  }

  String text(String name) {
    if (object.get(name) instanceof Json.Str string && Text.isWellFormed(string.text()))
      return string.text();
    throw wrong(name, "well-formed text");
  }

  /** Text of so many characters, that is, code points. */
  String text(String name, int least, int most) {
    String text = text(name);
    int length = text.codePointCount(0, text.length());
    if (length < least || length > most) throw wrong(name, least + " to " + most + " characters");
    return text;
  }

  String personName(String name) {
    return text(name, 0, 200);
  }

  String resourceId(String name) {
    return text(name, 1, 200);
  }

  String version(String name) {
    return text(name, 1, 200);
  }

  String opaqueId(String name) {
    return matching(name, OPAQUE_ID, "1 to 200 letters, digits, underscores or hyphens");
  }

  String accountId(String name) {
    return matching(name, ACCOUNT_ID, "act_ and 64 lower-case hex digits");
  }

  static boolean isAccountId(String text) {
    return ACCOUNT_ID.matcher(text).matches();
  }

  static boolean isOpaqueId(String text) {
    return OPAQUE_ID.matcher(text).matches();
  }

  /** So many bytes as lower-case hex. */
  byte[] hex(String name, int length) {
    return Bytes.fromHex(name, hexText(name, length));
  }

  String hexText(String name, int length) {
    String hex = matching(name, HEX, "lower-case hex, two digits for each byte (ENC-02)");
    if (hex.length() != 2 * length) throw wrong(name, 2 * length + " hex digits (ENC-02)");
    return hex;
  }

  private String matching(String name, Pattern pattern, String form) {
    String text = text(name);
    if (!pattern.matcher(text).matches()) throw wrong(name, form);
    return text;
  }

  String email(String name) {
    String email = text(name);
    if (!isEmail(email)) throw wrong(name, "a normalised email address");
    return email;
  }

  private static boolean isEmail(String email) {
    int at = email.indexOf('@');
    return email.codePointCount(0, email.length()) <= LONGEST_EMAIL
        && at > 0
        && at == email.lastIndexOf('@')
        && at < email.length() - 1
        && email.chars().noneMatch(Text::isWhiteSpace)
        && Text.normalizeEmail(email).equals(email);
  }

  boolean bool(String name) {
    if (object.get(name) instanceof Json.Bool bool) return bool.value();
    throw wrong(name, "true or false");
  }

  /** Milliseconds since 1970, at most 2^53 - 1. */
  long moment(String name) {
    Long moment = object.get(name) instanceof Json.Num number ? number.integer() : null;
    if (moment == null || moment < 0 || moment > LATEST)
      throw wrong(name, "a whole number from 0 to 2^53 - 1");
    return moment;
  }

  void optionalInteger(String name) {
    boolean integer = object.get(name) instanceof Json.Num number && number.integer() != null;
    if (has(name) && !integer) throw wrong(name, "a whole number");
  }

  AesMessage aesMessage(String name) {
    return AesMessage.read(name, text(name));
  }

  Form object(String name) {
    return of(what + ": " + name, object.get(name));
  }

  /** The members of an object that is a map. */
  List<String> names() {
    return List.copyOf(object.members().keySet());
  }

  List<Form> list(String name) {
    return list(what + ": " + name, object.get(name));
  }

  /** A list of texts, each there once. */
  List<String> distinct(String name, Function<Form, String> form) {
    if (!(object.get(name) instanceof Json.Arr array)) throw wrong(name, "a list");
    List<String> texts = new ArrayList<>();
    for (Json item : array.items())
      texts.add(form.apply(new Form(what, Json.object().put(name, item).build())));
    if (new HashSet<>(texts).size() < texts.size()) throw wrong(name, "a list without repetitions");
    return texts;
  }

  private Refusal wrong(String name, String form) {
    return Refusal.schema(what + ": " + name + " must be " + form + " (HTTP-09)");
  }
}
