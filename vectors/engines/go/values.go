package main

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
)

// values are those of one account and login; each is computed when it is first asked for. Text is held as UTF-8,
// JSON as the text that came.
type values struct {
	documented bool
	known      map[string][]byte
}

// A formula computes a value from others; ok is false where one of them is missing.
type formula func(v *values) (value []byte, ok bool)

var (
	texts     = []string{"email", "passphrase", "normalized.email", "normalized.passphrase"}
	documents = []string{"PUB_Account", "PRV_Account", "M_Resource"}
	messages  = []string{"encSymmetricKey", "encPrivateKey", "encContent"}
)

func newValues(profile string, inputs map[string]json.RawMessage) (*values, error) {
	v := &values{documented: profile == "documented", known: map[string][]byte{}}
	for name, raw := range inputs {
		if slices.Contains(documents, name) {
			v.known[name] = raw
			continue
		}
		var text string
		if err := json.Unmarshal(raw, &text); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		value, err := []byte(text), error(nil)
		if !slices.Contains(texts, name) && !slices.Contains(messages, name) {
			value, err = hex.DecodeString(text)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		v.known[name] = value
	}
	return v, nil
}

func (v *values) get(name string) ([]byte, bool) {
	if value, ok := v.known[name]; ok {
		return value, true
	}
	compute, ok := formulas[name]
	if !ok {
		return nil, false
	}
	value, ok := compute(v)
	if ok {
		v.known[name] = value
	}
	return value, ok
}

// all gets several values, or none where one is missing.
func (v *values) all(names ...string) ([][]byte, bool) {
	found := make([][]byte, len(names))
	for i, name := range names {
		value, ok := v.get(name)
		if !ok {
			return nil, false
		}
		found[i] = value
	}
	return found, true
}

// from makes a formula of a function over named values.
func from(compute func(v *values, in [][]byte) []byte, names ...string) formula {
	return func(v *values) ([]byte, bool) {
		in, ok := v.all(names...)
		if !ok {
			return nil, false
		}
		return compute(v, in), true
	}
}

func names(profile string) []string {
	var all []string
	for name := range formulas {
		if profile == "documented" || !slices.Contains(documentedOnly, name) {
			all = append(all, name)
		}
	}
	return all
}
