package main

// The verbs of chapter 7.

import (
	"strconv"

	"e2ee-sync/conformance/adapters/go/e2ee"
	"e2ee-sync/conformance/adapters/go/jsontext"
)

type sessionVerb func(session *e2ee.Session, params parameters) (*jsontext.Object, error)

// session finds a session by its handle; one that has ended is not there any more.
func (a *adapter) session(params parameters) (handle string, session *e2ee.Session, err error) {
	if handle, err = params.text("session"); err != nil {
		return "", nil, err
	}
	session, open := a.sessions[handle]
	if !open {
		return "", nil, &e2ee.Error{Stage: e2ee.State, Message: "there is no such session, or it has ended: log in again"}
	}
	return handle, session, nil
}

func withSession(verb sessionVerb) verb {
	return func(a *adapter, params parameters) (*jsontext.Object, error) {
		handle, session, err := a.session(params)
		if err != nil {
			return nil, err
		}
		result, err := verb(session, params)
		if session.Ended() {
			delete(a.sessions, handle)
		}
		return result, err
	}
}

// success is a verb without parameters and result.
func success(call func(session *e2ee.Session) error) sessionVerb {
	return func(session *e2ee.Session, _ parameters) (*jsontext.Object, error) {
		return jsontext.NewObject(), call(session)
	}
}

// connect takes the server, the profile, and what a user types to sign up or log in.
func connect(params parameters) (client *e2ee.Client, typed map[string]string, err error) {
	profile, err := params.profile()
	if err != nil {
		return nil, nil, err
	}
	typed = map[string]string{}
	for _, name := range []string{"server", "email", "passphrase"} {
		if typed[name], err = params.text(name); err != nil {
			return nil, nil, err
		}
	}
	patience, err := params.patience()
	if err != nil {
		return nil, nil, err
	}
	client, err = e2ee.NewClient(typed["server"], profile, patience)
	return client, typed, err
}

func signup(_ *adapter, params parameters) (*jsontext.Object, error) {
	client, typed, err := connect(params)
	if err != nil {
		return nil, err
	}
	for _, name := range []string{"firstName", "lastName"} {
		if typed[name], err = params.text(name); err != nil {
			return nil, err
		}
	}
	id, err := client.SignUp(e2ee.NewAccount{
		Email: typed["email"], Passphrase: typed["passphrase"], FirstName: typed["firstName"], LastName: typed["lastName"],
	})
	return jsontext.NewObject(member("accountId", id)), err
}

func login(a *adapter, params parameters) (*jsontext.Object, error) {
	client, typed, err := connect(params)
	if err != nil {
		return nil, err
	}
	session, err := client.LogIn(typed["email"], typed["passphrase"])
	if err != nil {
		return nil, err
	}
	a.logins++
	handle := strconv.Itoa(a.logins)
	a.sessions[handle] = session
	return jsontext.NewObject(member("session", handle), member("accountId", session.AccountID())), nil
}

func whoami(session *e2ee.Session, _ parameters) (*jsontext.Object, error) {
	account, err := session.WhoAmI()
	return jsontext.NewObject(
		member("accountId", account.AccountID),
		member("email", account.Email),
		member("firstName", account.FirstName),
		member("lastName", account.LastName),
	), err
}

func changePassword(session *e2ee.Session, params parameters) (*jsontext.Object, error) {
	var change e2ee.Change
	var err error
	if change.NewPassphrase, err = params.text("newPassphrase"); err != nil {
		return nil, err
	}
	for name, typed := range map[string]**string{
		"oldPassphrase": &change.OldPassphrase, "code": &change.Code, "newEmail": &change.NewEmail,
		"newFirstName": &change.NewFirstName, "newLastName": &change.NewLastName,
	} {
		if *typed, err = params.optionalText(name); err != nil {
			return nil, err
		}
	}
	return jsontext.NewObject(), session.ChangePassword(change)
}
