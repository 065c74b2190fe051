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

// open decrypts a message as it was received. It refuses text that is no JSON or hex at encoding, another form at schema,
// additional data that the profile does not take and a tag that does not verify at decrypt (AES-05 to AES-10).
func (p Profile) open(name string, key []byte, text string) ([]byte, error) {
	value, err := jsontext.Parse([]byte(text))
	if err != nil {
		return nil, refuse(Encoding, "%s is %s (AES-10)", name, err)
	}
	object, isObject := value.(*jsontext.Object)
	if !isObject || len(object.Names()) != 4 {
		return nil, refuse(Schema, "%s must be a JSON object of exactly iv, t, d and ad (AES-10)", name)
	}
	parts := map[string][]byte{}
	for _, member := range []string{"iv", "t", "d", "ad"} {
		value, _ := object.Get(member)
		digits, isText := value.(string)
		if !isText {
			return nil, refuse(Schema, "%s must have a member %s that is a string (AES-10)", name, member)
		}
		if parts[member], err = fromHex(name+"."+member, digits, anyLength); err != nil {
			return nil, err
		}
	}
	if len(parts["t"]) != tagBytes {
		return nil, refuse(Schema, "%s must have a tag of %d bytes, and has %d (AES-07)", name, tagBytes, len(parts["t"]))
	}
	if len(parts["iv"]) != ivBytes {
		return nil, refuse(Schema, "%s must have an IV of %d bytes, and has %d (AES-08)", name, ivBytes, len(parts["iv"]))
	}
	if p.refusesAdditionalData() && len(parts["ad"]) > 0 {
		return nil, refuse(Decrypt, "%s has additional data, which this profile does not take (AES-05)", name)
	}
	plaintext, err := gcm(key).Open(nil, parts["iv"], append(parts["d"], parts["t"]...), parts["ad"])
	if err != nil {
		return nil, refuse(Decrypt, "%s does not open: another key, or it was changed (AES-09)", name)
	}
	return plaintext, nil
}
