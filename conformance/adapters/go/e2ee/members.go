package e2ee

// Members of what was received, by their forms (2.6).

import (
	"regexp"
	"strconv"
	"unicode/utf8"

	"e2ee-sync/conformance/adapters/go/jsontext"
)

// maxMoment is 2⁵³ − 1.
const maxMoment = 1<<53 - 1

var (
	accountIDForm = regexp.MustCompile(`^act_[0-9a-f]{64}$`)
	opaqueIDForm  = regexp.MustCompile(`^[A-Za-z0-9_-]{1,200}$`)
)

func objectOf(what string, value any) (*jsontext.Object, error) {
	object, isObject := value.(*jsontext.Object)
	if !isObject {
		return nil, refuse(Schema, "%s must be a JSON object (HTTP-09)", what)
	}
	return object, nil
}

// textMember takes any text that is well-formed Unicode.
func textMember(what string, object *jsontext.Object, member string) (string, error) {
	value, present := object.Get(member)
	if !present {
		return "", refuse(Schema, "the member %s of the %s is missing (HTTP-09)", member, what)
	}
	text, isText := value.(string)
	if !isText || !utf8.ValidString(text) {
		return "", refuse(Schema, "the member %s of the %s must be well-formed text (HTTP-09)", member, what)
	}
	return text, nil
}

// lengthMember takes text of a number of characters.
func lengthMember(what string, object *jsontext.Object, member string, least, most int) (string, error) {
	text, err := textMember(what, object, member)
	if length := utf8.RuneCountInString(text); err == nil && (length < least || length > most) {
		err = refuse(Schema, "the member %s of the %s must have %d to %d characters (HTTP-09)", member, what, least, most)
	}
	return text, err
}

// formMember takes text of a pattern.
func formMember(what string, object *jsontext.Object, member string, form *regexp.Regexp) (string, error) {
	text, err := textMember(what, object, member)
	if err == nil && !form.MatchString(text) {
		err = refuse(Schema, "the member %s of the %s is not of its form (2.6, HTTP-09)", member, what)
	}
	return text, err
}

// hexMember takes hex of exactly length bytes.
func hexMember(what string, object *jsontext.Object, member string, length int) ([]byte, error) {
	text, err := textMember(what, object, member)
	if err != nil {
		return nil, err
	}
	return fromHex(member, text, length)
}

// messageMember takes the text of an AES message, as it was received.
func messageMember(what string, object *jsontext.Object, member string) (string, error) {
	text, err := textMember(what, object, member)
	if err == nil {
		_, err = readMessage(member, text)
	}
	return text, err
}

// emailMember takes an address in its normalised form.
func emailMember(what string, object *jsontext.Object, member string) (string, error) {
	text, err := lengthMember(what, object, member, 3, 254)
	if err == nil && !isAddress(text) {
		err = refuse(Schema, "the member %s of the %s must be an email address (2.6, HTTP-09)", member, what)
	}
	return text, err
}

func isAddress(text string) bool {
	ats, at := 0, -1
	for i, r := range text {
		if isSpace(r) {
			return false
		}
		if r == '@' {
			ats, at = ats+1, i
		}
	}
	return ats == 1 && at > 0 && at < len(text)-1
}

func booleanMember(what string, object *jsontext.Object, member string) (bool, error) {
	value, _ := object.Get(member)
	boolean, isBoolean := value.(bool)
	if !isBoolean {
		return false, refuse(Schema, "the member %s of the %s must be true or false (HTTP-09)", member, what)
	}
	return boolean, nil
}

// momentMember takes a moment: a number of integral value, however written.
func momentMember(what string, object *jsontext.Object, member string) (int64, error) {
	value, _ := object.Get(member)
	number, isNumber := value.(jsontext.Number)
	f, err := strconv.ParseFloat(string(number), 64)
	if !isNumber || err != nil || f < 0 || f > maxMoment || f != float64(int64(f)) {
		return 0, refuse(Schema, "the member %s of the %s must be a moment: a whole number from 0 to 2^53 - 1 (HTTP-09)", member, what)
	}
	return int64(f), nil
}

// listMember reads every item of a list.
func listMember[T any](what string, object *jsontext.Object, member string, read func(item any) (T, error)) ([]T, error) {
	value, _ := object.Get(member)
	list, isList := value.([]any)
	if !isList {
		return nil, refuse(Schema, "the member %s of the %s must be a list (HTTP-09)", member, what)
	}
	return readAll(list, read)
}

func readAll[T any](list []any, read func(item any) (T, error)) ([]T, error) {
	out := make([]T, 0, len(list))
	for _, item := range list {
		value, err := read(item)
		if err != nil {
			return nil, err
		}
		out = append(out, value)
	}
	return out, nil
}

// textItem reads an item of a list that is text.
func textItem(what string, accepts func(text string) bool) func(item any) (string, error) {
	return func(item any) (string, error) {
		text, isText := item.(string)
		if !isText || !accepts(text) {
			return "", refuse(Schema, "an item of %s is not of its form (2.6, HTTP-09)", what)
		}
		return text, nil
	}
}

func isResourceID(text string) bool {
	length := utf8.RuneCountInString(text)
	return utf8.ValidString(text) && length >= 1 && length <= 200
}
