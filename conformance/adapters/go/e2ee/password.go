package e2ee

// From what the user types to the two password keys (chapter 4).

import (
	"crypto/hkdf"
	"crypto/pbkdf2"
	"crypto/sha256"
)

// The constants of 3.1.
const (
	saltBytes  = 32
	keyBytes   = 32
	proofBytes = 32
	iterations = 100_000
)

// emailBoundSalt is SLT_TMP_1 or SLT_TMP_2, 32 bytes, from a salt of 32 bytes and the normalised email (PWD-03, PWD-04).
func (p Profile) emailBoundSalt(salt []byte, email string) []byte {
	// HKDF-SHA-256(salt, ikm = UTF8(normalized.email), info = empty, length = 32)
	out, err := hkdf.Key(sha256.New, []byte(email), p.hkdfSalt(salt), "", saltBytes)
	if err != nil {
		panic(err) // Only for a length that HKDF does not have.
	}
	return out
}

// passwordKey is SEC_PWD_Auth or SEC_PWD_Enc, 32 bytes, from the normalised passphrase (PWD-05, PWD-06).
func passwordKey(passphrase string, salt []byte) []byte {
	// PBKDF2-HMAC-SHA-256(password, salt, iterations = 100000, length = 32)
	out, err := pbkdf2.Key(sha256.New, passphrase, salt, iterations, keyBytes)
	if err != nil {
		panic(err) // Only for a length that PBKDF2 does not have.
	}
	return out
}

// salts are the three salts of an account, 32 bytes each (3.2).
type salts struct{ auth1, auth2, enc []byte }

// credentials are the email and passphrase of an account, normalised.
type credentials struct{ email, passphrase string }

func normalize(email, passphrase string) (credentials, error) {
	normalizedEmail, err := NormalizeEmail(email)
	if err != nil {
		return credentials{}, err
	}
	normalizedPassphrase, err := NormalizePassphrase(passphrase)
	return credentials{normalizedEmail, normalizedPassphrase}, err
}

// secPwdAuth is the password key for authentication, from SLT_Auth_1.
func (p Profile) secPwdAuth(c credentials, saltKey []byte) []byte {
	return passwordKey(c.passphrase, p.emailBoundSalt(saltKey, c.email))
}

// secPwdEnc is the password key for encryption, from SLT_Enc.
func (p Profile) secPwdEnc(c credentials, saltEnc []byte) []byte {
	return passwordKey(c.passphrase, p.emailBoundSalt(saltEnc, c.email))
}

// verifierAndKey computes SRP_Verifier (256 bytes) and SEC_PWD_Enc (32 bytes), the two runs of PBKDF2 beside each other.
func (p Profile) verifierAndKey(c credentials, s salts) (verifier, secPwdEnc []byte) {
	encrypting := make(chan []byte)
	go func() { encrypting <- p.secPwdEnc(c, s.enc) }()
	x := p.privateKey(c.email, p.secPwdAuth(c, s.auth1), s.auth2)
	return verifierOf(x), <-encrypting
}
