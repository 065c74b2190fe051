package e2ee

// Pull (8.6).

import (
	"slices"

	"e2ee-sync/conformance/adapters/go/jsontext"
)

// PullResult is what the device holds afterwards, what did not open, and where it had edits that waited.
type PullResult struct {
	Resources []Resource
	Failed    []Address
	Conflicts []Conflict
}

// Pull has duplicate groups merged (8.10), and takes over what the device lacks. Groups in the blacklist are left out.
func (s *Session) Pull(blacklist []string) (PullResult, error) {
	result := PullResult{Failed: []Address{}, Conflicts: []Conflict{}}
	if err := s.mergeDuplicates(); err != nil {
		return result, err
	}
	known := s.store.groups(every)
	for _, groups := range s.parts(blacklist) {
		hidden := slices.Clone(blacklist)
		for _, group := range known {
			if !slices.Contains(groups, group) && !slices.Contains(hidden, group) {
				hidden = append(hidden, group)
			}
		}
		seen, err := s.pullPart(groups, hidden, &result)
		if err != nil {
			return result, err
		}
		known = append(known, seen...)
	}
	result.Resources = s.store.held()
	return result, nil
}

// parts are the groups to pull in as few pulls as let each list an id once; there is always one.
func (s *Session) parts(blacklist []string) [][]string {
	parts := [][]string{{}}
	ids := []map[string]bool{{}}
	for _, group := range s.store.groups(every) {
		if slices.Contains(blacklist, group) {
			continue
		}
		entries := s.store.of(group, every)
		at := slices.IndexFunc(ids, func(taken map[string]bool) bool {
			return !slices.ContainsFunc(entries, func(e *entry) bool { return taken[e.ID] })
		})
		if at < 0 {
			at, parts, ids = len(parts), append(parts, nil), append(ids, map[string]bool{})
		}
		parts[at] = append(parts[at], group)
		for _, e := range entries {
			ids[at][e.ID] = true
		}
	}
	return parts
}

// pullPart pulls some groups, and gives the groups that occurred in the answer.
func (s *Session) pullPart(groups, hidden []string, result *PullResult) ([]string, error) {
	listed := map[string]*entry{}
	body := []any{}
	for _, e := range s.store.entries {
		if slices.Contains(groups, e.Group) {
			listed[e.ID] = e
			body = append(body, jsontext.NewObject(
				member("id", e.ID),
				member("resourceGroupId", e.Group),
				member("version", e.version),
				member("removed", e.Removed),
			))
		}
	}
	answer, err := s.askToPull(body, hidden)
	if err != nil {
		return nil, err
	}
	unopened, err := s.openGroups(answer.resources)
	if err != nil {
		return nil, err
	}
	s.takeOver(answer.resources, unopened, result)
	for _, id := range answer.toPush {
		if e := listed[id]; e != nil {
			e.waiting = true
		}
	}
	for _, id := range answer.toRemove {
		if e := listed[id]; e != nil && !e.waiting {
			e.Removed = true
		}
	}
	var seen []string
	for _, r := range answer.resources {
		seen = append(seen, r.Group)
	}
	return seen, nil
}

// pullAnswer is what the device lacks, from both lists, and the ids to push and to remove.
type pullAnswer struct {
	resources        []received
	toPush, toRemove []string
}

// askToPull refuses an answer that holds a resource twice (schema, PULL-06), or one of a group that was left out (state).
func (s *Session) askToPull(resources []any, blacklist []string) (answer pullAnswer, err error) {
	const what = "answer to pull"
	object, err := s.callForObject("POST", "/sync/pull", jsontext.NewObject(
		member("resources", resources), member("blacklist", blacklist),
	))
	if err != nil {
		return answer, err
	}
	updated, err := listMember(what, object, "updatedResources", readResource)
	if err != nil {
		return answer, err
	}
	created, err := listMember(what, object, "createdResources", readResource)
	if err != nil {
		return answer, err
	}
	if answer.toPush, err = listMember(what, object, "idsToPush", textItem("idsToPush", isResourceID)); err != nil {
		return answer, err
	}
	if answer.toRemove, err = listMember(what, object, "idsToRemove", textItem("idsToRemove", isResourceID)); err != nil {
		return answer, err
	}
	answer.resources = append(updated, created...)
	seen := map[Address]bool{}
	for _, r := range answer.resources {
		if seen[r.Address] {
			return answer, refuse(Schema, "the answer to pull holds resource %q of group %s twice (PULL-06)", r.ID, r.Group)
		}
		seen[r.Address] = true
		if slices.Contains(blacklist, r.Group) {
			return answer, refuse(State, "the answer to pull holds a resource of group %s, which was left out (10.3)", r.Group)
		}
	}
	return answer, nil
}

// openGroups asks for the key of every group that occurs and that is not held (PULL-10), before anything changes. It gives
// the groups that do not open; a call that fails otherwise ends the pull.
func (s *Session) openGroups(resources []received) (map[string]bool, error) {
	unopened := map[string]bool{}
	for _, r := range resources {
		if unopened[r.Group] {
			continue
		}
		_, err := s.groupKey(r.Group)
		if stage := stageOf(err); stage == Network || stage == Auth {
			return nil, err
		}
		unopened[r.Group] = err != nil
	}
	return unopened, nil
}

// takeOver opens every resource; one that does not open changes nothing and is reported (PULL-04, PULL-05).
func (s *Session) takeOver(resources []received, unopened map[string]bool, result *PullResult) {
	for _, r := range resources {
		if unopened[r.Group] {
			result.Failed = append(result.Failed, r.Address)
			continue
		}
		document, err := s.client.profile.openDocument(s.keys.held[r.Group], r.encContent)
		if err != nil {
			result.Failed = append(result.Failed, r.Address)
			continue
		}
		if own := s.store.find(r.Address); own != nil && own.waiting {
			result.Conflicts = append(result.Conflicts, s.store.resolve(own, r, document))
		} else {
			s.store.take(r, document)
		}
	}
}
