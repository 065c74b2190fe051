"""Groups and their keys (8.1)."""

import hmac
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from . import forms, links
from .constants import KEY_BYTES, RSA_MODULUS_BYTES
from .encoding import utf8
from .errors import ProtocolError, StatusError
from .json_text import Json
from .profile import sha256

if TYPE_CHECKING:
    from .session import Session

link_form = forms.hex_of(RSA_MODULUS_BYTES)


@dataclass
class Groups:
    """The groups that a device knows. It remembers of a key that it had to drop what it takes to know it again."""

    keys: dict[str, bytes] = field(default_factory=dict, repr=False)
    parents: dict[str, str] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    fingerprints: dict[str, bytes] = field(default_factory=dict, repr=False)

    def take(self, group_id: str, key: bytes) -> bytes:
        """Holds a key of 32 bytes for the group; another one than before is refused at stage `decrypt` (GROUP-05)."""
        fingerprint = sha256(key)
        if not hmac.compare_digest(self.fingerprints.setdefault(group_id, fingerprint), fingerprint):
            raise ProtocolError("decrypt", f"the link to {group_id} opens to another key than before (GROUP-05)")
        self.keys[group_id] = key
        self.gone.discard(group_id)
        return key

    def drop(self, group_id: str) -> None:
        """Drops the key of a group that is gone, or withdrawn, and stops syncing it (GROUP-04)."""
        self.keys.pop(group_id, None)
        self.gone.add(group_id)


def link_text(value: Json, what: str) -> str:
    """A SYM_Link of 512 hex digits, as text."""
    return link_form(value, what).hex()


@dataclass(frozen=True)
class Group:
    """What the server says of a group: its id and the caller's link; its parent where the server gives it."""

    id: str
    link: str
    parent: str | None


def read_group(answer: Json) -> Group:
    required = {"id": forms.entity_id, "encSymmetricKey": link_text}
    optional = {"parentResourceId": forms.resource_id, "name": forms.text}
    members = forms.read(answer, "the answer about a group", required, optional)
    return Group(members["id"], members["encSymmetricKey"], members.get("parentResourceId"))


def create_group(session: "Session", parent: str, name: str) -> str:
    """Makes a group with a fresh key (KEY-03). @returns the id that the server gave it"""
    utf8(forms.resource_id(parent, "parentResourceId"), "parentResourceId")
    utf8(name, "the name of the group")
    key = secrets.token_bytes(KEY_BYTES)
    link = links.make_link(session.profile, session.keys.public, key)
    request = {"parentResourceId": parent, "name": name, "encSymmetricKey": link}
    group = read_group(session.call("POST", "/api/resource_groups", request))
    if group.link != link:
        raise ProtocolError("decrypt", "the server answers with another link than the one it was sent (KEY-05)")
    session.groups.take(group.id, key)
    session.groups.parents[group.id] = parent
    return group.id


def key_of(session: "Session", group_id: str) -> bytes:
    """The key of a group, 32 bytes: the one that is held, or the one in the link that the server gives."""
    held = session.groups.keys.get(group_id)
    return held if held is not None else fetch_key(session, group_id)


def fetch_key(session: "Session", group_id: str) -> bytes:
    """Asks for the caller's link and opens it (PULL-10); drops the group when the answer is 404 (GROUP-04)."""
    try:
        group = read_group(session.call("GET", f"/api/resource_groups/{forms.entity_id(group_id, 'a group id')}"))
    except StatusError as error:
        if error.status == 404:
            session.groups.drop(group_id)
        raise
    if group.id != group_id:
        raise ProtocolError("state", f"the server answers with another group than {group_id}")
    key = open_own_link(session, group_id, group.link)
    if group.parent is not None:
        session.groups.parents[group_id] = group.parent
    return key


def open_own_link(session: "Session", group_id: str, link: str) -> bytes:
    """Opens a link to the session's account, and holds its key for the group."""
    return session.groups.take(group_id, links.open_link(session.profile, session.keys.private, link))
