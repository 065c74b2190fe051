package e2ee

// A client for one server and one profile, which its user has chosen (11.2).

import "time"

// Client makes accounts and logs in.
type Client struct {
	server  caller
	profile Profile
}

// NewClient takes the base URL of a server, and how long a call waits for another byte: Patience, or less. It refuses plain HTTP to another host than a loopback address at network.
func NewClient(base string, profile Profile, patience time.Duration) (*Client, error) {
	server, err := newServer(base, patience)
	return &Client{server, profile}, err
}
