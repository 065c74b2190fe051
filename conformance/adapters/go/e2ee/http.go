package e2ee

// The HTTP binding (chapter 9): one call, its limits, and what of its answer is refused.

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"e2ee-sync/conformance/adapters/go/jsontext"
)

const (
	// Patience is how long a call waits for another byte unless its user is less patient (HTTP-20).
	Patience = 60 * time.Second
	// syncLimit and otherLimit are the bytes of an answer that are read (HTTP-21).
	syncLimit  = 64 << 20
	otherLimit = 16 << 20
)

// caller makes one call and gives the JSON value of its answer; the session id and the body may be absent.
type caller interface {
	call(method, path string, sessionID []byte, body any) (any, error)
}

// httpServer is a server by its base URL, without a slash at the end, and the connections to it.
type httpServer struct {
	base   string
	client *http.Client
}

// newServer refuses a URL that is not HTTPS, nor HTTP to a loopback address, at network (HTTP-01).
func newServer(base string, patience time.Duration) (httpServer, error) {
	parsed, err := url.Parse(base)
	if err != nil || parsed.Host == "" || parsed.User != nil || strings.ContainsAny(base, "?#") {
		return httpServer{}, refuse(Network, "the server must be a URL without user, query and fragment (9.1)")
	}
	if parsed.Scheme != "https" && !(parsed.Scheme == "http" && isLoopback(parsed.Hostname())) {
		return httpServer{}, refuse(Network, "the server must be reached over HTTPS: plain HTTP is for loopback addresses (HTTP-01)")
	}
	return httpServer{strings.TrimSuffix(base, "/"), newHTTPClient(patience)}, nil
}

func isLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip.To4() != nil && ip.To4()[0] == 127 || ip.Equal(net.IPv6loopback)
}

// newHTTPClient follows no redirect (HTTP-16), keeps no cookie, and gives idle connections up before servers usually do.
func newHTTPClient(patience time.Duration) *http.Client {
	dial := func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := (&net.Dialer{Timeout: patience}).DialContext(ctx, network, address)
		return watched{conn, patience}, err
	}
	return &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			Proxy:              http.ProxyFromEnvironment,
			DialContext:        dial,
			DisableCompression: true,
			IdleConnTimeout:    time.Second,
		},
	}
}

// watched is a connection that fails when it is silent for longer than its patience.
type watched struct {
	net.Conn
	patience time.Duration
}

func (c watched) Read(p []byte) (int, error) {
	if err := c.SetDeadline(time.Now().Add(c.patience)); err != nil {
		return 0, err
	}
	return c.Conn.Read(p)
}

func (c watched) Write(p []byte) (int, error) {
	if err := c.SetDeadline(time.Now().Add(c.patience)); err != nil {
		return 0, err
	}
	return c.Conn.Write(p)
}

func (s httpServer) call(method, path string, sessionID []byte, body any) (any, error) {
	request, err := s.request(method, path, sessionID, body)
	if err != nil {
		return nil, err
	}
	response, err := s.client.Do(request)
	if err != nil {
		return nil, failure(path, err)
	}
	defer response.Body.Close()
	if response.StatusCode/100 != 2 {
		return nil, statusError(path, response.StatusCode, errorBody(response.Body))
	}
	// A parameter after the media type is let pass (9.2).
	if media, _, err := mime.ParseMediaType(response.Header.Get("Content-Type")); err != nil || media != "application/json" {
		return nil, refuse(Network, "%s answered with another media type than application/json (9.2)", path)
	}
	return readJSON(path, response.Body)
}

func (s httpServer) request(method, path string, sessionID []byte, body any) (*http.Request, error) {
	var content io.Reader
	if body != nil {
		content = bytes.NewReader(jsontext.Write(body))
	}
	request, err := http.NewRequest(method, s.base+path, content)
	if err != nil {
		return nil, refuse(Network, "%s is not a call that can be made to this server", path)
	}
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	if sessionID != nil {
		request.Header.Set("X-Session-Id", toHex(sessionID))
	}
	return request, nil
}

func limitOf(path string) int64 {
	if strings.HasPrefix(path, "/sync/") {
		return syncLimit
	}
	return otherLimit
}

func readJSON(path string, body io.Reader) (any, error) {
	text, err := io.ReadAll(io.LimitReader(body, limitOf(path)+1))
	if err != nil {
		return nil, failure(path, err)
	}
	if int64(len(text)) > limitOf(path) {
		return nil, refuse(Network, "%s answered with more than %d bytes (HTTP-21)", path, limitOf(path))
	}
	value, err := jsontext.Parse(text)
	if err != nil {
		return nil, refuse(Encoding, "the answer to %s is %s (HTTP-09)", path, err)
	}
	return value, nil
}

// errorBody reads the error body of 10.1; it is nil for anything else.
func errorBody(body io.Reader) *jsontext.Object {
	text, err := io.ReadAll(io.LimitReader(body, 1<<16))
	if err != nil {
		return nil
	}
	value, _ := jsontext.Parse(text)
	object, _ := value.(*jsontext.Object)
	return object
}

// failure is a call without an answer. What the library says of it names the URL, which the message leaves out.
func failure(path string, err error) error {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		err = wrapped.Err
	}
	return refuse(Network, "%s got no answer: %s", path, err)
}

// statusError reports an answer that is not 2xx, by its status (HTTP-13, 10.3).
func statusError(path string, status int, body *jsontext.Object) error {
	stage := Network
	switch status {
	case http.StatusUnauthorized:
		stage = Auth
	case http.StatusForbidden, http.StatusNotFound, http.StatusConflict:
		stage = State
	}
	said := ""
	if body != nil {
		if message, err := textMember("error", body, "message"); err == nil && len(message) <= 1000 {
			said = ": " + message
		}
	}
	err := refuse(stage, "%s was answered with status %d%s", path, status, said).(*Error)
	err.Status = status
	return err
}
