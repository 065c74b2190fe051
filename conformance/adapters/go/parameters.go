package main

// The parameters of a verb by name.

import (
	"fmt"
	"strconv"
	"time"

	"e2ee-sync/conformance/adapters/go/e2ee"
	"e2ee-sync/conformance/adapters/go/jsontext"
)

type parameters struct{ params *jsontext.Object }

func (p parameters) profile() (e2ee.Profile, error) {
	name, err := p.text("profile")
	if profile := e2ee.Profile(name); err != nil || profile == e2ee.Documented || profile == e2ee.Deployed {
		return profile, err
	}
	return "", fmt.Errorf("the parameter profile must be documented or deployed")
}

func (p parameters) text(name string) (string, error) {
	value, _ := p.params.Get(name)
	text, isText := value.(string)
	if !isText {
		return "", fmt.Errorf("the parameter %s must be text", name)
	}
	return text, nil
}

// optionalText is nil where the parameter is absent.
func (p parameters) optionalText(name string) (*string, error) {
	if _, present := p.params.Get(name); !present {
		return nil, nil
	}
	text, err := p.text(name)
	return &text, err
}

// patience is that of the client where the parameter is absent.
func (p parameters) patience() (time.Duration, error) {
	value, present := p.params.Get("patience")
	if !present {
		return e2ee.Patience, nil
	}
	number, _ := value.(jsontext.Number)
	milliseconds, err := strconv.ParseInt(string(number), 10, 32)
	if err != nil || milliseconds < 1 {
		return 0, fmt.Errorf("the parameter patience must be a number of milliseconds")
	}
	return time.Duration(milliseconds) * time.Millisecond, nil
}

func (p parameters) object(name string) (*jsontext.Object, error) {
	value, _ := p.params.Get(name)
	object, isObject := value.(*jsontext.Object)
	if !isObject {
		return nil, fmt.Errorf("the parameter %s must be an object", name)
	}
	return object, nil
}

func (p parameters) list(name string) ([]any, error) {
	value, _ := p.params.Get(name)
	list, isList := value.([]any)
	if !isList {
		return nil, fmt.Errorf("the parameter %s must be a list", name)
	}
	return list, nil
}

// texts is nil where the parameter is absent.
func (p parameters) texts(name string) ([]string, error) {
	if _, present := p.params.Get(name); !present {
		return nil, nil
	}
	list, err := p.list(name)
	if err != nil {
		return nil, err
	}
	out := []string{}
	for _, item := range list {
		text, isText := item.(string)
		if !isText {
			return nil, fmt.Errorf("the parameter %s must be a list of texts", name)
		}
		out = append(out, text)
	}
	return out, nil
}
