package e2ee

// What a device holds: resources with their versions, and the edits that wait for a push.

import "slices"

// entry is a resource on the device. One that waits was edited, or the server asked for it, since the last push.
type entry struct {
	Resource
	version                 string
	createdBy, lastEditedBy string
	lastEdited              int64
	waiting                 bool
}

// store keeps the entries in the order in which they came. Groups that the server answered 404 for are gone: what is held of
// them stays and is not synced (GROUP-04).
type store struct {
	entries   []*entry
	byAddress map[Address]*entry
	gone      map[string]bool
}

func newStore() *store { return &store{byAddress: map[Address]*entry{}, gone: map[string]bool{}} }

// find is nil where nothing is held.
func (s *store) find(address Address) *entry { return s.byAddress[address] }

// put holds an entry under the address of its resource, in the place of what is there.
func (s *store) put(put entry) {
	if e := s.find(put.Address); e != nil {
		*e = put
		return
	}
	s.entries = append(s.entries, &put)
	s.byAddress[put.Address] = &put
}

func (s *store) removeGroup(group string) {
	for _, e := range s.of(group, every) {
		delete(s.byAddress, e.Address)
	}
	s.entries = slices.DeleteFunc(s.entries, func(e *entry) bool { return e.Group == group })
	delete(s.gone, group)
}

// groups are those of the entries that pass, in the order in which they came, the gone ones left out.
func (s *store) groups(pass func(e *entry) bool) []string {
	var out []string
	for _, e := range s.entries {
		if pass(e) && !s.gone[e.Group] && !slices.Contains(out, e.Group) {
			out = append(out, e.Group)
		}
	}
	return out
}

func (s *store) of(group string, pass func(e *entry) bool) []*entry {
	var out []*entry
	for _, e := range s.entries {
		if e.Group == group && pass(e) {
			out = append(out, e)
		}
	}
	return out
}

func every(*entry) bool     { return true }
func waits(e *entry) bool   { return e.waiting }
func present(e *entry) bool { return !e.Removed }

// held is everything that is not removed.
func (s *store) held() []Resource {
	out := []Resource{}
	for _, e := range s.entries {
		if !e.Removed {
			out = append(out, e.Resource)
		}
	}
	return out
}

// edit takes a resource as its user has just left it.
func (s *store) edit(resource Resource, now int64, by string) {
	edited := entry{version: noVersion, createdBy: by}
	if e := s.find(resource.Address); e != nil {
		edited = *e
	}
	edited.Resource, edited.lastEdited, edited.lastEditedBy, edited.waiting = resource, now, by, true
	s.put(edited)
	delete(s.gone, resource.Group)
}

// take puts the server's resource in the place of what is held.
func (s *store) take(r received, document any) {
	s.put(entry{
		Resource:  Resource{r.Address, r.name, r.kind, document, r.removed},
		version:   r.version,
		createdBy: r.createdBy, lastEditedBy: r.lastEditedBy, lastEdited: r.lastEdited,
	})
}
