package e2ee

// What differs between the two profiles (11.1).

import (
	"crypto/sha256"
	"slices"

	"e2ee-sync/conformance/adapters/go/jsontext"
)

// Profile is one of the two byte-level readings of the protocol. A user configures it; no server changes it (PROFILE-01).
type Profile string

// The profiles of chapter 11.
const (
	Documented Profile = "documented"
	Deployed   Profile = "deployed"
)

// hkdfSalt is the HKDF salt made from a salt of 32 bytes: 32 bytes in documented, 64 in deployed (PWD-01, PWD-02).
func (p Profile) hkdfSalt(salt []byte) []byte {
	if p == Deployed {
		return []byte(toHex(salt))
	}
	return salt
}

// srpPassword is P: 64 bytes in documented, 32 in deployed (SRP-07, SRP-08).
func (p Profile) srpPassword(secPwdAuth []byte) []byte {
	if p == Deployed {
		return secPwdAuth
	}
	return []byte(toHex(secPwdAuth))
}

// multiplier is k, 32 bytes (SRP-04, SRP-05).
func (p Profile) multiplier() []byte {
	if p == Deployed {
		return hash(pad(groupN), pad(groupG))
	}
	return hash(pad(groupN), groupG.Bytes())
}

// clientProof is M1, 32 bytes (SRP-27, SRP-28).
func (p Profile) clientProof(identity, saltAuth, A, B, S []byte) []byte {
	if p == Deployed {
		// M1 = SHA-256(A | B | S)
		return hash(A, B, S)
	}
	// M1 = SHA-256(H_N_xor_H_g | H_I | SLT_Auth_2 | A | B | K)
	return hash(hashNxorHashG(), hash(identity), saltAuth, A, B, hash(S))
}

func hashNxorHashG() []byte {
	out := hash(pad(groupN))
	for i, b := range hash(groupG.Bytes()) {
		out[i] ^= b
	}
	return out
}

func hash(parts ...[]byte) []byte {
	sum := sha256.Sum256(slices.Concat(parts...))
	return sum[:]
}

// keyPlaintext is what is encrypted for a symmetric key of 32 bytes: 32 bytes in documented, 190 in deployed (WRAP-01, WRAP-02).
func (p Profile) keyPlaintext(key []byte) []byte {
	if p == Deployed {
		return percentEncode(jsontext.Write(symmetricJWK(key)))
	}
	return key
}

// openKey takes a symmetric key of 32 bytes out of its plaintext; it refuses another form or length at decrypt (WRAP-05).
func (p Profile) openKey(plaintext []byte) ([]byte, error) {
	key := plaintext
	if p == Deployed {
		value, err := p.openJSON(plaintext)
		if err != nil {
			return nil, err
		}
		if key, err = readSymmetricJWK(value); err != nil {
			return nil, at(Decrypt, err)
		}
	}
	if len(key) != keyBytes {
		return nil, refuse(Decrypt, "a key of %d bytes was expected in the plaintext (WRAP-05)", keyBytes)
	}
	return key, nil
}

// jsonPlaintext is what is encrypted for a private key or a document (WRAP-03, WRAP-04).
func (p Profile) jsonPlaintext(value any) []byte {
	text := jsontext.Write(value)
	if p == Deployed {
		return percentEncode(text)
	}
	return text
}

// openJSON takes a private key or a document out of its plaintext; it refuses another form at decrypt (WRAP-06).
func (p Profile) openJSON(plaintext []byte) (any, error) {
	text := plaintext
	if p == Deployed {
		var err error
		if text, err = percentDecode(plaintext); err != nil {
			return nil, at(Decrypt, err)
		}
	}
	value, err := jsontext.Parse(text)
	if err != nil {
		return nil, refuse(Decrypt, "the plaintext is %s (WRAP-06)", err)
	}
	return value, nil
}

// refusesAdditionalData says whether a message with additional data is refused; otherwise the tag covers it (AES-05, AES-06).
func (p Profile) refusesAdditionalData() bool { return p == Documented }

// drawsSaltsOnChange says whether a change of passphrase brings three fresh salts (CHANGE-01, CHANGE-02).
func (p Profile) drawsSaltsOnChange() bool { return p == Documented }

// takesMailedCode says whether a mailed code can take the place of the old passphrase (7.8).
func (p Profile) takesMailedCode() bool { return p == Deployed }
