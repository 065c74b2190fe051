"""Push: edits go to the server, and conflicts come back (8.5, 8.7)."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from . import forms, json_text, messages
from .device import Address, Edit, Received, Resource, read_resource
from .errors import ProtocolError, StatusError
from .groups import fetch_key, key_of
from .json_text import Json
from .session import Session
from .transport import MEBIBYTE, SYNC_LIMIT

ROUNDS = 3
"""How often one push sends a resource that goes on being in conflict; what is left waits for the next."""
BODY_LIMIT = 16 * MEBIBYTE
"""What a server takes at least (HTTP-17)."""


@dataclass
class Pushed:
    """What became of a push: addresses that the server took, conflicts with who won them, what could not be opened."""

    pushed: dict[Address, None] = field(default_factory=dict)
    conflicts: dict[Address, str] = field(default_factory=dict)
    failed: dict[Address, None] = field(default_factory=dict)


def push(session: Session, edits: list[Edit]) -> Pushed:
    """Makes the edits on the device, then pushes everything that waits, that of earlier calls too.

    A group that is gone keeps its documents on the device and is an error at stage `state`, after all others have been
    pushed.
    """
    session.check_open()
    for edit in edits:
        edit.check()
    for edit in edits:
        session.device.edit(edit, session.account_id)
    troubles = [gone(edit.group_id) for edit in edits if edit.group_id in session.groups.gone]
    outcome = Pushed()
    waiting = [each for each in session.device if each.waiting and each.group_id not in session.groups.gone]
    for _ in range(ROUNDS):
        again: list[Resource] = []
        for batch in batches(sealed(session, waiting, troubles)):
            again += push_batch(session, batch, outcome, troubles)
        waiting = again
    if troubles:
        raise troubles[0]
    return outcome


@dataclass(frozen=True)
class Parcel:
    """A resource with what is sent of it."""

    resource: Resource
    request: dict[str, Json]
    size: int


def sealed(session: Session, resources: list[Resource], troubles: list[ProtocolError]) -> Iterator[Parcel]:
    """Encrypts each document afresh, with the key of its group (WRAP-09); what has no key is a trouble of its own."""
    failed_groups: set[str] = set()
    for resource in resources:
        if resource.group_id in failed_groups:
            continue
        try:
            key = key_of(session, resource.group_id)
        except ProtocolError as error:
            if error.stage in ("network", "auth"):
                raise
            failed_groups.add(resource.group_id)
            troubles.append(error)
            continue
        request = {
            "id": resource.id,
            "name": resource.name,
            "resourceGroupId": resource.group_id,
            "version": resource.version,
            "type": resource.type,
            "createdBy": resource.created_by,
            "lastEdited": resource.last_edited,
            "lastEditedBy": resource.last_edited_by,
            "removed": resource.removed,
            "encContent": messages.encrypt_json(session.profile, key, resource.document, "a document"),
        }
        yield Parcel(resource, request, len(json_text.write(request, "a resource").encode("utf-8")))


def batches(parcels: Iterator[Parcel]) -> Iterator[list[Parcel]]:
    """What goes into one push: each id once (8.5), and no more than a server takes, unless one alone is larger."""
    waiting: list[tuple[int, list[Parcel]]] = []
    for parcel in parcels:
        for place, (size, batch) in enumerate(waiting):
            room = size + parcel.size + 1 <= BODY_LIMIT
            if room and all(other.resource.id != parcel.resource.id for other in batch):
                waiting[place] = (size + parcel.size + 1, [*batch, parcel])
                break
        else:
            waiting.append((parcel.size + 2, [parcel]))
    return (batch for _, batch in waiting)


def push_batch(session: Session, batch: list[Parcel], outcome: Pushed, troubles: list[ProtocolError]) -> list[Resource]:
    """One call. @returns the resources that are to be pushed again"""
    try:
        answer = session.call("POST", "/sync/push", [parcel.request for parcel in batch], limit=SYNC_LIMIT)
    except StatusError as error:
        if error.status == 401:
            raise
        return after_refusal(session, batch, error, troubles)
    accepted, conflicts = read_answer(answer)
    by_id = {parcel.resource.id: parcel.resource for parcel in batch}
    for identity, version in accepted.items():
        resource = by_id.get(identity)
        if resource is not None:
            resource.version, resource.waiting = version, False
            outcome.pushed[resource.address] = None
    again = []
    for theirs in conflicts:
        ours = by_id.get(theirs.id)
        if ours is not None and ours.address == theirs.address and resolve(session, ours, theirs, outcome):
            again.append(ours)
    return again


def after_refusal(
    session: Session, batch: list[Parcel], error: StatusError, troubles: list[ProtocolError]
) -> list[Resource]:
    """After 404 asks for each group, and leaves out those that are gone (GROUP-04); else nothing was pushed."""
    if error.status == 404:
        for group_id in {parcel.resource.group_id for parcel in batch}:
            try:
                fetch_key(session, group_id)
            except StatusError as answer:
                if answer.status != 404:
                    raise
                troubles.append(gone(group_id))
        left = [parcel.resource for parcel in batch if parcel.resource.group_id not in session.groups.gone]
        if len(left) < len(batch):
            return left
    troubles.append(error)
    return []


def resolve(session: Session, ours: Resource, theirs: Received, outcome: Pushed) -> bool:
    """The later edit wins, on a tie ours (SYNC-03). @returns whether ours has won, and is pushed again (SYNC-04)"""
    if theirs.last_edited <= ours.last_edited:
        ours.version = theirs.version
        outcome.conflicts[ours.address] = "client"
        return True
    try:
        document = open_document(session, theirs)
    except ProtocolError:
        # What does not open changes nothing here (PULL-04); ours goes on waiting.
        outcome.failed[ours.address] = None
        return False
    session.device.take(theirs, document)
    outcome.conflicts[ours.address] = "server"
    return False


def open_document(session: Session, received: Received) -> Json:
    """The document of a resource, opened with the key of its group."""
    key = key_of(session, received.group_id)
    return messages.decrypt_json(session.profile, key, received.enc_content, "encContent")


def read_answer(answer: Json) -> tuple[dict[str, str], list[Received]]:
    """The versions of what was accepted by id, and the conflicts; an id that is listed twice is refused."""
    versions = forms.list_of(read_version)
    lists = ("updated", "created", "removed")
    required = {**dict.fromkeys(lists, versions), "conflicts": forms.list_of(read_resource)}
    members = forms.read(answer, "the answer to push", required)
    pairs = [pair for name in lists for pair in members[name]]
    conflicts: list[Received] = members["conflicts"]
    forms.distinct(forms.text)(
        [identity for identity, _ in pairs] + [each.id for each in conflicts], "the answer to push"
    )
    return dict(pairs), conflicts


def read_version(value: Json, what: str) -> tuple[str, str]:
    members = forms.read(value, what, {"id": forms.resource_id, "version": forms.version})
    return members["id"], members["version"]


def gone(group_id: str) -> ProtocolError:
    return ProtocolError(
        "state", f"the group {group_id} is gone or withdrawn: its documents stay on this device and are not synced"
    )
