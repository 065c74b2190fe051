package jsontext

import (
	"strings"
	"testing"
)

func TestWriteIsWhatEcmaScriptWrites(t *testing.T) {
	for text, wanted := range map[string]string{
		` { "b" : 1.0 , "a" : [ true , null , "x" ] } `:        `{"b":1,"a":[true,null,"x"]}`,
		`[1e21,1e-7,1.5E-7,-0,0.000001,123456789012345678901]`: `[1e+21,1e-7,1.5e-7,0,0.000001,123456789012345680000]`,
		`[1e400]`:                              `[1e400]`,
		`"\u0000\u001f\b\f\n\r\t\"\\\/\u007f"`: `"\u0000\u001f\b\f\n\r\t\"\\/` + "\x7f\"",
		`"\ud83d\ude00 \ud83d \udE00 \ud83d\ud83d\ude00"`:   `"😀 \ud83d \ude00 \ud83d😀"`,
		"\"<>&\u2028\u2029é\"":                              "\"<>&\u2028\u2029é\"",
		strings.Repeat("[", 500) + strings.Repeat("]", 500): strings.Repeat("[", 500) + strings.Repeat("]", 500),
	} {
		value, err := Parse([]byte(text))
		if err != nil {
			t.Errorf("%s: %v", text, err)
		} else if got := string(Write(value)); got != wanted {
			t.Errorf("%s is written as %s, and must be %s", text, got, wanted)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, text := range []string{
		"", " ", "{", "[1,]", "{\"a\":1,}", "[1 2]", "01", "+1", ".5", "1.", "1e", "-", "NaN", "nul", "truefalse", "'a'",
		"\"a", "\"\\x\"", "\"\\u12g4\"", "\"\\u12\"", "\"\n\"", "\ufeff{}", "{\"a\":1,\"a\":1}", "{\"a\":1,\"\\u0061\":1}", "{a:1}",
		"\"\xff\"", "\"\xed\xa0\x80\"", "1\x00", "[1]]", strings.Repeat("[", 100_000),
	} {
		if value, err := Parse([]byte(text)); err == nil {
			t.Errorf("%.20q is taken as %v", text, value)
		}
	}
}
