package e2eesync.adapter;

import e2eesync.Profile;
import e2eesync.json.Json;

/** The verbs of the adapter; all the protocol is in the client. */
final class Verbs {
  /** @return the result; null for a verb or step that this client does not have */
  Json call(String verb, Json.Obj given) {
    Params params = new Params(given);
    return switch (verb) {
      case "describe" -> describe();
      case "derive" -> derive(params);
      case "accept" -> accept(params);
      default -> null;
    };
  }

  private static Json describe() {
    return Json.object()
        .put("name", "e2ee-sync in Java")
        .put("version", "1.0.0")
        .put("profiles", Json.array("documented", "deployed"))
        .put("capabilities", Json.array("account", "derive", "accept", "ill-formed-text"))
        .build();
  }

  private static Json derive(Params params) {
    Profile profile = params.profile();
    return Json.object()
        .put("profile", profile.label())
        .put("values", Derive.values(profile, params.object("given")))
        .build();
  }

  private static Json accept(Params params) {
    Json.Obj values = Accept.values(params.profile(), params.text("step"), params.object("given"));
    return values == null ? null : Json.object().put("values", values).build();
  }
}
