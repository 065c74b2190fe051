"""What a device holds: resources, opened, and what of them waits to be pushed (2.2, 8.7)."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from . import forms, json_text
from .encoding import utf8
from .json_text import Json

NO_VERSION = "__NO_VERSION__"
"""The version of a resource that the server has never given one for (PUSH-01)."""

Address = tuple[str, str]
"""The id of a group and the id of a resource: together they name one resource."""


@dataclass
class Resource:
    """A resource with its document; `waiting` says that it is to be pushed."""

    group_id: str
    id: str
    name: str
    type: str
    document: Json = field(repr=False)
    removed: bool
    created_by: str
    last_edited: int
    last_edited_by: str
    version: str
    waiting: bool = False

    @property
    def address(self) -> Address:
        return self.group_id, self.id


@dataclass(frozen=True)
class Received:
    """A resource as the server sends it: the envelope, and `encContent` as text (8.5)."""

    group_id: str
    id: str
    name: str
    type: str
    created_by: str
    last_edited: int
    last_edited_by: str
    removed: bool
    version: str
    enc_content: str

    @property
    def address(self) -> Address:
        return self.group_id, self.id


def read_resource(value: Json, what: str) -> Received:
    """A resource of an answer. Whether `encContent` is a message is found when it is opened: it concerns one alone."""
    required = {
        "id": forms.resource_id,
        "name": forms.text,
        "resourceGroupId": forms.entity_id,
        "version": forms.version,
        "type": forms.resource_type,
        "createdBy": forms.account_id,
        "lastEdited": forms.moment,
        "lastEditedBy": forms.account_id,
        "removed": forms.boolean,
        "encContent": forms.text,
    }
    members = forms.read(value, what, required)
    return Received(
        group_id=members["resourceGroupId"],
        id=members["id"],
        name=members["name"],
        type=members["type"],
        created_by=members["createdBy"],
        last_edited=members["lastEdited"],
        last_edited_by=members["lastEditedBy"],
        removed=members["removed"],
        version=members["version"],
        enc_content=members["encContent"],
    )


@dataclass(frozen=True)
class Edit:
    """A resource as its user has just left it."""

    group_id: str
    id: str
    name: str
    type: str
    document: Json = field(repr=False)
    removed: bool

    def check(self) -> None:
        """Refuses what no message could carry, before anything is changed or sent."""
        forms.entity_id(self.group_id, "a group id")
        utf8(forms.resource_id(self.id, "a resource id"), "a resource id")
        utf8(forms.text(self.name, "a name"), "a name")
        utf8(forms.resource_type(self.type, "a type"), "a type")
        forms.boolean(self.removed, "removed")
        json_text.write(self.document, "a document")


class Device:
    """The resources of one device, by their addresses."""

    def __init__(self) -> None:
        self._resources: dict[Address, Resource] = {}

    def __iter__(self) -> Iterator[Resource]:
        return iter(list(self._resources.values()))

    def get(self, address: Address) -> Resource | None:
        return self._resources.get(address)

    def put(self, resource: Resource) -> None:
        self._resources[resource.address] = resource

    def edit(self, edit: Edit, account_id: str) -> None:
        """Takes an edit of the user, at this moment by the clock of the device."""
        held = self.get((edit.group_id, edit.id))
        self.put(
            Resource(
                group_id=edit.group_id,
                id=edit.id,
                name=edit.name,
                type=edit.type,
                document=edit.document,
                removed=edit.removed,
                created_by=account_id if held is None else held.created_by,
                last_edited=now(),
                last_edited_by=account_id,
                version=NO_VERSION if held is None else held.version,
                waiting=True,
            )
        )

    def take(self, received: Received, document: Json) -> None:
        """Takes over a resource of the server, with its document opened."""
        self.put(
            Resource(
                group_id=received.group_id,
                id=received.id,
                name=received.name,
                type=received.type,
                document=document,
                removed=received.removed,
                created_by=received.created_by,
                last_edited=received.last_edited,
                last_edited_by=received.last_edited_by,
                version=received.version,
            )
        )

    def forget_group(self, group_id: str) -> list[Resource]:
        """Takes the resources of a group from the device. @returns them"""
        taken = [resource for resource in self if resource.group_id == group_id]
        for resource in taken:
            del self._resources[resource.address]
        return taken


def now() -> int:
    """This moment in milliseconds since 1970."""
    return time.time_ns() // 1_000_000


def named(address: Address) -> dict[str, Any]:
    """An address as it is reported."""
    return {"groupId": address[0], "id": address[1]}
