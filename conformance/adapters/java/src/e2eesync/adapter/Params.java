package e2eesync.adapter;

import e2eesync.Profile;
import e2eesync.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The parameters of a verb, member by member. */
final class Params {
  private final Json.Obj params;

  Params(Json.Obj params) {
    this.params = params;
  }

  String text(String name) {
    String text = optionalText(name);
    if (text == null) throw new BadParams(name + " must be there, as text");
    return text;
  }

  /** Null where it is absent. */
  String optionalText(String name) {
    Json value = params.get(name);
    if (value == null) return null;
    if (value instanceof Json.Str string) return string.text();
    throw new BadParams(name + " must be text");
  }

  /** Null where it is absent. */
  List<String> optionalTexts(String name) {
    if (params.get(name) == null) return null;
    List<String> texts = new ArrayList<>();
    for (Json item : array(name)) {
      if (!(item instanceof Json.Str string)) throw new BadParams(name + " must hold text");
      texts.add(string.text());
    }
    return texts;
  }

  /** Null where it is absent. */
  Duration optionalMillis(String name) {
    if (params.get(name) == null) return null;
    Long millis = params.get(name) instanceof Json.Num number ? number.integer() : null;
    if (millis == null || millis < 1) throw new BadParams(name + " must be milliseconds, at least 1");
    return Duration.ofMillis(millis);
  }

  List<Params> objects(String name) {
    List<Params> objects = new ArrayList<>();
    for (Json item : array(name)) {
      if (!(item instanceof Json.Obj object)) throw new BadParams(name + " must hold objects");
      objects.add(new Params(object));
    }
    return objects;
  }

  private List<Json> array(String name) {
    if (params.get(name) instanceof Json.Arr array) return array.items();
    throw new BadParams(name + " must be there, as a list");
  }

  boolean bool(String name) {
    if (params.get(name) instanceof Json.Bool bool) return bool.value();
    throw new BadParams(name + " must be true or false");
  }

  /** Any JSON value. */
  Json json(String name) {
    Json value = params.get(name);
    if (value == null) throw new BadParams(name + " must be there");
    return value;
  }

  Json.Obj object(String name) {
    if (params.get(name) instanceof Json.Obj object) return object;
    throw new BadParams(name + " must be there, as an object");
  }

  Profile profile() {
    Profile profile = Profile.named(text("profile"));
    if (profile == null) throw new BadParams("profile must be documented or deployed");
    return profile;
  }
}
