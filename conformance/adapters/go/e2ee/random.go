package e2ee

import "crypto/rand"

// random gives fresh random bytes from the generator of the system, which never fails.
func random(length int) []byte {
	out := make([]byte, length)
	rand.Read(out)
	return out
}
