package e2ee

// Conflicts (8.7).

// The winners of a conflict.
const (
	ClientWins = "client"
	ServerWins = "server"
)

// Conflict is a resource that was edited on two devices, and whose edit won.
type Conflict struct {
	Address
	Winner string
}

// resolve lets the later edit win, the local one on a tie (SYNC-03). Whoever wins, the device goes on from the server's
// version; its own edit goes on waiting when it has won (SYNC-04).
func (s *store) resolve(own *entry, theirs received, document any) Conflict {
	if theirs.lastEdited > own.lastEdited {
		s.take(theirs, document)
		return Conflict{theirs.Address, ServerWins}
	}
	own.version = theirs.version
	return Conflict{theirs.Address, ClientWins}
}
