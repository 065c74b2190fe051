package e2ee

// The wrapped keys of an account and the content of a resource (6.4).

// openAccountKey opens encSymmetricKey with SEC_PWD_Enc to SYM_Account, 32 bytes.
func (p Profile) openAccountKey(secPwdEnc []byte, encSymmetricKey string) ([]byte, error) {
	plaintext, err := p.open("encSymmetricKey", secPwdEnc, encSymmetricKey)
	if err != nil {
		return nil, err
	}
	return p.openKey(plaintext)
}

// openPrivateKey opens encPrivateKey with SYM_Account to PRV_Account, and checks it.
func (p Profile) openPrivateKey(symAccount []byte, encPrivateKey string) (privateKey, error) {
	plaintext, err := p.open("encPrivateKey", symAccount, encPrivateKey)
	if err != nil {
		return privateKey{}, err
	}
	value, err := p.openJSON(plaintext)
	if err != nil {
		return privateKey{}, err
	}
	key, err := readPrivateKey(value)
	return key, at(Decrypt, err)
}

// openDocument opens encContent with SYM_ResourceGroup to a document, which is any JSON value.
func (p Profile) openDocument(groupKey []byte, encContent string) (any, error) {
	plaintext, err := p.open("encContent", groupKey, encContent)
	if err != nil {
		return nil, err
	}
	return p.openJSON(plaintext)
}
