package e2ee

// Resources as they travel (8.5).

import (
	"unicode/utf8"

	"e2ee-sync/conformance/adapters/go/jsontext"
)

// noVersion is the version of a resource that the server has never given one for (PUSH-01).
const noVersion = "__NO_VERSION__"

// Address says which resource: the same id in two groups stands for two.
type Address struct{ Group, ID string }

// Resource is a resource, opened.
type Resource struct {
	Address
	Name, Type string
	Document   any
	Removed    bool
}

// received is a resource as the server sent it; its encContent may be anything.
type received struct {
	Address
	name, version, kind     string
	createdBy, lastEditedBy string
	lastEdited              int64
	removed                 bool
	encContent              string
}

func readResource(value any) (r received, err error) {
	const what = "resource"
	object, err := objectOf("a "+what, value)
	if err != nil {
		return r, err
	}
	if r.ID, err = lengthMember(what, object, "id", 1, 200); err != nil {
		return r, err
	}
	if r.Group, err = formMember(what, object, "resourceGroupId", opaqueIDForm); err != nil {
		return r, err
	}
	if r.name, err = textMember(what, object, "name"); err != nil {
		return r, err
	}
	if r.version, err = lengthMember(what, object, "version", 1, 200); err != nil {
		return r, err
	}
	if r.kind, err = textMember(what, object, "type"); err != nil {
		return r, err
	}
	if r.kind == "" {
		return r, refuse(Schema, "the member type of a resource must not be empty (HTTP-09)")
	}
	if r.createdBy, err = formMember(what, object, "createdBy", accountIDForm); err != nil {
		return r, err
	}
	if r.lastEditedBy, err = formMember(what, object, "lastEditedBy", accountIDForm); err != nil {
		return r, err
	}
	if r.lastEdited, err = momentMember(what, object, "lastEdited"); err != nil {
		return r, err
	}
	if r.removed, err = booleanMember(what, object, "removed"); err != nil {
		return r, err
	}
	r.encContent, err = textMember(what, object, "encContent")
	return r, err
}

// idAndVersion is an item of the lists updated, created and removed of a push.
type idAndVersion struct{ id, version string }

func readIDAndVersion(value any) (v idAndVersion, err error) {
	object, err := objectOf("an item of the answer to push", value)
	if err != nil {
		return v, err
	}
	if v.id, err = lengthMember("answer to push", object, "id", 1, 200); err != nil {
		return v, err
	}
	v.version, err = lengthMember("answer to push", object, "version", 1, 200)
	return v, err
}

// envelope writes a resource with every member of the table in 8.5 (PUSH-08), its document encrypted afresh.
func (p Profile) envelope(e *entry, groupKey []byte) *jsontext.Object {
	return jsontext.NewObject(
		member("id", e.ID),
		member("name", e.Name),
		member("resourceGroupId", e.Group),
		member("version", e.version),
		member("type", e.Type),
		member("createdBy", e.createdBy),
		member("lastEdited", e.lastEdited),
		member("lastEditedBy", e.lastEditedBy),
		member("removed", e.Removed),
		member("encContent", seal(groupKey, p.jsonPlaintext(e.Document))),
	)
}

// checkWords refuses an id, name or type with half of a surrogate pair, or an id or type that is not of its form.
func (r Resource) checkWords() error {
	for _, text := range []string{r.ID, r.Name, r.Type} {
		if err := wellFormed("the id, name or type of the resource", text); err != nil {
			return err
		}
	}
	if utf8.RuneCountInString(r.ID) > 200 || r.ID == "" || r.Type == "" {
		return refuse(Schema, "a resource must have an id of 1 to 200 characters and a type (8.5)")
	}
	return nil
}
