package e2eesync.adapter;

import e2eesync.Change;
import e2eesync.Client;
import e2eesync.Conflict;
import e2eesync.Edit;
import e2eesync.NewAccount;
import e2eesync.Place;
import e2eesync.Profile;
import e2eesync.Session;
import e2eesync.Sync;
import e2eesync.Team;
import e2eesync.json.Json;
import java.time.Duration;
import java.util.List;

/** The verbs of the adapter; all the protocol is in the client. */
final class Verbs {
  private static final Json DONE = Json.object().build();

  private final Sessions sessions = new Sessions();

  /** @return the result; null for a verb or step that this client does not have */
  Json call(String verb, Json.Obj given) {
    Params params = new Params(given);
    return switch (verb) {
      case "describe" -> describe();
      case "derive" -> derive(params);
      case "accept" -> accept(params);
      case "signup" -> signup(params);
      case "login" -> login(params);
      default -> inSession(verb, params);
    };
  }

  private Json inSession(String verb, Params params) {
    return switch (verb) {
      case "whoami" -> whoami(sessions.of(params));
      case "logout" -> done(sessions.of(params)::logout);
      case "changePassword" -> changePassword(params);
      case "sendCode" -> done(sessions.of(params)::sendCode);
      case "reset" -> done(sessions.of(params)::reset);
      case "deleteAccount" -> done(sessions.of(params)::deleteAccount);
      case "createGroup" -> createGroup(params);
      case "share" -> share(params);
      case "unshare" -> unshare(params);
      case "createTeam" -> createTeam(params);
      case "teams" -> teams(sessions.of(params));
      case "push" -> push(params);
      case "pull" -> pull(params);
      default -> null;
    };
  }

  private static Json describe() {
    return Json.object()
        .put("name", "e2ee-sync in Java")
        .put("version", "1.0.0")
        .put("profiles", Json.array("documented", "deployed"))
        .put(
            "capabilities",
            Json.array(
                "account",
                "change-password",
                "change-email",
                "change-with-code",
                "reset",
                "delete-account",
                "groups",
                "share-email",
                "share-team",
                "unshare",
                "teams",
                "sync",
                "fix-dupes",
                "derive",
                "accept",
                "ill-formed-text",
                "patience"))
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

  private static Json signup(Params params) {
    NewAccount account =
        new NewAccount(
            params.text("email"),
            params.text("passphrase"),
            params.text("firstName"),
            params.text("lastName"));
    String id = new Client(params.text("server"), params.profile()).signup(account);
    return Json.object().put("accountId", id).build();
  }

  private Json login(Params params) {
    Duration patience = params.optionalMillis("patience");
    Client client =
        patience == null
            ? new Client(params.text("server"), params.profile())
            : new Client(params.text("server"), params.profile(), patience);
    Session session = client.login(params.text("email"), params.text("passphrase"));
    return Json.object()
        .put("session", sessions.add(session))
        .put("accountId", session.accountId())
        .build();
  }

  private static Json whoami(Session session) {
    Session.Person person = session.whoami();
    return Json.object()
        .put("accountId", person.accountId())
        .put("email", person.email())
        .put("firstName", person.firstName())
        .put("lastName", person.lastName())
        .build();
  }

  private Json changePassword(Params params) {
    Change change =
        new Change(
            params.optionalText("oldPassphrase"),
            params.optionalText("code"),
            params.text("newPassphrase"),
            params.optionalText("newEmail"),
            params.optionalText("newFirstName"),
            params.optionalText("newLastName"));
    if ((change.oldPassphrase() == null) == (change.code() == null))
      throw new BadParams("either oldPassphrase or code must be there");
    return done(() -> sessions.of(params).changePassword(change));
  }

  private Json createGroup(Params params) {
    String id = sessions.of(params).createGroup(params.text("parentResourceId"), params.text("name"));
    return Json.object().put("groupId", id).build();
  }

  private Json share(Params params) {
    Session session = sessions.of(params);
    String groupId = params.text("groupId");
    List<String> emails = params.optionalTexts("emails");
    List<String> accountIds =
        emails == null
            ? session.shareWithTeam(groupId, params.text("teamId"))
            : session.shareWithPersons(groupId, emails);
    return Json.object().put("accountIds", Json.texts(accountIds)).build();
  }

  private Json unshare(Params params) {
    List<String> emails = params.optionalTexts("emails");
    return done(() -> sessions.of(params).unshare(params.text("groupId"), emails));
  }

  private Json createTeam(Params params) {
    List<String> emails = params.optionalTexts("emails");
    String id =
        sessions.of(params).createTeam(params.text("name"), emails == null ? List.of() : emails);
    return Json.object().put("teamId", id).build();
  }

  private static Json teams(Session session) {
    return Json.object()
        .put("teams", Json.array(session.teams().stream().map(Verbs::team).toList()))
        .build();
  }

  private static Json.Obj team(Team team) {
    return Json.object()
        .put("teamId", team.id())
        .put("name", team.name())
        .put("accountIds", Json.texts(team.accountIds()))
        .build();
  }

  private Json push(Params params) {
    List<Edit> edits = params.objects("edits").stream().map(Verbs::edit).toList();
    Sync.Pushed pushed = sessions.of(params).push(edits);
    return Json.object()
        .put("pushed", places(pushed.pushed()))
        .put("conflicts", conflicts(pushed.conflicts()))
        .build();
  }

  private static Edit edit(Params edit) {
    return new Edit(
        new Place(edit.text("groupId"), edit.text("id")),
        edit.text("name"),
        edit.text("type"),
        edit.json("document"),
        edit.bool("removed"));
  }

  private Json pull(Params params) {
    List<String> blacklist = params.optionalTexts("blacklist");
    Sync.Pulled pulled = sessions.of(params).pull(blacklist == null ? List.of() : blacklist);
    return Json.object()
        .put("resources", Json.array(pulled.resources().stream().map(Verbs::held).toList()))
        .put("failed", places(pulled.failed()))
        .put("conflicts", conflicts(pulled.conflicts()))
        .build();
  }

  private static Json.Obj held(Sync.Held held) {
    return address(held.place())
        .put("name", held.name())
        .put("type", held.type())
        .put("document", held.document())
        .build();
  }

  private static Json places(List<Place> places) {
    return Json.array(places.stream().map(place -> address(place).build()).toList());
  }

  private static Json conflicts(List<Conflict> conflicts) {
    return Json.array(
        conflicts.stream()
            .map(it -> address(it.place()).put("winner", it.winner().label()).build())
            .toList());
  }

  private static Json.Builder address(Place place) {
    return Json.object().put("groupId", place.groupId()).put("id", place.id());
  }

  private static Json done(Runnable deed) {
    deed.run();
    return DONE;
  }
}
