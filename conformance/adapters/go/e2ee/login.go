package e2ee

// Login (7.3).

import "e2ee-sync/conformance/adapters/go/jsontext"

// LogIn proves the passphrase, checks the server's proof, and opens the account. Each login is a device of its own.
func (c *Client) LogIn(email, passphrase string) (*Session, error) {
	who, err := normalize(email, passphrase)
	if err != nil {
		return nil, err
	}
	return c.logIn(who, random(32))
}

// logIn takes the secret ephemeral a, at least 32 bytes (SRP-12).
func (c *Client) logIn(who credentials, a []byte) (*Session, error) {
	saltKey, saltAuth, err := c.loginSalts(who.email)
	if err != nil {
		return nil, err
	}
	x := c.profile.privateKey(who.email, c.profile.secPwdAuth(who, saltKey), saltAuth)
	A := publicEphemeral(a)
	starter, B, err := c.exchangeEphemerals(who.email, A)
	if err != nil {
		return nil, err
	}
	proof, err := c.profile.prove(who.email, x, saltAuth, a, A, B)
	if err != nil {
		return nil, err
	}
	if err := c.exchangeProofs(starter, proof); err != nil {
		return nil, err
	}
	session := newSession(c, proof.K, who.email)
	if err := session.unlock(who); err != nil {
		session.drop()
		return nil, err
	}
	return session, nil
}

// loginSalts asks for SLT_Auth_1 and SLT_Auth_2, 32 bytes each.
func (c *Client) loginSalts(email string) (saltKey, saltAuth []byte, err error) {
	answer, err := c.ask("/auth/login-s", member("email", email))
	if err != nil {
		return nil, nil, err
	}
	if saltKey, err = hexMember("answer to login-s", answer, "saltKey", saltBytes); err != nil {
		return nil, nil, err
	}
	saltAuth, err = hexMember("answer to login-s", answer, "saltAuth", saltBytes)
	return saltKey, saltAuth, err
}

// exchangeEphemerals sends A, and checks B before anything is computed from it.
func (c *Client) exchangeEphemerals(email string, A []byte) (starter string, B []byte, err error) {
	answer, err := c.ask("/auth/login-a", member("email", email), member("srpA", toHex(A)))
	if err != nil {
		return "", nil, err
	}
	if starter, err = formMember("answer to login-a", answer, "sessionStarterId", opaqueIDForm); err != nil {
		return "", nil, err
	}
	srpB, err := textMember("answer to login-a", answer, "srpB")
	if err != nil {
		return "", nil, err
	}
	B, err = acceptB(srpB)
	return starter, B, err
}

// exchangeProofs sends M1, and compares M2.
func (c *Client) exchangeProofs(starter string, proof loginProof) error {
	answer, err := c.ask("/auth/login-m1", member("sessionStarterId", starter), member("srpM1", toHex(proof.M1)))
	if err != nil {
		return err
	}
	srpM2, err := textMember("answer to login-m1", answer, "srpM2")
	if err != nil {
		return err
	}
	return acceptM2(srpM2, proof.M2)
}

// ask makes a call without a session.
func (c *Client) ask(path string, members ...jsontext.Member) (*jsontext.Object, error) {
	answer, err := c.server.call("POST", path, nil, jsontext.NewObject(members...))
	if err != nil {
		return nil, err
	}
	return objectOf("the answer to "+path, answer)
}
