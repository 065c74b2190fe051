package e2ee

// AES-GCM messages (6.2).

import (
	"crypto/aes"
	"crypto/cipher"

	"e2ee-sync/conformance/adapters/go/jsontext"
)

const (
	ivBytes  = 12
	tagBytes = 16
)

// gcm is AES-256-GCM with a key of 32 bytes, an IV of 12 and a tag of 16 (AES-01).
func gcm(key []byte) cipher.AEAD {
	block, err := aes.NewCipher(key)
	if err != nil {
		panic(err) // Only for a key of another length, and every key is checked where it comes in.
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		panic(err)
	}
	return aead
}

// sealed is the ciphertext with its tag.
func sealed(key, iv, plaintext []byte) []byte { return gcm(key).Seal(nil, iv, plaintext, nil) }

// message is the compact JSON text of a message with empty additional data (AES-03, AES-04).
func message(iv, sealed []byte) string {
	tag := len(sealed) - tagBytes
	return string(jsontext.Write(jsontext.NewObject(
		jsontext.Member{Name: "iv", Value: toHex(iv)},
		jsontext.Member{Name: "t", Value: toHex(sealed[tag:])},
		jsontext.Member{Name: "d", Value: toHex(sealed[:tag])},
		jsontext.Member{Name: "ad", Value: ""},
	)))
}

// seal encrypts with a fresh IV (AES-02).
func seal(key, plaintext []byte) string {
	iv := random(ivBytes)
	return message(iv, sealed(key, iv, plaintext))
}

// sealedMessage is a message as it was received, its four members decoded.
type sealedMessage struct{ iv, tag, ciphertext, additional []byte }

// readMessage refuses text that is no JSON or hex at encoding, and another form at schema (AES-07, AES-08, AES-10).
func readMessage(name, text string) (m sealedMessage, err error) {
	value, err := jsontext.Parse([]byte(text))
	if err != nil {
		return m, refuse(Encoding, "%s is %s (AES-10)", name, err)
	}
	object, isObject := value.(*jsontext.Object)
	if !isObject || len(object.Names()) != 4 {
		return m, refuse(Schema, "%s must be a JSON object of exactly iv, t, d and ad (AES-10)", name)
	}
	for member, part := range map[string]*[]byte{"iv": &m.iv, "t": &m.tag, "d": &m.ciphertext, "ad": &m.additional} {
		value, _ := object.Get(member)
		digits, isText := value.(string)
		if !isText {
			return m, refuse(Schema, "%s must have a member %s that is a string (AES-10)", name, member)
		}
		if *part, err = fromHex(name+"."+member, digits, anyLength); err != nil {
			return m, err
		}
	}
	if len(m.tag) != tagBytes {
		return m, refuse(Schema, "%s must have a tag of %d bytes, and has %d (AES-07)", name, tagBytes, len(m.tag))
	}
	if len(m.iv) != ivBytes {
		return m, refuse(Schema, "%s must have an IV of %d bytes, and has %d (AES-08)", name, ivBytes, len(m.iv))
	}
	return m, nil
}

// open decrypts a message as it was received. It refuses what readMessage does, and at decrypt additional data that the
// profile does not take and a tag that does not verify (AES-05, AES-06, AES-09).
func (p Profile) open(name string, key []byte, text string) ([]byte, error) {
	m, err := readMessage(name, text)
	if err != nil {
		return nil, err
	}
	if p.refusesAdditionalData() && len(m.additional) > 0 {
		return nil, refuse(Decrypt, "%s has additional data, which this profile does not take (AES-05)", name)
	}
	plaintext, err := gcm(key).Open(nil, m.iv, append(m.ciphertext, m.tag...), m.additional)
	if err != nil {
		return nil, refuse(Decrypt, "%s does not open: another key, or it was changed (AES-09)", name)
	}
	return plaintext, nil
}
