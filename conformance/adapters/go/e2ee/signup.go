package e2ee

// Signup (7.1).

import "e2ee-sync/conformance/adapters/go/jsontext"

// NewAccount is what its user types.
type NewAccount struct{ Email, Passphrase, FirstName, LastName string }

// SignUp creates an account with keys and salts of its own, and gives its id.
func (c *Client) SignUp(account NewAccount) (string, error) {
	who, err := normalize(account.Email, account.Passphrase)
	if err != nil {
		return "", err
	}
	for _, name := range []string{account.FirstName, account.LastName} {
		if err := wellFormed("the name", name); err != nil {
			return "", err
		}
	}
	id := "act_" + toHex(random(32))
	answer, err := c.server.call("POST", "/auth/signup", nil, c.profile.newRecord(id, who, account))
	if err != nil {
		return "", err
	}
	object, err := objectOf("the account", answer)
	if err != nil {
		return "", err
	}
	if _, err := formMember("account", object, "id", accountIDForm); err != nil {
		return "", err
	}
	_, err = emailMember("account", object, "email")
	return id, err
}

// newRecord draws everything that an account consists of (KEY-01, KEY-02, KEY-07) and encrypts what is secret.
func (p Profile) newRecord(id string, who credentials, account NewAccount) *jsontext.Object {
	drawn := drawSalts()
	symAccount := random(keyBytes)
	public, private := generateKeyPair()
	verifier, secPwdEnc := p.verifierAndKey(who, drawn)
	return jsontext.NewObject(
		member("id", id),
		member("email", who.email),
		member("firstName", account.FirstName),
		member("lastName", account.LastName),
		member("saltKey", toHex(drawn.auth1)),
		member("saltAuth", toHex(drawn.auth2)),
		member("saltEnc", toHex(drawn.enc)),
		member("verifier", toHex(verifier)),
		member("publicKey", public.text()),
		member("encPrivateKey", seal(symAccount, p.jsonPlaintext(private.jwk))),
		member("encSymmetricKey", seal(secPwdEnc, p.keyPlaintext(symAccount))),
	)
}

func drawSalts() salts { return salts{random(saltBytes), random(saltBytes), random(saltBytes)} }

func member(name string, value any) jsontext.Member { return jsontext.Member{Name: name, Value: value} }
