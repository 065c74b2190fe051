package e2ee

// Push (8.5).

import (
	"slices"
	"time"

	"e2ee-sync/conformance/adapters/go/jsontext"
)

const (
	// pushBytes is how large a body may grow before another is begun; a server takes 16 MiB (HTTP-17).
	pushBytes = 15 << 20
	// rounds is how often an own edit is pushed against versions that change under it, before it waits for the next push.
	rounds = 8
)

// PushResult says what the server took, and where it had another version.
type PushResult struct {
	Pushed    []Address
	Conflicts []Conflict
}

func (r *PushResult) conflict(c Conflict) {
	r.Conflicts = slices.DeleteFunc(r.Conflicts, func(before Conflict) bool { return before.Address == c.Address })
	r.Conflicts = append(r.Conflicts, c)
}

// Push makes edits at this moment, and pushes every edit that waits, each group by itself, so that an id occurs once in a
// push. A group that is gone does not keep the others; it is reported after them.
func (s *Session) Push(edits []Resource) (PushResult, error) {
	result := PushResult{Pushed: []Address{}, Conflicts: []Conflict{}}
	for _, edit := range edits {
		if err := edit.checkWords(); err != nil {
			return result, err
		}
	}
	now := time.Now().UnixMilli()
	for _, edit := range edits {
		s.store.edit(edit, now, s.accountID)
	}
	var gone error
	for _, group := range s.store.groups(waits) {
		err := s.pushGroup(group, &result)
		if err != nil && !isGone(err) {
			return result, err
		}
		if gone == nil {
			gone = err
		}
	}
	return result, gone
}

// pushGroup pushes what waits in a group, and again what has won a conflict (SYNC-04).
func (s *Session) pushGroup(group string, result *PushResult) error {
	entries := s.store.of(group, waits)
	for round := 0; round < rounds && len(entries) > 0; round++ {
		key, err := s.groupKey(group)
		if err != nil {
			return err
		}
		var winners []*entry
		for _, batch := range s.batches(entries, key) {
			again, err := s.pushBatch(batch, key, result)
			if isGone(err) {
				// The group is gone, or the link to it was withdrawn: the server says so when it is asked (8.1).
				if asked := s.askForLink(group); asked != nil {
					return asked
				}
			}
			if err != nil {
				return err
			}
			winners = append(winners, again...)
		}
		entries = winners
	}
	return nil
}

// batch is the body of a push, and what it carries by id.
type batch struct {
	body    []any
	entries map[string]*entry
}

func (s *Session) batches(entries []*entry, key []byte) []batch {
	var out []batch
	size := pushBytes
	for _, e := range entries {
		resource := s.client.profile.envelope(e, key)
		length := len(jsontext.Write(resource))
		if size+length > pushBytes {
			out, size = append(out, batch{entries: map[string]*entry{}}), 0
		}
		last := &out[len(out)-1]
		last.body, size = append(last.body, resource), size+length+1
		last.entries[e.ID] = e
	}
	return out
}

// pushBatch gives the own edits that have won a conflict. What the answer does not list goes on waiting (PUSH-07).
func (s *Session) pushBatch(pushed batch, key []byte, result *PushResult) ([]*entry, error) {
	answer, err := s.askToPush(pushed)
	if err != nil {
		return nil, err
	}
	for _, taken := range answer.taken {
		if e, known := pushed.entries[taken.id]; known {
			e.version, e.waiting = taken.version, false
			result.Pushed = append(result.Pushed, e.Address)
		}
	}
	var winners []*entry
	var unreadable error
	for _, theirs := range answer.conflicts {
		own := pushed.entries[theirs.ID]
		var document any
		if theirs.lastEdited > own.lastEdited {
			if document, err = s.client.profile.openDocument(key, theirs.encContent); err != nil {
				unreadable = err
				continue
			}
		}
		conflict := s.store.resolve(own, theirs, document)
		result.conflict(conflict)
		if conflict.Winner == ClientWins {
			winners = append(winners, own)
		}
	}
	return winners, unreadable
}

// pushAnswer is what became of a push: what was taken, from all three lists, and the conflicts.
type pushAnswer struct {
	taken     []idAndVersion
	conflicts []received
}

// askToPush refuses an answer that lists a resource twice (schema), or a conflict of another group or resource than were
// pushed (state).
func (s *Session) askToPush(pushed batch) (answer pushAnswer, err error) {
	object, err := s.callForObject("POST", "/sync/push", pushed.body)
	if err != nil {
		return answer, err
	}
	for _, name := range []string{"updated", "created", "removed"} {
		list, err := listMember("answer to push", object, name, readIDAndVersion)
		if err != nil {
			return answer, err
		}
		answer.taken = append(answer.taken, list...)
	}
	if answer.conflicts, err = listMember("answer to push", object, "conflicts", readResource); err != nil {
		return answer, err
	}
	listed := map[string]bool{}
	for _, id := range answer.ids() {
		if listed[id] {
			return answer, refuse(Schema, "the answer to push lists resource %q twice (PUSH-02)", id)
		}
		listed[id] = true
	}
	for _, theirs := range answer.conflicts {
		if own := pushed.entries[theirs.ID]; own == nil || own.Address != theirs.Address {
			return answer, refuse(State, "the answer to push has a conflict of a resource that was not pushed (10.3)")
		}
	}
	return answer, nil
}

func (a pushAnswer) ids() []string {
	var out []string
	for _, taken := range a.taken {
		out = append(out, taken.id)
	}
	for _, theirs := range a.conflicts {
		out = append(out, theirs.ID)
	}
	return out
}
