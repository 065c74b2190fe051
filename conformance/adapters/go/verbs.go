package main

// The verbs (spec/schemas/adapter-*.schema.json).

import (
	"e2ee-sync/conformance/adapters/go/e2ee"
	"e2ee-sync/conformance/adapters/go/jsontext"
)

// adapter holds the sessions by their handles.
type adapter struct {
	sessions map[string]*e2ee.Session
	logins   int
}

func newAdapter() *adapter { return &adapter{sessions: map[string]*e2ee.Session{}} }

type verb func(a *adapter, params parameters) (*jsontext.Object, error)

var verbs = map[string]verb{
	"describe":       describe,
	"derive":         derive,
	"accept":         accept,
	"signup":         signup,
	"login":          login,
	"whoami":         withSession(whoami),
	"logout":         withSession(success((*e2ee.Session).LogOut)),
	"changePassword": withSession(changePassword),
	"sendCode":       withSession(success((*e2ee.Session).SendCode)),
	"reset":          withSession(success((*e2ee.Session).Reset)),
	"deleteAccount":  withSession(success((*e2ee.Session).DeleteAccount)),
	"createGroup":    withSession(createGroup),
	"share":          withSession(share),
	"unshare":        withSession(unshare),
	"createTeam":     withSession(createTeam),
	"teams":          withSession(teams),
	"push":           withSession(push),
	"pull":           withSession(pull),
}

var capabilities = []string{
	"account", "change-password", "change-email", "change-with-code", "reset", "delete-account", "groups", "share-email",
	"share-team", "unshare", "teams", "sync", "fix-dupes", "derive", "accept", "ill-formed-text", "patience",
}

func describe(*adapter, parameters) (*jsontext.Object, error) {
	return jsontext.NewObject(
		member("name", "go-client"),
		member("version", "1.0.0"),
		member("profiles", []string{string(e2ee.Documented), string(e2ee.Deployed)}),
		member("capabilities", capabilities),
	), nil
}

func derive(_ *adapter, params parameters) (*jsontext.Object, error) {
	profile, err := params.profile()
	if err != nil {
		return nil, err
	}
	given, err := params.object("given")
	if err != nil {
		return nil, err
	}
	values, err := profile.Derive(given)
	if err != nil {
		return nil, err
	}
	return jsontext.NewObject(member("profile", string(profile)), member("values", values)), nil
}

func accept(_ *adapter, params parameters) (*jsontext.Object, error) {
	profile, err := params.profile()
	if err != nil {
		return nil, err
	}
	step, err := params.text("step")
	if err != nil {
		return nil, err
	}
	given, err := params.object("given")
	if err != nil {
		return nil, err
	}
	name, value, err := profile.Accept(step, given)
	if err != nil {
		return nil, err
	}
	return jsontext.NewObject(member("values", jsontext.NewObject(member(name, value)))), nil
}
