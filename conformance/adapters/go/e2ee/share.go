package e2ee

// Sharing and withdrawing (8.2, 8.3).

import (
	"maps"
	"slices"

	"e2ee-sync/conformance/adapters/go/jsontext"
)

// ShareWithPersons gives a link to the accounts of these addresses, and says which accounts these are. It gives up the whole
// share when the server names an account that was not asked for (state), leaves one out (state), or when a public key
// fails its checks or is another than before (SHARE-04, SHARE-05, SHARE-10).
func (s *Session) ShareWithPersons(group string, emails []string) ([]string, error) {
	normalized, err := normalizeEmails(emails)
	if err != nil {
		return nil, err
	}
	whom := member("emails", normalized)
	return s.share(group, whom, func(offer shareOffer) error { return offer.isFor(normalized, s.email) })
}

// ShareWithTeam gives a link to the accounts that are in a team at this moment, other than the caller (TEAM-04).
func (s *Session) ShareWithTeam(group, team string) ([]string, error) {
	accounts, err := s.accountsOf(team)
	if err != nil {
		return nil, err
	}
	return s.share(group, member("teamId", team), func(offer shareOffer) error {
		for id := range offer.keys {
			if !slices.Contains(accounts, id) {
				return refuse(State, "the server named an account that is not in the team (TEAM-04)")
			}
		}
		return nil
	})
}

func (s *Session) share(group string, whom jsontext.Member, check func(shareOffer) error) ([]string, error) {
	offer, err := s.askForKeys(group, whom)
	if err != nil {
		return nil, err
	}
	if _, own := offer.keys[s.accountID]; own {
		return nil, refuse(State, "the server named the caller's own account to share with (SHARE-04)")
	}
	if err := check(offer); err != nil {
		return nil, err
	}
	keys, err := s.checkKeys(offer.keys)
	if err != nil {
		return nil, err
	}
	if err := s.adoptLink(groupLink{group, offer.symLink}); err != nil {
		return nil, err
	}
	accounts := slices.Sorted(maps.Keys(keys))
	if len(accounts) == 0 {
		return []string{}, nil
	}
	links := jsontext.NewObject()
	for _, id := range accounts {
		links.Set(id, toHex(s.client.profile.link(keys[id], s.keys.held[group])))
	}
	return accounts, s.do("POST", groupPath(group)+"/share-b", jsontext.NewObject(whom, member("keys", links)))
}

// shareOffer is the answer to share-a: the caller's link, the public keys by account as they were received, and where
// persons were asked for the address of each account.
type shareOffer struct {
	symLink  string
	keys     map[string]string
	accounts map[string]string
}

func (s *Session) askForKeys(group string, whom jsontext.Member) (offer shareOffer, err error) {
	const what = "answer to share-a"
	object, err := s.callForObject("POST", groupPath(group)+"/share-a", jsontext.NewObject(whom))
	if err != nil {
		return offer, err
	}
	if offer.symLink, err = textMember(what, object, "encSymmetricKey"); err != nil {
		return offer, err
	}
	if offer.keys, err = byAccount(what, object, "keys", textMember); err != nil {
		return offer, err
	}
	if _, present := object.Get("accounts"); present {
		offer.accounts, err = byAccount(what, object, "accounts", emailMember)
	}
	return offer, err
}

func byAccount(
	what string, object *jsontext.Object, name string,
	read func(what string, object *jsontext.Object, member string) (string, error),
) (map[string]string, error) {
	value, _ := object.Get(name)
	entries, err := objectOf("the member "+name+" of the "+what, value)
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for _, id := range entries.Names() {
		if !accountIDForm.MatchString(id) {
			return nil, refuse(Schema, "a name in %s of the %s is no account id (HTTP-09)", name, what)
		}
		if out[id], err = read(what, entries, id); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// isFor holds the offer to the addresses that were asked for, the caller's own left out: each stands for one account, and
// there is no other account.
func (o shareOffer) isFor(emails []string, own string) error {
	if o.accounts == nil {
		return refuse(Schema, "the answer to share-a does not say which account stands for which address (8.2)")
	}
	missing := slices.DeleteFunc(slices.Clone(emails), func(email string) bool { return email == own })
	for id := range o.keys {
		at := slices.Index(missing, o.accounts[id])
		if at < 0 {
			return refuse(State, "the server named an account that was not asked for (SHARE-04)")
		}
		missing = slices.Delete(missing, at, at+1)
	}
	if len(missing) > 0 {
		return refuse(State, "the server named no account for %d of the addresses (8.2)", len(missing))
	}
	return nil
}

// checkKeys takes every public key or none, and remembers them.
func (s *Session) checkKeys(received map[string]string) (map[string]publicKey, error) {
	keys := map[string]publicKey{}
	for id, text := range received {
		key, err := readPublicKey(text)
		if err != nil {
			return nil, err
		}
		if before, known := s.seen[id]; known && before != key.n.Text(16) {
			return nil, refuse(State, "the public key of account %s is another than before: ask its user (SHARE-10)", id)
		}
		keys[id] = key
	}
	for id, key := range keys {
		s.seen[id] = key.n.Text(16)
	}
	return keys, nil
}

// Unshare withdraws the links of persons, or with nil of everybody but the owner (UNSHARE-07).
func (s *Session) Unshare(group string, emails []string) error {
	if emails == nil {
		return s.do("PUT", groupPath(group)+"/unshare", nil)
	}
	normalized, err := normalizeEmails(emails)
	if err != nil {
		return err
	}
	if len(normalized) == 0 {
		return refuse(State, "nobody was named: an empty list must not withdraw from everybody (8.3)")
	}
	return s.do("PUT", groupPath(group)+"/unshare", jsontext.NewObject(member("emails", normalized)))
}
