"""Pull: what the device lacks comes from the server (8.6, 8.7, 8.9)."""

from dataclasses import dataclass, field

from . import forms
from .device import Address, Received, Resource, read_resource
from .duplicates import fix_dupes
from .errors import ProtocolError
from .json_text import Json
from .push import open_document
from .session import Session
from .transport import SYNC_LIMIT


@dataclass
class Pulled:
    """What became of a pull, besides what the device holds now: what did not open, and conflicts with who won them."""

    failed: dict[Address, None] = field(default_factory=dict)
    conflicts: dict[Address, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """What pull answers."""

    resources: list[Received]
    ids_to_push: list[str]
    ids_to_remove: list[str]


def pull(session: Session, blacklist: list[str]) -> Pulled:
    """Has duplicate groups merged, then takes over what is new in all groups but those of the blacklist.

    A resource that does not open is reported in `failed`, and keeps the others from nothing (PULL-05).
    """
    for group_id in blacklist:
        forms.entity_id(group_id, "a group id")
    fix_dupes(session)
    outcome = Pulled()
    for groups in rounds(session, set(blacklist)):
        # Groups that an earlier round has found are left out of the later ones, like those of the other rounds.
        others = {each.group_id for each in session.device} - groups - session.groups.gone
        pull_round(session, groups, sorted({*blacklist, *others}), outcome)
    return outcome


def rounds(session: Session, left_out: set[str]) -> list[set[str]]:
    """The groups to pull, so that in each round every id is listed once (8.6); one round where no id is in two."""
    ids: dict[str, set[str]] = {}
    for resource in session.device:
        if resource.group_id not in left_out | session.groups.gone:
            ids.setdefault(resource.group_id, set()).add(resource.id)
    made: list[tuple[set[str], set[str]]] = [(set(), set())]
    for group_id, of_group in ids.items():
        for groups, listed in made:
            if not listed & of_group:
                groups.add(group_id)
                listed |= of_group
                break
        else:
            made.append(({group_id}, set(of_group)))
    return [groups for groups, _ in made]


def pull_round(session: Session, groups: set[str], blacklist: list[str], outcome: Pulled) -> None:
    listed = {each.id: each for each in session.device if each.group_id in groups}
    request = {"resources": [known(each) for each in listed.values()], "blacklist": blacklist}
    answer = read_answer(session.call("POST", "/sync/pull", request, limit=SYNC_LIMIT))
    if any(each.group_id in blacklist for each in answer.resources):
        raise ProtocolError(
            "state", "the answer to pull holds a resource of a group that it was to leave out (PULL-03)"
        )
    failed_groups: set[str] = set()
    for theirs in answer.resources:
        if theirs.group_id in failed_groups:
            outcome.failed[theirs.address] = None
        else:
            take(session, theirs, outcome, failed_groups)
    for identity in answer.ids_to_push:
        if identity in listed:
            listed[identity].waiting = True
    for identity in answer.ids_to_remove:
        if identity in listed and not listed[identity].waiting:
            listed[identity].removed = True


def known(resource: Resource) -> dict[str, Json]:
    """What a pull says of a resource that the device knows."""
    return {
        "id": resource.id,
        "resourceGroupId": resource.group_id,
        "version": resource.version,
        "removed": resource.removed,
    }


def take(session: Session, theirs: Received, outcome: Pulled, failed_groups: set[str]) -> None:
    """Takes over one resource, unless it does not open, or loses a conflict (SYNC-03, SYNC-05, PULL-09)."""
    try:
        document = open_document(session, theirs)
    except ProtocolError as error:
        if error.stage in ("network", "auth"):
            raise
        outcome.failed[theirs.address] = None
        if theirs.group_id not in session.groups.keys:
            failed_groups.add(theirs.group_id)
        return
    ours = session.device.get(theirs.address)
    if ours is not None and ours.waiting:
        won = theirs.last_edited <= ours.last_edited
        outcome.conflicts[theirs.address] = "client" if won else "server"
        if won:
            ours.version = theirs.version
            return
    session.device.take(theirs, document)


def read_answer(answer: Json) -> Answer:
    """An answer in which nothing is listed twice (PULL-06)."""
    resources = forms.list_of(read_resource)
    ids = forms.distinct(forms.resource_id)
    required = {"updatedResources": resources, "createdResources": resources, "idsToPush": ids, "idsToRemove": ids}
    members = forms.read(answer, "the answer to pull", required)
    received = members["createdResources"] + members["updatedResources"]
    if len({each.address for each in received}) != len(received):
        raise ProtocolError("schema", "the answer to pull must hold no resource twice (PULL-06)")
    if set(members["idsToPush"]) & set(members["idsToRemove"]):
        raise ProtocolError("schema", "the answer to pull must not have one id pushed and removed (8.6)")
    return Answer(received, members["idsToPush"], members["idsToRemove"])
