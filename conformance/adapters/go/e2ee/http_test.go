package e2ee

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestNewServer(t *testing.T) {
	for base, taken := range map[string]bool{
		"https://example.com": true, "https://example.com/sync/": true, "http://127.0.0.1:1": true, "http://127.9.8.7": true,
		"http://[::1]:1": true, "http://localhost:1": true, "http://LocalHost": true,
		"http://example.com": false, "http://128.0.0.1": false, "http://127.0.0.1.example.com": false, "http://localhost.example.com": false,
		"http://[::2]": false, "http://0.0.0.0": false, "ftp://127.0.0.1": false, "127.0.0.1": false, "": false,
		"https://example.com?a": false, "https://example.com#a": false, "https://a@example.com": false,
	} {
		_, err := newServer(base, Patience)
		if (err == nil) != taken || err != nil && stageOf(err) != Network {
			t.Errorf("%q came out as %v", base, err)
		}
	}
}

func TestAnswersThatAreRefused(t *testing.T) {
	json := func(text string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.Write([]byte(text))
		}
	}
	status := func(status int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", "/elsewhere")
			w.WriteHeader(status)
			w.Write([]byte(`{"error":"internal","message":"no"}`))
		}
	}
	for name, c := range map[string]struct {
		handler http.HandlerFunc
		stage   Stage
	}{
		"an object":           {json(`{"a": 1}`), ""},
		"a redirect":          {status(307), Network},
		"no session":          {status(401), Auth},
		"forbidden":           {status(403), State},
		"not there":           {status(404), State},
		"a conflict":          {status(409), State},
		"too many":            {status(429), Network},
		"a server that fails": {status(500), Network},
		"text":                {func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("{}")) }, Network},
		"not JSON":            {json(`{`), Encoding},
		"no body":             {json(``), Encoding},
		"a byte order mark":   {json("\ufeff{}"), Encoding},
		"not UTF-8":           {json("\"\xff\""), Encoding},
		"a member twice":      {json(`{"a":1,"a":2}`), Encoding},
		"too large":           {json(`"` + strings.Repeat("a", otherLimit) + `"`), Network},
		"half of an answer": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.Header().Set("Content-Length", "100")
			w.Write([]byte("{"))
		}, Network},
	} {
		t.Run(name, func(t *testing.T) {
			calls := 0
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				calls++
				c.handler(w, r)
			}))
			defer server.Close()
			_, err := httpServer{server.URL, newHTTPClient(Patience)}.call("POST", "/auth/login-s", nil, "body")
			if stageOf(err) != c.stage || calls != 1 {
				t.Errorf("it came out as %v after %d calls", err, calls)
			}
		})
	}
}

func TestTLSIsChecked(t *testing.T) {
	server := httptest.NewTLSServer(http.NotFoundHandler())
	defer server.Close()
	if _, err := (httpServer{server.URL, newHTTPClient(Patience)}).call("POST", "/auth/login-s", nil, "body"); stageOf(err) != Network {
		t.Errorf("a certificate of nobody came out as %v", err)
	}
}

func TestSilenceEndsACall(t *testing.T) {
	done := make(chan bool)
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-done }))
	defer server.Close()
	defer close(done)
	_, err := httpServer{server.URL, newHTTPClient(50 * time.Millisecond)}.call("GET", "/auth/whoami", nil, nil)
	if stageOf(err) != Network {
		t.Errorf("a silent server came out as %v", err)
	}
}
