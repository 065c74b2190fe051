package e2ee

// Teams (8.4).

import (
	"slices"

	"e2ee-sync/conformance/adapters/go/jsontext"
)

// Team is a named list of accounts.
type Team struct {
	ID, Name   string
	AccountIDs []string
}

// Teams lists the teams that the caller is in.
func (s *Session) Teams() ([]Team, error) {
	answer, err := s.call("GET", "/api/teams", nil)
	if err != nil {
		return nil, err
	}
	list, isList := answer.([]any)
	if !isList {
		return nil, refuse(Schema, "the answer to /api/teams must be a list (HTTP-09)")
	}
	return readAll(list, readTeam)
}

// CreateTeam makes a team of the caller and the persons with these addresses, and gives its id.
func (s *Session) CreateTeam(name string, emails []string) (string, error) {
	if err := wellFormed("the name of the team", name); err != nil {
		return "", err
	}
	normalized, err := normalizeEmails(emails)
	if err != nil {
		return "", err
	}
	request := jsontext.NewObject(member("name", name))
	if len(normalized) > 0 {
		request.Set("emails", normalized)
	}
	answer, err := s.call("POST", "/api/teams", request)
	if err != nil {
		return "", err
	}
	team, err := readTeam(answer)
	return team.ID, err
}

// accountsOf are the accounts that are in a team; it refuses a team that the caller is not in at state.
func (s *Session) accountsOf(id string) ([]string, error) {
	teams, err := s.Teams()
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(teams, func(team Team) bool { return team.ID == id })
	if at < 0 {
		return nil, refuse(State, "there is no team %s that the caller is in (TEAM-04)", id)
	}
	return teams[at].AccountIDs, nil
}

func readTeam(value any) (team Team, err error) {
	object, err := objectOf("a team", value)
	if err != nil {
		return team, err
	}
	if team.ID, err = formMember("team", object, "id", opaqueIDForm); err != nil {
		return team, err
	}
	if team.Name, err = lengthMember("team", object, "name", 1, 200); err != nil {
		return team, err
	}
	if _, err = formMember("team", object, "ownerAccountId", accountIDForm); err != nil {
		return team, err
	}
	if team.AccountIDs, err = listMember("team", object, "accounts", readTeamAccount); err != nil {
		return team, err
	}
	if sorted := slices.Sorted(slices.Values(team.AccountIDs)); len(slices.Compact(sorted)) < len(team.AccountIDs) {
		err = refuse(Schema, "a team lists an account twice (10.3)")
	}
	return team, err
}

func readTeamAccount(value any) (string, error) {
	const what = "account in a team"
	object, err := objectOf("an "+what, value)
	if err != nil {
		return "", err
	}
	if _, err := emailMember(what, object, "email"); err != nil {
		return "", err
	}
	for _, name := range []string{"firstName", "lastName"} {
		if _, err := lengthMember(what, object, name, 0, 200); err != nil {
			return "", err
		}
	}
	if _, err := booleanMember(what, object, "isAdmin"); err != nil {
		return "", err
	}
	return formMember(what, object, "id", accountIDForm)
}
