package e2ee

// Groups and their keys (8.1).

import (
	"crypto/sha256"
	"crypto/subtle"
	"net/url"

	"e2ee-sync/conformance/adapters/go/jsontext"
)

// groupKeys are the keys that a session holds by group, and a digest of every key that it has held: one that was dropped
// is not replaced by another (8.1).
type groupKeys struct {
	held    map[string][]byte
	digests map[string][sha256.Size]byte
}

func newGroupKeys() groupKeys {
	return groupKeys{map[string][]byte{}, map[string][sha256.Size]byte{}}
}

// adopt holds the key of a group; it refuses another one than before at decrypt (GROUP-05).
func (k groupKeys) adopt(group string, key []byte) error {
	digest := sha256.Sum256(key)
	if before, known := k.digests[group]; known && before != digest {
		return refuse(Decrypt, "the link of group %s opens to another key than before (GROUP-05)", group)
	}
	k.held[group], k.digests[group] = key, digest
	return nil
}

// forget drops the key of a group (GROUP-04).
func (k groupKeys) forget(group string) {
	clear(k.held[group])
	delete(k.held, group)
}

func (k groupKeys) drop() {
	for group := range k.held {
		k.forget(group)
	}
}

// CreateGroup makes a group with a fresh key (KEY-03), encrypted to the account's own public key, which was checked at the
// login (GROUP-01). It gives the id that the server chose.
func (s *Session) CreateGroup(parentResourceID, name string) (string, error) {
	for _, text := range []string{parentResourceID, name} {
		if err := wellFormed("the name or parent of the group", text); err != nil {
			return "", err
		}
	}
	key := random(keyBytes)
	group, err := s.callForGroup("POST", "/api/resource_groups", jsontext.NewObject(
		member("parentResourceId", parentResourceID),
		member("name", name),
		member("encSymmetricKey", toHex(s.client.profile.link(s.public, key))),
	))
	if err != nil {
		return "", err
	}
	opened, err := s.client.profile.openLink(s.private, group.symLink)
	if err != nil {
		return "", err
	}
	if subtle.ConstantTimeCompare(opened, key) != 1 {
		return "", refuse(Decrypt, "the server answered with a link to another key than the new group's (GROUP-05)")
	}
	return group.id, s.keys.adopt(group.id, key)
}

// groupLink is a group with the caller's own link, as it was received.
type groupLink struct{ id, symLink string }

func (s *Session) callForGroup(method, path string, body any) (link groupLink, err error) {
	object, err := s.callForObject(method, path, body)
	if err != nil {
		return link, err
	}
	if link.id, err = formMember("group", object, "id", opaqueIDForm); err != nil {
		return link, err
	}
	link.symLink, err = textMember("group", object, "encSymmetricKey")
	return link, err
}

func (s *Session) adoptLink(link groupLink) error {
	key, err := s.client.profile.openLink(s.private, link.symLink)
	if err != nil {
		return err
	}
	return s.keys.adopt(link.id, key)
}

// groupKey is the key of a group, 32 bytes: the one that is held, or the one in the link that the server has (PULL-10).
func (s *Session) groupKey(group string) ([]byte, error) {
	if key, held := s.keys.held[group]; held {
		return key, nil
	}
	if err := s.askForLink(group); err != nil {
		return nil, err
	}
	return s.keys.held[group], nil
}

// askForLink asks for the caller's link to a group. When there is none it drops the key, and stops syncing (GROUP-04).
func (s *Session) askForLink(group string) error {
	link, err := s.callForGroup("GET", groupPath(group), nil)
	if isGone(err) {
		s.keys.forget(group)
		s.store.gone[group] = true
	}
	if err != nil {
		return err
	}
	if link.id != group {
		return refuse(State, "the server answered with another group than %s (10.3)", group)
	}
	if err := s.adoptLink(link); err != nil {
		return err
	}
	delete(s.store.gone, group)
	return nil
}

func groupPath(group string) string { return "/api/resource_groups/" + url.PathEscape(group) }
