package main

// The verbs of chapter 8.

import (
	"fmt"

	"e2ee-sync/conformance/adapters/go/e2ee"
	"e2ee-sync/conformance/adapters/go/jsontext"
)

func createGroup(session *e2ee.Session, params parameters) (*jsontext.Object, error) {
	parent, err := params.text("parentResourceId")
	if err != nil {
		return nil, err
	}
	name, err := params.text("name")
	if err != nil {
		return nil, err
	}
	id, err := session.CreateGroup(parent, name)
	return jsontext.NewObject(member("groupId", id)), err
}

func share(session *e2ee.Session, params parameters) (*jsontext.Object, error) {
	group, err := params.text("groupId")
	if err != nil {
		return nil, err
	}
	emails, err := params.texts("emails")
	if err != nil {
		return nil, err
	}
	team, err := params.optionalText("teamId")
	if err != nil {
		return nil, err
	}
	var accounts []string
	switch {
	case team != nil && emails == nil:
		accounts, err = session.ShareWithTeam(group, *team)
	case team == nil && emails != nil:
		accounts, err = session.ShareWithPersons(group, emails)
	default:
		err = fmt.Errorf("share takes either emails or a teamId")
	}
	return jsontext.NewObject(member("accountIds", accounts)), err
}

func unshare(session *e2ee.Session, params parameters) (*jsontext.Object, error) {
	group, err := params.text("groupId")
	if err != nil {
		return nil, err
	}
	emails, err := params.texts("emails")
	if err != nil {
		return nil, err
	}
	return jsontext.NewObject(), session.Unshare(group, emails)
}

func createTeam(session *e2ee.Session, params parameters) (*jsontext.Object, error) {
	name, err := params.text("name")
	if err != nil {
		return nil, err
	}
	emails, err := params.texts("emails")
	if err != nil {
		return nil, err
	}
	id, err := session.CreateTeam(name, emails)
	return jsontext.NewObject(member("teamId", id)), err
}

func teams(session *e2ee.Session, _ parameters) (*jsontext.Object, error) {
	teams, err := session.Teams()
	list := []any{}
	for _, team := range teams {
		list = append(list, jsontext.NewObject(
			member("teamId", team.ID), member("name", team.Name), member("accountIds", team.AccountIDs),
		))
	}
	return jsontext.NewObject(member("teams", list)), err
}

func push(session *e2ee.Session, params parameters) (*jsontext.Object, error) {
	list, err := params.list("edits")
	if err != nil {
		return nil, err
	}
	var edits []e2ee.Resource
	for _, item := range list {
		edit, err := readEdit(item)
		if err != nil {
			return nil, err
		}
		edits = append(edits, edit)
	}
	result, err := session.Push(edits)
	return jsontext.NewObject(
		member("pushed", addresses(result.Pushed)), member("conflicts", conflicts(result.Conflicts)),
	), err
}

func readEdit(item any) (edit e2ee.Resource, err error) {
	object, isObject := item.(*jsontext.Object)
	if !isObject {
		return edit, fmt.Errorf("an edit must be an object")
	}
	members := parameters{object}
	for name, text := range map[string]*string{
		"groupId": &edit.Group, "id": &edit.ID, "name": &edit.Name, "type": &edit.Type,
	} {
		if *text, err = members.text(name); err != nil {
			return edit, err
		}
	}
	document, present := object.Get("document")
	removed, _ := object.Get("removed")
	isRemoved, isBoolean := removed.(bool)
	if !present || !isBoolean {
		return edit, fmt.Errorf("an edit must have a document, and say whether it is removed")
	}
	edit.Document, edit.Removed = document, isRemoved
	return edit, nil
}

func pull(session *e2ee.Session, params parameters) (*jsontext.Object, error) {
	blacklist, err := params.texts("blacklist")
	if err != nil {
		return nil, err
	}
	result, err := session.Pull(blacklist)
	resources := []any{}
	for _, held := range result.Resources {
		resource := address(held.Address)
		resource.Set("name", held.Name)
		resource.Set("type", held.Type)
		resource.Set("document", held.Document)
		resources = append(resources, resource)
	}
	return jsontext.NewObject(
		member("resources", resources),
		member("failed", addresses(result.Failed)),
		member("conflicts", conflicts(result.Conflicts)),
	), err
}

func address(address e2ee.Address) *jsontext.Object {
	return jsontext.NewObject(member("groupId", address.Group), member("id", address.ID))
}

func addresses(list []e2ee.Address) []any {
	out := []any{}
	for _, item := range list {
		out = append(out, address(item))
	}
	return out
}

func conflicts(list []e2ee.Conflict) []any {
	out := []any{}
	for _, conflict := range list {
		item := address(conflict.Address)
		item.Set("winner", conflict.Winner)
		out = append(out, item)
	}
	return out
}
