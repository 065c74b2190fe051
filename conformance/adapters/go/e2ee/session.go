package e2ee

// A session (7.5): K, the keys of the account, and what its device holds.

import "e2ee-sync/conformance/adapters/go/jsontext"

// Session is one login, and the device that it was made on. It is not for several goroutines at once.
type Session struct {
	client     *Client
	k          []byte
	accountID  string
	email      string
	symAccount []byte
	private    privateKey
	public     publicKey
	keys       groupKeys
	seen       map[string]string
	store      *store
}

func newSession(client *Client, k []byte, email string) *Session {
	return &Session{client: client, k: k, email: email, keys: newGroupKeys(), seen: map[string]string{}, store: newStore()}
}

// AccountID is the id of the account that was logged in to.
func (s *Session) AccountID() string { return s.accountID }

// Ended says whether the session was logged out or its account deleted.
func (s *Session) Ended() bool { return s.k == nil }

// call makes a call with the session id (SESSION-01). It refuses one on a session that has ended at state.
func (s *Session) call(method, path string, body any) (any, error) {
	if s.Ended() {
		return nil, refuse(State, "the session has ended: log in again")
	}
	return s.client.server.call(method, path, s.k, body)
}

// callForObject is a call that answers with an object.
func (s *Session) callForObject(method, path string, body any) (*jsontext.Object, error) {
	answer, err := s.call(method, path, body)
	if err != nil {
		return nil, err
	}
	return objectOf("the answer to "+path, answer)
}

// do makes a call that answers with nothing but success.
func (s *Session) do(method, path string, body any) error {
	_, err := s.callForObject(method, path, body)
	return err
}

// unlock opens the keys of the account with what its user typed, and checks that they belong together (LOGIN-12).
func (s *Session) unlock(who credentials) error {
	account, err := s.whoami()
	if err != nil {
		return err
	}
	profile := s.client.profile
	symAccount, err := profile.openAccountKey(profile.secPwdEnc(who, account.saltEnc), account.encSymmetricKey)
	if err != nil {
		return err
	}
	private, err := profile.openPrivateKey(symAccount, account.encPrivateKey)
	if err != nil {
		return err
	}
	if err := checkPair(account.publicKey, private); err != nil {
		return err
	}
	s.accountID, s.symAccount, s.private, s.public = account.AccountID, symAccount, private, account.publicKey
	return nil
}

// LogOut ends the session on the server, and drops its secrets also when the call fails (SESSION-04, SESSION-05).
func (s *Session) LogOut() error {
	err := s.do("POST", "/auth/logout", nil)
	s.drop()
	return err
}

// Reset empties the account, whose user has confirmed it (7.9), and with it what the device holds.
func (s *Session) Reset() error {
	if err := s.do("POST", "/auth/reset", nil); err != nil {
		return err
	}
	s.keys.drop()
	s.keys, s.store = newGroupKeys(), newStore()
	return nil
}

// DeleteAccount deletes the account, whose user has confirmed it (7.10), and ends the session.
func (s *Session) DeleteAccount() error {
	if err := s.do("DELETE", "/auth/delete-account", nil); err != nil {
		return err
	}
	s.drop()
	return nil
}

// SendCode has a code mailed that permits a change of passphrase (7.8), in deployed alone.
func (s *Session) SendCode() error {
	if !s.client.profile.takesMailedCode() {
		return refuse(State, "a mailed code is of the profile deployed alone (7.8)")
	}
	return s.do("POST", "/auth/send-password-code", nil)
}

func (s *Session) drop() {
	clear(s.k)
	clear(s.symAccount)
	s.keys.drop()
	s.k, s.symAccount, s.private, s.keys = nil, nil, privateKey{}, newGroupKeys()
}
