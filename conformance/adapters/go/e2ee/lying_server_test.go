package e2ee

import (
	"strings"
	"testing"

	"e2ee-sync/conformance/adapters/go/jsontext"
)

// lyingServer answers each call by its method and path with JSON text, or a status in its place.
type lyingServer struct {
	t       *testing.T
	answers map[string]any
	sent    []string
	bodies  []string
}

func (s *lyingServer) call(method, path string, _ []byte, body any) (any, error) {
	s.sent = append(s.sent, method+" "+path)
	s.bodies = append(s.bodies, written(body))
	switch answer := s.answers[method+" "+path].(type) {
	case int:
		return nil, statusError(path, answer, nil)
	case string:
		value, err := jsontext.Parse([]byte(answer))
		if err != nil {
			s.t.Fatal(err)
		}
		return value, nil
	}
	s.t.Fatalf("%s %s was not to be called", method, path)
	return nil, nil
}

var (
	ownID        = "act_" + strings.Repeat("1", 64)
	bobID        = "act_" + strings.Repeat("2", 64)
	own, private = generateKeyPair()
	bob, _       = generateKeyPair()
	groupKeyOne  = random(keyBytes)
	groupKeyTwo  = random(keyBytes)
)

// device is a session with the key of group rg_1 and one document in it, pushed as version v1.
func device(t *testing.T, answers map[string]any) (*Session, *lyingServer) {
	server := &lyingServer{t: t, answers: answers}
	session := newSession(&Client{server, Documented}, random(keyBytes), "jane@example.com")
	session.accountID, session.symAccount, session.private, session.public = ownID, random(keyBytes), private, own
	if err := session.keys.adopt("rg_1", groupKeyOne); err != nil {
		t.Fatal(err)
	}
	session.store.put(entry{
		Resource: Resource{Address{"rg_1", "req_1"}, "one", "Request", "old", false},
		version:  "v1", createdBy: ownID, lastEditedBy: ownID, lastEdited: 1000,
	})
	return session, server
}

func symLink(to publicKey, key []byte) string { return toHex(Documented.link(to, key)) }

// remote is a resource as a server sends it.
func remote(group, id, version string, lastEdited int64, document string) string {
	return written(Documented.envelope(&entry{
		Resource: Resource{Address{group, id}, id, "Request", document, false},
		version:  version, createdBy: bobID, lastEditedBy: bobID, lastEdited: lastEdited,
	}, groupKeyOne))
}

func pullAnswerOf(updated, created, toPush, toRemove string) string {
	return `{"updatedResources":[` + updated + `],"createdResources":[` + created + `],"idsToPush":[` + toPush + `],"idsToRemove":[` + toRemove + `]}`
}

func wantStage(t *testing.T, err error, stage Stage) {
	t.Helper()
	if stageOf(err) != stage {
		t.Fatalf("it must be refused at %q, and came out as %v", stage, err)
	}
}

func TestPullRefuses(t *testing.T) {
	one := remote("rg_1", "req_1", "v2", 2000, "new")
	for name, c := range map[string]struct {
		answer    string
		blacklist []string
		stage     Stage
	}{
		"a resource in both lists":          {pullAnswerOf(one, one, "", ""), nil, Schema},
		"a resource of a group left out":    {pullAnswerOf("", remote("rg_2", "req_2", "v1", 1, "x"), "", ""), []string{"rg_2"}, State},
		"a missing list":                    {`{"updatedResources":[],"createdResources":[],"idsToPush":[]}`, nil, Schema},
		"a moment that is not whole":        {pullAnswerOf(strings.Replace(one, "2000", "2000.5", 1), "", "", ""), nil, Schema},
		"a moment beyond 2^53 - 1":          {pullAnswerOf(strings.Replace(one, "2000", "9007199254740992", 1), "", "", ""), nil, Schema},
		"an id that is no text":             {pullAnswerOf("", "", "1", ""), nil, Schema},
		"a name with half a surrogate pair": {pullAnswerOf(strings.Replace(one, `"name":"req_1"`, `"name":"\ud83d"`, 1), "", "", ""), nil, Schema},
	} {
		t.Run(name, func(t *testing.T) {
			session, _ := device(t, map[string]any{"POST /sync/pull": c.answer})
			_, err := session.Pull(c.blacklist)
			wantStage(t, err, c.stage)
			if held := session.store.held(); len(held) != 1 || held[0].Document != "old" {
				t.Errorf("%v is held after an answer that was refused", held)
			}
		})
	}
}

