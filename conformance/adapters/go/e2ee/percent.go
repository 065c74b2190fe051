package e2ee

// Percent-encoding (6.1): encodeURIComponent and decodeURIComponent.

import (
	"strings"
	"unicode/utf8"
)

const kept = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'()"

const upperHex = "0123456789ABCDEF"

// percentEncode writes every byte of the UTF-8 but the kept ones as % and two upper-case hex digits.
func percentEncode(text []byte) []byte {
	out := make([]byte, 0, 2*len(text))
	for _, c := range text {
		if strings.IndexByte(kept, c) >= 0 {
			out = append(out, c)
		} else {
			out = append(out, '%', upperHex[c>>4], upperHex[c&15])
		}
	}
	return out
}

// percentDecode leaves characters outside of a % sequence as they are. It fails for an incomplete sequence, and for
// bytes that are not UTF-8.
func percentDecode(text []byte) ([]byte, error) {
	if !utf8.Valid(text) {
		return nil, refuse(Encoding, "the percent-encoded text is not UTF-8")
	}
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		if text[i] != '%' {
			out = append(out, text[i])
			continue
		}
		if i+2 >= len(text) {
			return nil, refuse(Encoding, "a percent sign has no two hex digits after it")
		}
		high, low := digit(text[i+1]), digit(text[i+2])
		if high < 0 || low < 0 {
			return nil, refuse(Encoding, "a percent sign has no two hex digits after it")
		}
		out = append(out, byte(high<<4|low))
		i += 2
	}
	if !utf8.Valid(out) {
		return nil, refuse(Encoding, "the percent-encoded bytes are not UTF-8")
	}
	return out, nil
}

// digit is the value of a hex digit of either case, -1 for another character.
func digit(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}
