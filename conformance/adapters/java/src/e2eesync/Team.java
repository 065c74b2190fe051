package e2eesync;

import e2eesync.json.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A named list of accounts (8.4). */
public record Team(String id, String name, List<String> accountIds) {
  private static final int LONGEST_NAME = 200;

  static String create(Connection connection, String name, List<String> emails) {
    Json.Builder request = Json.object().put("name", Text.wellFormed("the name of a team", name));
    List<String> normalized = Persons.normalize(emails);
    if (!normalized.isEmpty()) request.put("emails", Json.texts(normalized));
    return read(Form.of("a team", connection.post("/api/teams", request.build()))).id;
  }

  static List<Team> list(Connection connection) {
    List<Team> teams = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Form form : Form.list("the teams", connection.get("/api/teams"))) {
      Team team = read(form);
      if (!ids.add(team.id)) throw Refusal.schema("the answer lists a team twice (10.3)");
      teams.add(team);
    }
    return teams;
  }

  /** @throws Refusal state where the caller is in no such team */
  static Team find(Connection connection, String teamId) {
    return list(connection).stream()
        .filter(team -> team.id.equals(teamId))
        .findFirst()
        .orElseThrow(() -> Refusal.state("the server lists no team of this id (TEAM-04)"));
  }

  private static Team read(Form team) {
    List<String> accountIds = new ArrayList<>();
    for (Form account : team.list("accounts")) {
      account.email("email");
      account.personName("firstName");
      account.personName("lastName");
      account.bool("isAdmin");
      accountIds.add(account.accountId("id"));
    }
    if (new HashSet<>(accountIds).size() < accountIds.size())
      throw Refusal.schema("a team lists an account twice (10.3)");
    team.accountId("ownerAccountId");
    return new Team(team.opaqueId("id"), team.text("name", 1, LONGEST_NAME), accountIds);
  }
}
