package e2ee

// Normalisation of email and passphrase (4.1).

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// isSpace holds for the characters that ECMAScript String.prototype.trim removes (NORM-01).
func isSpace(r rune) bool {
	switch {
	case r >= 0x09 && r <= 0x0d, r >= 0x2000 && r <= 0x200a:
		return true
	}
	switch r {
	case 0x20, 0xa0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000, 0xfeff:
		return true
	}
	return false
}

// wellFormed refuses text with half of a surrogate pair (NORM-04).
func wellFormed(what, text string) error {
	if !utf8.ValidString(text) {
		return refuse(Encoding, "%s holds half of a surrogate pair: type the character again (NORM-04)", what)
	}
	return nil
}

// NormalizeEmail trims and lower-cases an address; it refuses half of a surrogate pair.
func NormalizeEmail(email string) (string, error) {
	if err := wellFormed("the email address", email); err != nil {
		return "", err
	}
	return lowerCase(strings.TrimFunc(email, isSpace)), nil
}

// NormalizePassphrase trims a passphrase and brings it to NFKD; it refuses half of a surrogate pair.
func NormalizePassphrase(passphrase string) (string, error) {
	if err := wellFormed("the passphrase", passphrase); err != nil {
		return "", err
	}
	return nfkd(strings.TrimFunc(passphrase, isSpace)), nil
}

// normalizeEmails normalises a list, and lets each address occur once.
func normalizeEmails(emails []string) ([]string, error) {
	var out []string
	for _, email := range emails {
		normalized, err := NormalizeEmail(email)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(out, normalized) {
			out = append(out, normalized)
		}
	}
	return out, nil
}

// lowerCase is the full mapping without a locale (NORM-02): the mapping of each character, U+0130, which becomes two, and
// the sigma at the end of a word.
func lowerCase(text string) string {
	runes := []rune(text)
	var out strings.Builder
	for i, r := range runes {
		switch {
		case r == 0x130:
			out.WriteString("i\u0307")
		case r == 0x3a3 && finalSigma(runes, i):
			out.WriteRune(0x3c2)
		default:
			out.WriteRune(unicode.ToLower(r))
		}
	}
	return out.String()
}

// finalSigma is the condition Final_Sigma of the Unicode Standard, section 3.13: a cased character before, none after,
// with any number of case-ignorable characters between.
func finalSigma(runes []rune, at int) bool {
	before, after := at-1, at+1
	for before >= 0 && caseIgnorable(runes[before]) {
		before--
	}
	for after < len(runes) && caseIgnorable(runes[after]) {
		after++
	}
	return before >= 0 && cased(runes[before]) && !(after < len(runes) && cased(runes[after]))
}

func cased(r rune) bool {
	return unicode.In(r, unicode.Ll, unicode.Lu, unicode.Lt, unicode.Other_Lowercase, unicode.Other_Uppercase)
}

// wordBreaks are the characters of Word_Break MidLetter, MidNumLet and Single_Quote.
const wordBreaks = "':\u00b7\u0387\u055f\u05f4\u2027\ufe13\ufe55\uff1a.\u2018\u2019\u2024\ufe52\uff07\uff0e"

func caseIgnorable(r rune) bool {
	return unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf, unicode.Lm, unicode.Sk) || strings.ContainsRune(wordBreaks, r)
}

// nfkd is normalization form NFKD (NORM-03). The library's own form puts a joiner into long runs of marks, which UAX #15
// calls the Stream-Safe Text Format and NFKD does not have; so it decomposes one character at a time here, and the marks
// are ordered after that.
func nfkd(text string) string {
	var out []rune
	for _, r := range text {
		out = append(out, []rune(norm.NFKD.String(string(r)))...)
	}
	for start := 0; start < len(out); start++ {
		end := start
		for end < len(out) && combiningClass(out[end]) != 0 {
			end++
		}
		slices.SortStableFunc(out[start:end], func(a, b rune) int {
			return int(combiningClass(a)) - int(combiningClass(b))
		})
		start = end
	}
	return string(out)
}

func combiningClass(r rune) uint8 { return norm.NFKD.PropertiesString(string(r)).CCC() }
