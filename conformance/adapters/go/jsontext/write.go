package jsontext

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Write gives the compact text of a value. Besides what Parse yields it takes an int, an int64 and a []string; a nil *Object is null.
// It panics for a value of another type, which is a mistake of the caller.
func Write(value any) []byte { return write(nil, value) }

func write(out []byte, value any) []byte {
	switch v := value.(type) {
	case nil:
		return append(out, "null"...)
	case bool:
		return strconv.AppendBool(out, v)
	case Number:
		return append(out, ecmaScript(v)...)
	case int:
		return strconv.AppendInt(out, int64(v), 10)
	case int64:
		return strconv.AppendInt(out, v, 10)
	case string:
		return writeString(out, v)
	case []string:
		items := make([]any, len(v))
		for i, item := range v {
			items[i] = item
		}
		return write(out, items)
	case []any:
		out = append(out, '[')
		for i, item := range v {
			if i > 0 {
				out = append(out, ',')
			}
			out = write(out, item)
		}
		return append(out, ']')
	case *Object:
		if v == nil {
			return append(out, "null"...)
		}
		out = append(out, '{')
		for i, name := range v.names {
			if i > 0 {
				out = append(out, ',')
			}
			out = append(writeString(out, name), ':')
			out = write(out, v.values[name])
		}
		return append(out, '}')
	}
	panic(fmt.Sprintf("jsontext: no JSON for a %T", value))
}

// ecmaScript is the number as Number.prototype.toString writes it. One that no double holds stays as it was written.
func ecmaScript(number Number) string {
	f, err := strconv.ParseFloat(string(number), 64)
	switch {
	case err != nil:
		return string(number)
	case f == 0:
		return "0"
	case math.Abs(f) >= 1e21 || math.Abs(f) < 1e-6:
		text := strconv.FormatFloat(f, 'e', -1, 64)
		// Go writes at least two digits of the exponent.
		return strings.NewReplacer("e-0", "e-", "e+0", "e+").Replace(text)
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}

var short = map[byte]string{
	'"': `\"`, '\\': `\\`, '\b': `\b`, '\f': `\f`, '\n': `\n`, '\r': `\r`, '\t': `\t`,
}

func writeString(out []byte, text string) []byte {
	out = append(out, '"')
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c >= 0x20 && c != '"' && c != '\\' && c != 0xed {
			out = append(out, c)
			continue
		}
		switch escape, known := short[c]; {
		case known:
			out = append(out, escape...)
		case c < 0x20:
			out = fmt.Appendf(out, `\u%04x`, c)
		case c == 0xed && i+2 < len(text) && text[i+1] >= 0xa0:
			// Half of a surrogate pair.
			out = fmt.Appendf(out, `\u%04x`, 0xd000|int(text[i+1]&0x3f)<<6|int(text[i+2]&0x3f))
			i += 2
		default:
			out = append(out, c)
		}
	}
	return append(out, '"')
}