func TestPullGoesOnWithoutWhatDoesNotOpen(t *testing.T) {
	session, _ := device(t, map[string]any{
		"POST /sync/pull": pullAnswerOf(remote("rg_1", "req_1", "v2", 2.0e3, "new"),
			remote("rg_2", "a", "v1", 1, "x")+","+remote("rg_3", "b", "v1", 1, "x")+","+remote("rg_4", "c", "v1", 1, "x"), "", ""),
		"GET /api/resource_groups/rg_2": `{"id":"rg_3","encSymmetricKey":"` + symLink(own, groupKeyTwo) + `"}`,
		"GET /api/resource_groups/rg_3": 404,
		"GET /api/resource_groups/rg_4": `{"id":"rg_4","encSymmetricKey":"` + symLink(bob, groupKeyTwo) + `"}`,
	})
	result, err := session.Pull(nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Failed) != 3 || len(result.Resources) != 1 || result.Resources[0].Document != "new" {
		t.Errorf("failed are %v, held %v", result.Failed, result.Resources)
	}
}

func TestPullKeepsWhatWaits(t *testing.T) {
	session, server := device(t, map[string]any{
		"POST /sync/pull": pullAnswerOf(remote("rg_1", "req_1", "v2", 2000, "new"), "", "", `"req_1"`),
		"POST /sync/push": `{"updated":[{"id":"req_1","version":"v3"}],"created":[],"removed":[],"conflicts":[]}`,
	})
	session.store.edit(Resource{Address{"rg_1", "req_1"}, "one", "Request", "mine", false}, 3000, ownID)
	result, err := session.Pull(nil)
	if err != nil || len(result.Conflicts) != 1 || result.Conflicts[0].Winner != ClientWins || result.Resources[0].Document != "mine" {
		t.Fatalf("%v, %v", result, err)
	}
	if _, err := session.Push(nil); err != nil || !strings.Contains(server.bodies[1], `"version":"v2"`) {
		t.Errorf("the edit that won was pushed as %s (%v)", server.bodies[1], err)
	}
}

func TestPushRefuses(t *testing.T) {
	conflict := remote("rg_1", "req_1", "v2", 1, "theirs")
	for name, c := range map[string]struct {
		answer string
		stage  Stage
	}{
		"a resource in two lists":      {`{"updated":[{"id":"req_1","version":"v2"}],"created":[{"id":"req_1","version":"v2"}],"removed":[],"conflicts":[]}`, Schema},
		"taken, and in conflict":       {`{"updated":[{"id":"req_1","version":"v2"}],"created":[],"removed":[],"conflicts":[` + conflict + `]}`, Schema},
		"a conflict of another group":  {`{"updated":[],"created":[],"removed":[],"conflicts":[` + strings.Replace(conflict, "rg_1", "rg_2", 1) + `]}`, State},
		"a conflict that was not sent": {`{"updated":[],"created":[],"removed":[],"conflicts":[` + remote("rg_1", "x", "v1", 1, "x") + `]}`, State},
		"a later conflict that does not open": {`{"updated":[],"created":[],"removed":[],"conflicts":[` +
			strings.Replace(remote("rg_1", "req_1", "v2", 9e15, "theirs"), `\"ad\":\"\"`, `\"ad\":\"00\"`, 1) + `]}`, Decrypt},
		"nothing of what was pushed": {`{"updated":[],"created":[],"removed":[],"conflicts":[]}`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			session, _ := device(t, map[string]any{"POST /sync/push": c.answer})
			_, err := session.Push([]Resource{{Address{"rg_1", "req_1"}, "one", "Request", "mine", false}})
			wantStage(t, err, c.stage)
			if e := session.store.find(Address{"rg_1", "req_1"}); !e.waiting || e.Document != "mine" || e.version != "v1" {
				t.Errorf("the edit does not wait any more: %v", e)
			}
		})
	}
}

func TestPushLeavesAGoneGroup(t *testing.T) {
	session, server := device(t, map[string]any{"POST /sync/push": 404, "GET /api/resource_groups/rg_1": 404})
	_, err := session.Push([]Resource{{Address{"rg_1", "req_1"}, "one", "Request", "mine", false}})
	wantStage(t, err, State)
	if result, err := session.Push(nil); err != nil || len(result.Pushed) != 0 || len(server.sent) != 2 {
		t.Errorf("%v, %v after %v", result, err, server.sent)
	}
	if len(session.store.held()) != 1 || session.keys.held["rg_1"] != nil {
		t.Error("the document must stay, and the key must go")
	}
}

