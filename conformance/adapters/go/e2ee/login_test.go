package e2ee

import (
	"fmt"
	"testing"

	"e2ee-sync/conformance/adapters/go/jsontext"
)

// playback answers with the exchange of a vector, and fails where the client sends anything else.
type playback struct {
	t        *testing.T
	exchange []any
	played   int
}

func (p *playback) call(method, path string, sessionID []byte, body any) (any, error) {
	if p.played == len(p.exchange) {
		p.t.Errorf("%s %s was not to be sent any more", method, path)
		return nil, refuse(Network, "the exchange is over")
	}
	call := p.exchange[p.played]
	p.played++
	wanted := fmt.Sprint(textOf(call, "method"), textOf(call, "path"), textOf(call, "session"), written(get(call, "request")))
	if got := fmt.Sprint(method, path, toHex(sessionID), written(body)); got != wanted {
		p.t.Errorf("%s was sent, and it must be %s", got, wanted)
	}
	status, _ := get(call, "status").(jsontext.Number)
	if status != "200" {
		var number int
		fmt.Sscan(string(status), &number)
		return nil, statusError(path, number, object(call, "response"))
	}
	return get(call, "response"), nil
}

func written(value any) string { return string(jsontext.Write(value)) }

// TestLoginVectors plays every login, and holds the client to each request and to what it ends with.
func TestLoginVectors(t *testing.T) {
	played := 0
	for _, v := range readVectors(t) {
		if v.step != "log-in" {
			continue
		}
		played++
		t.Run(v.id, func(t *testing.T) {
			t.Parallel()
			who, err := normalize(textOf(v.inputs, "email"), textOf(v.inputs, "passphrase"))
			if err != nil {
				t.Fatal(err)
			}
			a, err := fromHex("a", textOf(v.inputs, "a"), anyLength)
			if err != nil {
				t.Fatal(err)
			}
			server := &playback{t: t, exchange: v.exchange}
			session, err := (&Client{server, v.profile}).logIn(who, a)
			if server.played != len(v.exchange) {
				t.Errorf("%d of %d calls were made", server.played, len(v.exchange))
			}
			if !v.valid {
				if string(stageOf(err)) != v.stage {
					t.Fatalf("it must be refused at %s, and came out as %v", v.stage, err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			for name, got := range map[string][]byte{
				"session.id": session.k, "SYM_Account": session.symAccount, "PRV_Account": jsontext.Write(session.private.jwk),
			} {
				if wanted := textOf(v.outputs, name); toHex(got) != wanted {
					t.Errorf("%s is another than %s", name, wanted)
				}
			}
		})
	}
	if played == 0 {
		t.Error("there was no login to play")
	}
}
