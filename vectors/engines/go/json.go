package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// compactJSON writes a JSON text as ECMAScript's JSON.stringify does (6.1): members in the order in which they came,
// numbers in their shortest form, only what JSON requires escaped.
func compactJSON(text []byte) []byte {
	reader := json.NewDecoder(bytes.NewReader(text))
	reader.UseNumber()
	var out strings.Builder
	writeValue(&out, reader)
	return []byte(out.String())
}

func writeValue(out *strings.Builder, reader *json.Decoder) {
	switch token := next(reader).(type) {
	case json.Delim:
		writeList(out, reader, token)
	case string:
		out.WriteString(quoted(token))
	case json.Number:
		out.WriteString(number(token))
	case bool:
		out.WriteString(strconv.FormatBool(token))
	default:
		out.WriteString("null")
	}
}

func writeList(out *strings.Builder, reader *json.Decoder, open json.Delim) {
	out.WriteString(open.String())
	for first := true; reader.More(); first = false {
		if !first {
			out.WriteByte(',')
		}
		if open == '{' {
			out.WriteString(quoted(next(reader).(string)) + ":")
		}
		writeValue(out, reader)
	}
	out.WriteString(next(reader).(json.Delim).String())
}

func next(reader *json.Decoder) json.Token {
	token, err := reader.Token()
	if err != nil {
		panic(err)
	}
	return token
}

var short = map[rune]string{'"': `\"`, '\\': `\\`, '\b': `\b`, '\f': `\f`, '\n': `\n`, '\r': `\r`, '\t': `\t`}

func quoted(text string) string {
	var out strings.Builder
	out.WriteByte('"')
	for _, c := range text {
		if escape, ok := short[c]; ok {
			out.WriteString(escape)
		} else if c < 0x20 {
			fmt.Fprintf(&out, `\u%04x`, c)
		} else {
			out.WriteRune(c)
		}
	}
	out.WriteByte('"')
	return out.String()
}

var exponentZeros = regexp.MustCompile(`e([+-])0+(\d)`)

// number is Number.prototype.toString: exponents from 1e21 and below 1e-6.
func number(token json.Number) string {
	value, err := token.Float64()
	if err != nil {
		panic(err)
	}
	if value == 0 {
		return "0"
	}
	if size := math.Abs(value); size >= 1e21 || size < 1e-6 {
		return exponentZeros.ReplaceAllString(strconv.FormatFloat(value, 'e', -1, 64), "e$1$2")
	}
	return strconv.FormatFloat(value, 'f', -1, 64)
}
