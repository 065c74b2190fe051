// Package e2ee is a client of end-to-end encrypted sync, in both profiles, written from the chapters of spec/.
package e2ee

import (
	"errors"
	"fmt"
)

// Stage says where a client refused (10.3).
type Stage string

// The stages of chapter 10.3.
const (
	Encoding Stage = "encoding"
	Schema   Stage = "schema"
	Auth     Stage = "auth"
	Decrypt  Stage = "decrypt"
	State    Stage = "state"
	Network  Stage = "network"
)

// Error is a refusal. Its message is for people and holds no secret.
type Error struct {
	Stage   Stage
	Message string
	// Status is the HTTP status that the server refused with, 0 where the client itself refused.
	Status int
}

func (e *Error) Error() string { return e.Message }

func refuse(stage Stage, format string, args ...any) error {
	return &Error{Stage: stage, Message: fmt.Sprintf(format, args...)}
}

// at gives an error another stage: what is wrong with a plaintext is decrypt, whatever the reader of it found (10.3).
func at(stage Stage, err error) error {
	if err == nil {
		return nil
	}
	return refuse(stage, "%s", err)
}

func stageOf(err error) Stage {
	var refusal *Error
	if errors.As(err, &refusal) {
		return refusal.Stage
	}
	return ""
}

// isGone says whether the server answered 404.
func isGone(err error) bool {
	var refusal *Error
	return errors.As(err, &refusal) && refusal.Status == 404
}
