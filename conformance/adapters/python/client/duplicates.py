"""Duplicate groups, merged before a pull (8.10)."""

from dataclasses import replace

from . import forms
from .device import NO_VERSION, Resource
from .errors import ProtocolError, StatusError
from .session import Session


def fix_dupes(session: Session) -> None:
    """Has the groups merged that hold the same resource id, and moves what only a deleted one had (SYNC-10)."""
    for group_ids in clusters(session):
        try:
            answer = session.call("POST", "/sync/fix-dupes", {"ids": group_ids})
        except StatusError as error:
            if error.status == 404:
                return  # the server leaves the call out (SYNC-12)
            raise
        required = {"deleteResourceGroupIds": forms.distinct(forms.entity_id)}
        deleted = forms.read(answer, "the answer to fix-dupes", required)["deleteResourceGroupIds"]
        if not set(deleted) < set(group_ids):
            raise ProtocolError(
                "state", "fix-dupes must delete only groups that it was asked about, and keep one (SYNC-08)"
            )
        left = [group_id for group_id in group_ids if group_id not in deleted]
        # Which group was kept depends on what the deleted one holds, so all are found before one is forgotten.
        kept = {group_id: kept_for(session, group_id, left) for group_id in deleted}
        for group_id in deleted:
            move(session, group_id, kept[group_id])


def clusters(session: Session) -> list[list[str]]:
    """The groups that hold a resource id in common, directly or by way of others; only groups that are synced."""
    groups_of: dict[str, set[str]] = {}
    for resource in session.device:
        if resource.group_id not in session.groups.gone:
            groups_of.setdefault(resource.id, set()).add(resource.group_id)
    found: list[set[str]] = []
    for groups in groups_of.values():
        if len(groups) > 1:
            touching = [cluster for cluster in found if cluster & groups]
            found = [cluster for cluster in found if not cluster & groups]
            found.append(groups.union(*touching))
    return [sorted(cluster) for cluster in found]


def kept_for(session: Session, deleted: str, left: list[str]) -> str:
    """The group that was kept in place of a deleted one: of the same parent, or else with an id in common."""
    parents = session.groups.parents
    parent = parents.get(deleted)
    ids = ids_in(session, deleted)
    return min(left, key=lambda each: (parent is None or parents.get(each) != parent, not ids & ids_in(session, each)))


def ids_in(session: Session, group_id: str) -> set[str]:
    return {each.id for each in session.device if each.group_id == group_id}


def move(session: Session, deleted: str, kept: str) -> None:
    """Forgets a deleted group; its documents that are nowhere else wait to be pushed to the kept one."""
    for resource in session.device.forget_group(deleted):
        there = session.device.get((kept, resource.id))
        if not resource.removed and (there is None or there.removed or is_later(resource, there)):
            version = NO_VERSION if there is None else there.version
            session.device.put(replace(resource, group_id=kept, version=version, waiting=True))
    session.groups.drop(deleted)


def is_later(resource: Resource, there: Resource) -> bool:
    """Whether a document differs from the one of the same id in the kept group, and was edited after it."""
    return resource.document != there.document and resource.last_edited > there.last_edited
