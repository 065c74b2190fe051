package jsontext

import (
	"fmt"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// maxDepth bounds how deep arrays and objects stand within each other, and with it the memory of the reader's stack.
const maxDepth = 10_000

// Parse reads one JSON value (RFC 8259) in UTF-8 without a byte order mark. It fails for anything else, for something
// after the value, for a member name that occurs twice in an object (RFC 7493), and beyond a depth of 10 000.
func Parse(text []byte) (any, error) {
	if !utf8.Valid(text) {
		return nil, fmt.Errorf("the text is not UTF-8")
	}
	r := &reader{text: text}
	r.space()
	value, err := r.value(0)
	if err != nil {
		return nil, err
	}
	r.space()
	if r.at < len(r.text) {
		return nil, r.unexpected("the end of the text")
	}
	return value, nil
}

type reader struct {
	text []byte
	at   int
}

func (r *reader) unexpected(wanted string) error {
	return fmt.Errorf("not JSON: %s was expected at byte %d", wanted, r.at)
}

// peek is the next byte, 0 at the end; a byte 0 is not part of any JSON text.
func (r *reader) peek() byte {
	if r.at < len(r.text) {
		return r.text[r.at]
	}
	return 0
}

func (r *reader) space() {
	for r.at < len(r.text) {
		switch r.text[r.at] {
		case ' ', '\t', '\n', '\r':
			r.at++
		default:
			return
		}
	}
}

func (r *reader) take(wanted string) error {
	if len(r.text)-r.at < len(wanted) || string(r.text[r.at:r.at+len(wanted)]) != wanted {
		return r.unexpected(wanted)
	}
	r.at += len(wanted)
	return nil
}

func (r *reader) value(depth int) (any, error) {
	if depth > maxDepth {
		return nil, fmt.Errorf("the JSON text is nested deeper than %d", maxDepth)
	}
	switch r.peek() {
	case '{':
		return r.object(depth)
	case '[':
		return r.array(depth)
	case '"':
		return r.string()
	case 't':
		return true, r.take("true")
	case 'f':
		return false, r.take("false")
	case 'n':
		return nil, r.take("null")
	}
	return r.number()
}

func (r *reader) object(depth int) (any, error) {
	object := NewObject()
	r.at++
	r.space()
	if r.peek() == '}' {
		r.at++
		return object, nil
	}
	for {
		if r.peek() != '"' {
			return nil, r.unexpected("a member name")
		}
		name, err := r.string()
		if err != nil {
			return nil, err
		}
		if _, present := object.Get(name); present {
			return nil, fmt.Errorf("a member name occurs twice in an object, before byte %d", r.at)
		}
		r.space()
		if err := r.take(":"); err != nil {
			return nil, err
		}
		r.space()
		value, err := r.value(depth + 1)
		if err != nil {
			return nil, err
		}
		object.Set(name, value)
		more, err := r.more('}')
		if err != nil || !more {
			return object, err
		}
	}
}

func (r *reader) array(depth int) (any, error) {
	items := []any{}
	r.at++
	r.space()
	if r.peek() == ']' {
		r.at++
		return items, nil
	}
	for {
		value, err := r.value(depth + 1)
		if err != nil {
			return nil, err
		}
		items = append(items, value)
		more, err := r.more(']')
		if err != nil || !more {
			return items, err
		}
	}
}

// more takes a comma, or the bracket that ends the list.
func (r *reader) more(end byte) (bool, error) {
	r.space()
	switch r.peek() {
	case ',':
		r.at++
		r.space()
		return true, nil
	case end:
		r.at++
		return false, nil
	}
	return false, r.unexpected("a comma or " + string(end))
}

func (r *reader) number() (any, error) {
	start := r.at
	if r.peek() == '-' {
		r.at++
	}
	whole := r.at
	if r.digits() == 0 {
		return nil, r.unexpected("a value")
	}
	if r.text[whole] == '0' && r.at > whole+1 {
		return nil, fmt.Errorf("not JSON: the number at byte %d begins with a zero", start)
	}
	if r.peek() == '.' {
		r.at++
		if r.digits() == 0 {
			return nil, r.unexpected("a digit")
		}
	}
	if r.peek() == 'e' || r.peek() == 'E' {
		r.at++
		if r.peek() == '+' || r.peek() == '-' {
			r.at++
		}
		if r.digits() == 0 {
			return nil, r.unexpected("a digit")
		}
	}
	return Number(r.text[start:r.at]), nil
}

func (r *reader) digits() int {
	start := r.at
	for r.peek() >= '0' && r.peek() <= '9' {
		r.at++
	}
	return r.at - start
}

func (r *reader) string() (string, error) {
	r.at++
	var out []byte
	for r.at < len(r.text) {
		switch c := r.text[r.at]; {
		case c == '"':
			r.at++
			return string(out), nil
		case c < 0x20:
			return "", r.unexpected("an escape, not a control character,")
		case c == '\\':
			var err error
			if out, err = r.escape(out); err != nil {
				return "", err
			}
		default:
			out = append(out, c)
			r.at++
		}
	}
	return "", r.unexpected("a quotation mark")
}

var escapes = map[byte]byte{
	'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t',
}

func (r *reader) escape(out []byte) ([]byte, error) {
	r.at++
	if c, known := escapes[r.peek()]; known {
		r.at++
		return append(out, c), nil
	}
	unit, err := r.unit()
	if err != nil {
		return nil, err
	}
	if !utf16.IsSurrogate(unit) {
		return utf8.AppendRune(out, unit), nil
	}
	if start := r.at; unit < 0xdc00 && r.peek() == '\\' {
		r.at++
		if low, err := r.unit(); err == nil && low >= 0xdc00 && low < 0xe000 {
			return utf8.AppendRune(out, utf16.DecodeRune(unit, low)), nil
		}
		r.at = start
	}
	return append(out, 0xe0|byte(unit>>12), 0x80|byte(unit>>6)&0x3f, 0x80|byte(unit)&0x3f), nil
}

// unit reads u and four hex digits.
func (r *reader) unit() (rune, error) {
	if r.peek() != 'u' || len(r.text)-r.at < 5 {
		return 0, r.unexpected("an escape of JSON")
	}
	for _, c := range r.text[r.at+1 : r.at+5] {
		if !(c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F') {
			return 0, r.unexpected("four hex digits")
		}
	}
	unit, err := strconv.ParseUint(string(r.text[r.at+1:r.at+5]), 16, 16)
	r.at += 5
	return rune(unit), err
}
