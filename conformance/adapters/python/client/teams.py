"""Teams (8.4)."""

from dataclasses import dataclass

from . import forms
from .encoding import utf8
from .json_text import Json
from .session import Session
from .text import normalize_email


@dataclass(frozen=True)
class Team:
    """A team that the caller is in."""

    id: str
    name: str
    account_ids: list[str]


def create_team(session: Session, name: str, emails: list[str]) -> str:
    """Makes a team of the caller and of persons, addresses as typed. @returns its id"""
    utf8(name, "the name of the team")
    request: dict[str, Json] = {"name": name}
    if emails:
        request["emails"] = list(dict.fromkeys(normalize_email(email) for email in emails))
    return read_team(session.call("POST", "/api/teams", request), "the answer about a team").id


def teams(session: Session) -> list[Team]:
    """The teams that the caller is in."""
    found = forms.list_of(read_team)(session.call("GET", "/api/teams"), "the answer about teams")
    forms.distinct(forms.entity_id)([team.id for team in found], "the ids of the teams")
    return found


def read_team(value: Json, what: str) -> Team:
    required = {
        "id": forms.entity_id,
        "name": forms.characters(1, 200),
        "ownerAccountId": forms.account_id,
        "accounts": forms.distinct(read_member),
    }
    members = forms.read(value, what, required)
    return Team(members["id"], members["name"], members["accounts"])


def read_member(value: Json, what: str) -> str:
    """The id of an account in a team."""
    required = {
        "id": forms.account_id,
        "email": forms.address,
        "firstName": forms.person_name,
        "lastName": forms.person_name,
        "isAdmin": forms.boolean,
    }
    return forms.read(value, what, required)["id"]
