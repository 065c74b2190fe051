package e2ee

// Duplicate groups (8.10).

import (
	"bytes"
	"slices"

	"e2ee-sync/conformance/adapters/go/jsontext"
)

// mergeDuplicates has groups merged that hold the same resource id, before a pull. It refuses at state an answer that deletes
// a group that was not named, or all that hold a document.
func (s *Session) mergeDuplicates() error {
	clusters := s.duplicates()
	named := slices.Concat(clusters...)
	if len(named) == 0 {
		return nil
	}
	object, err := s.callForObject("POST", "/sync/fix-dupes", jsontext.NewObject(member("ids", named)))
	if isGone(err) {
		return nil // the server leaves the call out (SYNC-12)
	}
	if err != nil {
		return err
	}
	deleted, err := listMember("answer to fix-dupes", object, "deleteResourceGroupIds", textItem("deleteResourceGroupIds", opaqueIDForm.MatchString))
	if err != nil {
		return err
	}
	for _, group := range deleted {
		if !slices.Contains(named, group) {
			return refuse(State, "the server deleted group %s, which was not named (SYNC-08)", group)
		}
	}
	isDeleted := func(group string) bool { return slices.Contains(deleted, group) }
	for _, cluster := range clusters {
		if !slices.ContainsFunc(cluster, func(group string) bool { return !isDeleted(group) }) {
			return refuse(State, "the server kept none of the groups %q (SYNC-08)", cluster)
		}
	}
	for _, cluster := range clusters {
		kept := slices.DeleteFunc(slices.Clone(cluster), isDeleted)
		for _, group := range slices.DeleteFunc(cluster, func(group string) bool { return !isDeleted(group) }) {
			s.moveDocuments(group, s.closest(group, kept))
		}
	}
	return nil
}

// duplicates are the groups that are tied together by holding the same resource id.
func (s *Session) duplicates() [][]string {
	var clusters [][]string
	for _, group := range s.store.groups(present) {
		tied := []string{group}
		clusters = slices.DeleteFunc(clusters, func(cluster []string) bool {
			shares := slices.ContainsFunc(cluster, func(other string) bool { return s.shareAnID(group, other) })
			if shares {
				tied = append(slices.Clone(cluster), tied...)
			}
			return shares
		})
		clusters = append(clusters, tied)
	}
	return slices.DeleteFunc(clusters, func(cluster []string) bool { return len(cluster) < 2 })
}

func (s *Session) shareAnID(group, other string) bool {
	return slices.ContainsFunc(s.store.of(group, present), func(e *entry) bool {
		twin := s.store.find(Address{other, e.ID})
		return twin != nil && !twin.Removed
	})
}

// closest is the kept group that holds a document of the deleted one, or else any.
func (s *Session) closest(group string, kept []string) string {
	for _, other := range kept {
		if s.shareAnID(group, other) {
			return other
		}
	}
	return kept[0]
}

// moveDocuments lets the kept group have the documents that only the deleted one had, as new resources that wait for the
// next push (SYNC-10). Where both have one and the deleted group's is another and later, it becomes an edit, so that it is
// not lost. The deleted group is forgotten.
func (s *Session) moveDocuments(from, to string) {
	for _, e := range s.store.of(from, present) {
		address := Address{to, e.ID}
		twin := s.store.find(address)
		if twin != nil && !twin.Removed && (e.lastEdited <= twin.lastEdited || e.says(twin)) {
			continue
		}
		moved := *e
		moved.Address, moved.version, moved.waiting = address, noVersion, true
		if twin != nil {
			moved.version = twin.version
		}
		s.store.put(moved)
	}
	s.store.removeGroup(from)
	s.keys.forget(from)
}

// says holds for two entries of the same content.
func (e *entry) says(other *entry) bool {
	return e.Name == other.Name && e.Type == other.Type && bytes.Equal(jsontext.Write(e.Document), jsontext.Write(other.Document))
}
