package e2ee

// Hex and base64url (6.1).

import (
	"encoding/base64"
	"encoding/hex"
)

// anyLength is for hex of a member that has no fixed length.
const anyLength = -1

// fromHex decodes the lower-case hex of exactly length bytes (ENC-02).
func fromHex(member, text string, length int) ([]byte, error) {
	for _, c := range []byte(text) {
		if !(c >= '0' && c <= '9' || c >= 'a' && c <= 'f') {
			return nil, refuse(Encoding, "%s must be lower-case hex digits alone (ENC-02)", member)
		}
	}
	if len(text)%2 != 0 {
		return nil, refuse(Encoding, "%s must have two hex digits for each byte, and has %d digits (ENC-02)", member, len(text))
	}
	if length != anyLength && len(text) != 2*length {
		return nil, refuse(Encoding, "%s must have %d hex digits, and has %d (ENC-02)", member, 2*length, len(text))
	}
	return hex.DecodeString(text)
}

func toHex(bytes []byte) string { return hex.EncodeToString(bytes) }

// fromBase64url decodes base64url without padding, white space or bits that stand for nothing (ENC-03).
func fromBase64url(member, text string) ([]byte, error) {
	for _, c := range []byte(text) {
		// The decoder of the library passes over line ends.
		if c == '\r' || c == '\n' {
			return nil, refuse(Encoding, "%s must be base64url without white space (ENC-03)", member)
		}
	}
	bytes, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil {
		return nil, refuse(Encoding, "%s must be base64url without padding (ENC-03)", member)
	}
	return bytes, nil
}

func toBase64url(bytes []byte) string { return base64.RawURLEncoding.EncodeToString(bytes) }
