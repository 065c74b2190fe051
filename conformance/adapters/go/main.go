// The adapter of the client in Go: JSON-RPC 2.0, one object a line on the standard input and output.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"

	"e2ee-sync/conformance/adapters/go/e2ee"
	"e2ee-sync/conformance/adapters/go/jsontext"
)

// The codes of JSON-RPC 2.0, and one for what the protocol refused.
const (
	notJSON     = -32700
	notARequest = -32600
	unknownVerb = -32601
	failed      = -32603
	refused     = -32000
)

func main() {
	if err := serve(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "the adapter ends:", err)
		os.Exit(1)
	}
}

// serve answers one request after the other, until there are no more.
func serve(in io.Reader, out io.Writer) error {
	adapter := newAdapter()
	lines := bufio.NewReaderSize(in, 1<<16)
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) > 0 {
			if _, err := out.Write(append(jsontext.Write(adapter.answer(line)), '\n')); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func (a *adapter) answer(line []byte) *jsontext.Object {
	value, err := jsontext.Parse(line)
	if err != nil {
		return problem(nil, notJSON, err.Error(), "")
	}
	request, _ := value.(*jsontext.Object)
	if request == nil {
		return problem(nil, notARequest, "a request must be a JSON object", "")
	}
	id, _ := request.Get("id")
	method, _ := request.Get("method")
	params, _ := request.Get("params")
	name, isText := method.(string)
	object, isObject := params.(*jsontext.Object)
	if !isText || !isObject {
		return problem(id, notARequest, "a request must have a method and an object of params", "")
	}
	return a.call(id, name, object)
}

// call runs a verb. A mistake of this program is answered too, so that one call does not end the others.
func (a *adapter) call(id any, name string, params *jsontext.Object) (response *jsontext.Object) {
	defer func() {
		if recover() != nil {
			response = problem(id, failed, "the client failed, which is a mistake in it", "")
		}
	}()
	verb, known := verbs[name]
	if !known {
		return problem(id, unknownVerb, "unknown verb", "")
	}
	result, err := verb(a, parameters{params})
	var refusal *e2ee.Error
	switch {
	case err == nil:
		return jsontext.NewObject(member("jsonrpc", "2.0"), member("id", id), member("result", result))
	case errors.Is(err, e2ee.ErrUnknownStep):
		return problem(id, unknownVerb, err.Error(), "")
	case errors.As(err, &refusal):
		return problem(id, refused, refusal.Message, refusal.Stage)
	}
	return problem(id, notARequest, err.Error(), "")
}

func problem(id any, code int, message string, stage e2ee.Stage) *jsontext.Object {
	problem := jsontext.NewObject(member("code", code), member("message", message))
	if stage != "" {
		problem.Set("data", jsontext.NewObject(member("stage", string(stage))))
	}
	return jsontext.NewObject(member("jsonrpc", "2.0"), member("id", id), member("error", problem))
}

func member(name string, value any) jsontext.Member {
	return jsontext.Member{Name: name, Value: value}
}
