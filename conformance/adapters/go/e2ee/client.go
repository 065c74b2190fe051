package e2ee

// A client for one server and one profile, which its user has chosen (11.2).

// Client makes accounts and logs in.
type Client struct {
	server  caller
	profile Profile
}

// NewClient takes the base URL of a server. It refuses plain HTTP to another host than a loopback address at network.
func NewClient(base string, profile Profile) (*Client, error) {
	server, err := newServer(base)
	return &Client{server, profile}, err
}
