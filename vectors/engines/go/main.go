// Chapters 4 to 6 over Go's standard library, golang.org/x/crypto and golang.org/x/text, written from the chapters
// alone. Reads one request a line, {"profile": ..., "step": "derive", "inputs": {...}}, and answers one line,
// {"values": {...}}: every
// value of the derivation graph that follows from the inputs, as lower-case hex.
package main

import (
	"bufio"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
)

type request struct {
	Profile string                     `json:"profile"`
	Step    string                     `json:"step"`
	Inputs  map[string]json.RawMessage `json:"inputs"`
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(make([]byte, 1<<16), 1<<26)
	out := json.NewEncoder(os.Stdout)
	for lines.Scan() {
		var given request
		if err := json.Unmarshal(lines.Bytes(), &given); err != nil {
			fail(err)
		}
		found := map[string]string{}
		if given.Step == "derive" {
			found = derive(given)
		}
		if err := out.Encode(map[string]any{"values": found}); err != nil {
			fail(err)
		}
	}
}

func derive(given request) map[string]string {
	values, err := newValues(given.Profile, given.Inputs)
	if err != nil {
		fail(err)
	}
	found := map[string]string{}
	for _, name := range names(given.Profile) {
		if value, ok := values.get(name); ok {
			found[name] = hex.EncodeToString(value)
		}
	}
	return found
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
