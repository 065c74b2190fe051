package e2ee

// Change of passphrase, address and names (7.6 to 7.8).

import (
	"crypto/subtle"

	"e2ee-sync/conformance/adapters/go/jsontext"
)

// Change is what its user types. Either OldPassphrase or Code is there; of the others what is absent stays.
type Change struct {
	OldPassphrase, Code                 *string
	NewPassphrase                       string
	NewEmail, NewFirstName, NewLastName *string
}

// ChangePassword encrypts SYM_Account anew for a new passphrase or address. It refuses at decrypt, and sends nothing, when
// the old passphrase does not open the account (CHANGE-05).
func (s *Session) ChangePassword(change Change) error {
	after, err := s.credentialsAfter(change)
	if err != nil {
		return err
	}
	account, present, err := s.presentState()
	if err != nil {
		return err
	}
	proof, err := s.proofOfChange(change, account, present)
	if err != nil {
		return err
	}
	request := jsontext.NewObject(proof)
	s.client.profile.addNewValues(request, account, after, present, s.symAccount)
	for name, value := range map[string]*string{"newFirstName": change.NewFirstName, "newLastName": change.NewLastName} {
		if value != nil {
			request.Set(name, *value)
		}
	}
	if err := s.do("POST", "/auth/change-password", request); err != nil {
		return err
	}
	s.email = after.email
	return nil
}

// credentialsAfter are those in force after the change; everything that was typed is checked before anything is sent.
func (s *Session) credentialsAfter(change Change) (credentials, error) {
	if change.Code != nil && !s.client.profile.takesMailedCode() {
		return credentials{}, refuse(State, "a mailed code is of the profile deployed alone (7.8)")
	}
	for _, text := range []*string{change.NewFirstName, change.NewLastName, change.Code, change.OldPassphrase} {
		if text == nil {
			continue
		}
		if err := wellFormed("what was typed", *text); err != nil {
			return credentials{}, err
		}
	}
	if (change.OldPassphrase == nil) == (change.Code == nil) {
		return credentials{}, refuse(State, "a change takes either the old passphrase or a mailed code (7.6)")
	}
	email := s.email
	if change.NewEmail != nil {
		email = *change.NewEmail
	}
	return normalize(email, change.NewPassphrase)
}

// presentState asks for the account and its present salts (step 1 of 7.6).
func (s *Session) presentState() (ownAccount, salts, error) {
	account, err := s.whoami()
	if err != nil {
		return account, salts{}, err
	}
	saltKey, saltAuth, err := s.client.loginSalts(s.email)
	return account, salts{saltKey, saltAuth, account.saltEnc}, err
}

// proofOfChange is the code, or the old verifier once the old passphrase has opened the present encSymmetricKey.
func (s *Session) proofOfChange(change Change, account ownAccount, present salts) (jsontext.Member, error) {
	if change.OldPassphrase == nil {
		return member("code", *change.Code), nil
	}
	before, err := normalize(s.email, *change.OldPassphrase)
	if err != nil {
		return jsontext.Member{}, err
	}
	verifier, secPwdEnc := s.client.profile.verifierAndKey(before, present)
	symAccount, err := s.client.profile.openAccountKey(secPwdEnc, account.encSymmetricKey)
	if err != nil {
		return jsontext.Member{}, err
	}
	if subtle.ConstantTimeCompare(symAccount, s.symAccount) != 1 {
		return jsontext.Member{}, refuse(Decrypt, "the account holds another key than at the login: log in again (CHANGE-04)")
	}
	return member("verifier", toHex(verifier)), nil
}

// addNewValues derives everything from the new passphrase, the new address and the salts in force after the change.
func (p Profile) addNewValues(request *jsontext.Object, account ownAccount, after credentials, inForce salts, symAccount []byte) {
	if p.drawsSaltsOnChange() {
		inForce = drawSalts()
	}
	verifier, secPwdEnc := p.verifierAndKey(after, inForce)
	request.Set("newEmail", after.email)
	request.Set("encSymmetricKey", account.encSymmetricKey)
	request.Set("newVerifier", toHex(verifier))
	request.Set("newEncSymmetricKey", seal(secPwdEnc, p.keyPlaintext(symAccount)))
	if p.drawsSaltsOnChange() {
		request.Set("newSaltKey", toHex(inForce.auth1))
		request.Set("newSaltAuth", toHex(inForce.auth2))
		request.Set("newSaltEnc", toHex(inForce.enc))
	}
}
