package e2ee

// Whoami (7.4).

// Account is whose session it is.
type Account struct{ AccountID, Email, FirstName, LastName string }

// ownAccount is everything that its owner needs to open the account; the wrapped keys are as they were received.
type ownAccount struct {
	Account
	publicKey       publicKey
	encPrivateKey   string
	encSymmetricKey string
	saltEnc         []byte
}

// WhoAmI asks the server whose session it is.
func (s *Session) WhoAmI() (Account, error) {
	account, err := s.whoami()
	return account.Account, err
}

// whoami refuses the account of another address (WHOAMI-03), and once the account is open another id or key pair.
func (s *Session) whoami() (ownAccount, error) {
	account, err := s.readWhoami()
	if err != nil {
		return ownAccount{}, err
	}
	if account.Email != s.email {
		return ownAccount{}, refuse(State, "the server answered with the account of another address (WHOAMI-03)")
	}
	if s.symAccount == nil {
		return account, nil
	}
	if account.AccountID != s.accountID {
		return ownAccount{}, refuse(State, "the server answered with another account than before (10.3)")
	}
	return account, checkPair(account.publicKey, s.private)
}

func (s *Session) readWhoami() (account ownAccount, err error) {
	const what = "answer to whoami"
	object, err := s.callForObject("GET", "/auth/whoami", nil)
	if err != nil {
		return account, err
	}
	if account.AccountID, err = formMember(what, object, "accountId", accountIDForm); err != nil {
		return account, err
	}
	if account.Email, err = emailMember(what, object, "email"); err != nil {
		return account, err
	}
	if account.FirstName, err = lengthMember(what, object, "firstName", 0, 200); err != nil {
		return account, err
	}
	if account.LastName, err = lengthMember(what, object, "lastName", 0, 200); err != nil {
		return account, err
	}
	publicKey, err := textMember(what, object, "publicKey")
	if err != nil {
		return account, err
	}
	if account.publicKey, err = readPublicKey(publicKey); err != nil {
		return account, err
	}
	if account.encPrivateKey, err = messageMember(what, object, "encPrivateKey"); err != nil {
		return account, err
	}
	if account.encSymmetricKey, err = messageMember(what, object, "encSymmetricKey"); err != nil {
		return account, err
	}
	if account.saltEnc, err = hexMember(what, object, "saltEnc", saltBytes); err != nil {
		return account, err
	}
	_, err = booleanMember(what, object, "isVerified")
	return account, err
}