func TestShareRefuses(t *testing.T) {
	offer := func(link, keys, accounts string) string {
		return `{"encSymmetricKey":"` + link + `","keys":{` + keys + `}` + accounts + `}`
	}
	link := symLink(own, groupKeyOne)
	keyOf := func(id string, key publicKey) string { return written(id) + ":" + written(key.text()) }
	isBob := `,"accounts":{"` + bobID + `":"bob@example.com"}`
	for name, c := range map[string]struct {
		answer string
		stage  Stage
	}{
		"nobody who was asked for":    {offer(link, "", `,"accounts":{}`), State},
		"no addresses":                {offer(link, keyOf(bobID, bob), ""), Schema},
		"another address":             {offer(link, keyOf(bobID, bob), `,"accounts":{"`+bobID+`":"eve@example.com"}`), State},
		"an account without address":  {offer(link, keyOf(bobID, bob), `,"accounts":{}`), State},
		"two accounts for an address": {offer(link, keyOf(bobID, bob)+","+keyOf("act_"+strings.Repeat("3", 64), bob), strings.Replace(isBob, "{", `{"act_`+strings.Repeat("3", 64)+`":"bob@example.com",`, 1)), State},
		"the caller":                  {offer(link, keyOf(bobID, bob)+","+keyOf(ownID, own), isBob), State},
		"a name that is no account":   {offer(link, keyOf("bob", bob), `,"accounts":{"bob":"bob@example.com"}`), Schema},
		"a key with the exponent 3":   {offer(link, strings.Replace(keyOf(bobID, bob), "AQAB", "Aw", 1), isBob), Schema},
		"the key of somebody else":    {offer(link, keyOf(bobID, own), isBob), State},
		"the link to another key":     {offer(symLink(own, groupKeyTwo), keyOf(bobID, bob), isBob), Decrypt},
		"a link to somebody else":     {offer(symLink(bob, groupKeyOne), keyOf(bobID, bob), isBob), Decrypt},
	} {
		t.Run(name, func(t *testing.T) {
			session, server := device(t, map[string]any{"POST /api/resource_groups/rg_1/share-a": c.answer})
			session.seen[bobID] = bob.n.Text(16)
			_, err := session.ShareWithPersons("rg_1", []string{" Bob@Example.com"})
			wantStage(t, err, c.stage)
			if len(server.sent) != 1 {
				t.Errorf("%v was sent", server.sent)
			}
		})
	}
}

func TestGroupsRefuse(t *testing.T) {
	session, _ := device(t, map[string]any{"POST /api/resource_groups": `{"id":"rg_2","encSymmetricKey":"` + symLink(own, groupKeyTwo) + `"}`})
	_, err := session.CreateGroup("wrk_1", "Garden")
	wantStage(t, err, Decrypt)

	// A key that was dropped is not replaced by another.
	session, _ = device(t, map[string]any{"GET /api/resource_groups/rg_1": `{"id":"rg_1","encSymmetricKey":"` + symLink(own, groupKeyTwo) + `"}`})
	session.keys.forget("rg_1")
	_, err = session.groupKey("rg_1")
	wantStage(t, err, Decrypt)
}

func TestDuplicates(t *testing.T) {
	twoGroups := func(t *testing.T, answer string) (*Session, *lyingServer) {
		session, server := device(t, map[string]any{"POST /sync/fix-dupes": answer, "POST /sync/pull": pullAnswerOf("", "", "", "")})
		for _, id := range []string{"req_1", "req_2"} {
			session.store.put(entry{
				Resource: Resource{Address{"rg_2", id}, id, "Request", id, false}, version: "v7", createdBy: ownID, lastEditedBy: ownID,
			})
		}
		return session, server
	}
	for name, answer := range map[string]string{
		"a group that was not named": `{"deleteResourceGroupIds":["rg_3"]}`,
		"all groups":                 `{"deleteResourceGroupIds":["rg_1","rg_2"]}`,
	} {
		t.Run(name, func(t *testing.T) {
			session, _ := twoGroups(t, answer)
			_, err := session.Pull(nil)
			wantStage(t, err, State)
			if len(session.store.held()) != 3 {
				t.Error("a document was lost")
			}
		})
	}

	session, server := twoGroups(t, `{"deleteResourceGroupIds":["rg_2"]}`)
	result, err := session.Pull(nil)
	if err != nil || len(result.Resources) != 2 || len(session.store.groups(every)) != 1 {
		t.Fatalf("%v, %v", result, err)
	}
	if moved := session.store.find(Address{"rg_1", "req_2"}); moved == nil || !moved.waiting || moved.version != noVersion {
		t.Errorf("%v does not wait as a new resource", moved)
	}
	if kept := session.store.find(Address{"rg_1", "req_1"}); kept.Document != "old" || kept.waiting {
		t.Errorf("%v is not the later of two", kept)
	}
	if server.bodies[0] != `{"ids":["rg_1","rg_2"]}` {
		t.Errorf("%s was sent", server.bodies[0])
	}

	session, _ = twoGroups(t, `{"deleteResourceGroupIds":["rg_2"]}`)
	session.store.find(Address{"rg_2", "req_1"}).lastEdited = 2000
	if _, err := session.Pull(nil); err != nil {
		t.Fatal(err)
	}
	if kept := session.store.find(Address{"rg_1", "req_1"}); kept.Document != "req_1" || !kept.waiting || kept.version != "v1" {
		t.Errorf("%v is not the later of two", kept)
	}

	// Where the server keeps both, no pull lists an id twice.
	session, server = twoGroups(t, `{"deleteResourceGroupIds":[]}`)
	if _, err := session.Pull(nil); err != nil {
		t.Fatal(err)
	}
	if len(server.sent) != 3 || !strings.HasSuffix(server.bodies[1], `"blacklist":["rg_2"]}`) || !strings.HasSuffix(server.bodies[2], `"blacklist":["rg_1"]}`) {
		t.Errorf("%v were sent", server.bodies)
	}
}
