"""Push, pull and duplicate groups (8.5 to 8.10)."""
import json
import secrets
from collections import defaultdict

from . import forms
from .errors import Refused, not_found
from .service import Request, Service

ENVELOPE = {
    "id": forms.resource_id,
    "name": forms.string(),
    "resourceGroupId": forms.opaque_id,
    "version": forms.version,
    "type": forms.string(1),
    "createdBy": forms.account_id,
    "lastEdited": forms.moment,
    "lastEditedBy": forms.account_id,
    "removed": forms.boolean,
    "encContent": forms.aes_message,
}


def push_form(profile: str) -> forms.Form:
    resources = forms.array(forms.members(ENVELOPE, {"_id": forms.string(), "dirty": forms.boolean}))

    def form(value, path):
        checked, seen = resources(value, path), set()
        for index, resource in enumerate(checked):
            if resource["id"] in seen:
                raise forms.malformed(f"{path}/{index}/id", "occurs twice")  # PUSH-06
            seen.add(resource["id"])
        return [{name: resource[name] for name in ENVELOPE} for resource in checked]
    return form


def pull_form(profile: str) -> forms.Form:
    known = {name: ENVELOPE[name] for name in ("id", "resourceGroupId", "version", "removed")}
    both = forms.members({
        "resources": forms.array(forms.members(known)), "blacklist": forms.array(forms.opaque_id),
    })

    def form(value, path):
        checked, seen = both(value, path), set()
        for index, resource in enumerate(checked["resources"]):
            key = resource["resourceGroupId"], resource["id"]
            if key in seen:
                raise forms.malformed(f"{path}/resources/{index}/id", "occurs twice")
            seen.add(key)
        return checked
    return form


def fix_dupes_form(profile: str) -> forms.Form:
    return forms.members({"ids": forms.array(forms.opaque_id)})


def groups_of(service: Service, account: str) -> set[str]:
    return {row["groupId"] for row in service.store.all("SELECT groupId FROM link WHERE account = ?", account)}


def push(service: Service, request: Request) -> dict:
    store = service.store
    linked = groups_of(service, request.account)
    if any(resource["resourceGroupId"] not in linked for resource in request.body):
        raise not_found()  # PUSH-05
    result = {"updated": [], "created": [], "removed": [], "conflicts": []}
    with store.write():
        for resource in request.body:
            group, name = resource["resourceGroupId"], resource["id"]
            stored = store.one("SELECT * FROM resource WHERE groupId = ? AND id = ?", group, name)
            if stored and stored["version"] != resource["version"]:
                result["conflicts"].append(json.loads(stored["body"]))
                continue
            version = secrets.token_hex(16)  # SYNC-01
            store.put("resource", {
                "groupId": group, "id": name, "version": version, "removed": resource["removed"],
                "body": json.dumps({**resource, "version": version}),
            })
            outcome = "removed" if resource["removed"] else "updated" if stored else "created"
            result[outcome].append({"id": name, "version": version})
    return result


def pull(service: Service, request: Request) -> dict:
    groups = groups_of(service, request.account) - set(request.body["blacklist"])
    known = {
        (item["resourceGroupId"], item["id"]): item
        for item in request.body["resources"] if item["resourceGroupId"] in groups
    }
    result = {"updatedResources": [], "createdResources": [], "idsToPush": [], "idsToRemove": []}
    for group in groups:
        for stored in service.store.all("SELECT * FROM resource WHERE groupId = ?", group):
            item = known.pop((group, stored["id"]), None)
            if item is None:
                if not stored["removed"]:
                    result["createdResources"].append(json.loads(stored["body"]))
            elif item["version"] != stored["version"]:
                if not stored["removed"]:
                    result["updatedResources"].append(json.loads(stored["body"]))
                elif not item["removed"]:
                    result["idsToRemove"].append(item["id"])
    result["idsToPush"] = [item["id"] for item in known.values() if not item["removed"]]
    return result


def fix_dupes(service: Service, request: Request) -> dict:
    store = service.store
    linked = groups_of(service, request.account)
    by_parent = defaultdict(list)
    for group in set(request.body["ids"]) & linked:
        row = store.one("SELECT * FROM resource_group WHERE id = ?", group)
        shared = store.one("SELECT 1 FROM link WHERE groupId = ? AND account <> ?", group, request.account) is not None
        by_parent[row["parentResourceId"]].append((not shared, row["number"], row))
    deleted = []
    for candidates in by_parent.values():
        candidates.sort(key=lambda candidate: candidate[:2])  # shared ones first, then the earliest
        for alone, _, row in candidates[1:]:
            if alone and row["owner"] == request.account:
                deleted.append(row["id"])
    with store.write():
        for group in deleted:
            store.run("DELETE FROM resource_group WHERE id = ?", group)
    return {"deleteResourceGroupIds": deleted}
