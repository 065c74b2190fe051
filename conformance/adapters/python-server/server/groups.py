"""Groups, links and teams (8.1 to 8.4)."""
import secrets

from . import forms
from .errors import Refused, forbidden, not_found
from .service import Request, Service


def group_form(profile: str) -> forms.Form:
    return forms.members({
        "parentResourceId": forms.resource_id, "name": forms.string(), "encSymmetricKey": forms.link,
    })


def team_form(profile: str) -> forms.Form:
    return forms.members({"name": forms.string(1, 200)},
                         {"emails": forms.array(forms.address(profile), different=True)})


def _recipients_form(profile: str, required: dict[str, forms.Form]) -> forms.Form:
    either = forms.members(required, {
        "teamId": forms.opaque_id, "emails": forms.array(forms.address(profile), low=1, different=True),
    })

    def form(value, path):
        checked = either(value, path)
        if ("teamId" in checked) == ("emails" in checked):
            raise Refused("malformed", "sharing names either teamId or emails")
        return checked
    return form


def share_a_form(profile: str) -> forms.Form:
    return _recipients_form(profile, {})


def share_b_form(profile: str) -> forms.Form:
    return _recipients_form(profile, {"keys": forms.mapping(forms.account_id, forms.link)})


def unshare_form(profile: str) -> forms.Form:
    return forms.members({}, {"emails": forms.array(forms.address(profile), low=1, different=True)})


def linked_group(service: Service, request: Request):
    """The group of the path with the caller's link, or 404 as if there were none (MODEL-02)."""
    group = service.store.one(
        "SELECT g.*, l.encSymmetricKey FROM resource_group g JOIN link l ON l.groupId = g.id"
        " WHERE g.id = ? AND l.account = ?", request.group, request.account)
    if group is None:
        raise not_found()
    return group


def answer(group) -> dict:
    return {name: group[name] for name in ("id", "parentResourceId", "name", "encSymmetricKey")}


def create_group(service: Service, request: Request) -> dict:
    store, body = service.store, request.body
    group = {"id": "rg_" + secrets.token_hex(16), "parentResourceId": body["parentResourceId"], "name": body["name"]}
    with store.write():
        store.insert("resource_group", {**group, "owner": request.account})
        store.insert("link", {
            "groupId": group["id"], "account": request.account, "encSymmetricKey": body["encSymmetricKey"],
        })
    return {**group, "encSymmetricKey": body["encSymmetricKey"]}


def get_group(service: Service, request: Request) -> dict:
    return answer(linked_group(service, request))


# Sharing ------------------------------------------------------------------------------------------------------------

def confirmed_account(service: Service, email: str, index: int):
    account = service.store.account_at(email)
    if account is None or not account["isVerified"]:
        raise Refused("unknown-account", "this address has no confirmed account", f"/emails/{index}")
    return account


def recipients(service: Service, request: Request) -> list:
    """The accounts that a share-a or share-b of the group's owner names."""
    group = linked_group(service, request)
    if group["owner"] != request.account:
        raise forbidden("only the owner of a group shares it")  # SHARE-09
    if "emails" in request.body:
        return [confirmed_account(service, email, index) for index, email in enumerate(request.body["emails"])]
    accounts = service.store.all(
        "SELECT a.* FROM account a JOIN team_member m ON m.account = a.id WHERE m.team = ?", request.body["teamId"])
    if request.account not in [account["id"] for account in accounts]:
        raise not_found()  # TEAM-03
    return accounts


def share_a(service: Service, request: Request) -> dict:
    others = [account for account in recipients(service, request) if account["id"] != request.account]
    result = {
        "encSymmetricKey": linked_group(service, request)["encSymmetricKey"],
        "keys": {account["id"]: account["publicKey"] for account in others},
    }
    if "emails" in request.body:
        result["accounts"] = {account["id"]: account["email"] for account in others}
    return result


def share_b(service: Service, request: Request) -> dict:
    allowed = {account["id"] for account in recipients(service, request)} - {request.account}
    for account in request.body["keys"]:
        if account not in allowed:
            raise Refused("forbidden", "there is a link for somebody outside the share", f"/keys/{account}")  # SHARE-07
    with service.store.write():
        for account, wrapped in request.body["keys"].items():
            service.store.put("link", {"groupId": request.group, "account": account, "encSymmetricKey": wrapped})
    return {}


def unshare(service: Service, request: Request) -> dict:
    store, owner = service.store, linked_group(service, request)["owner"]
    caller_owns = owner == request.account
    if "emails" not in (request.body or {}):
        if not caller_owns:
            raise forbidden("only the owner of a group withdraws the links of others")
        with store.write():
            store.run("DELETE FROM link WHERE groupId = ? AND account <> ?", request.group, owner)
        return {}
    linked = {
        row["email"]: row["id"]
        for row in store.all("SELECT a.id, a.email FROM account a JOIN link l ON l.account = a.id WHERE l.groupId = ?",
                             request.group)
    }
    named = [linked.get(email) for email in request.body["emails"]]
    if owner in named:
        raise forbidden("the owner's link is not withdrawn")  # UNSHARE-04
    if not caller_owns and named != [request.account]:
        raise forbidden("only the owner of a group withdraws the links of others")  # UNSHARE-05
    if None in named:
        raise Refused("not-found", "there is no link for this address", f"/emails/{named.index(None)}")  # UNSHARE-06
    with store.write():
        for account in named:
            store.run("DELETE FROM link WHERE groupId = ? AND account = ?", request.group, account)
    return {}


# Teams --------------------------------------------------------------------------------------------------------------

def team_answer(service: Service, team) -> dict:
    accounts = service.store.all(
        "SELECT a.* FROM account a JOIN team_member m ON m.account = a.id WHERE m.team = ? ORDER BY m.rowid", team["id"])
    return {
        "id": team["id"],
        "name": team["name"],
        "ownerAccountId": team["owner"],
        "accounts": [
            {**{name: account[name] for name in ("id", "email", "firstName", "lastName")},
             "isAdmin": account["id"] == team["owner"]}
            for account in accounts
        ],
    }


def list_teams(service: Service, request: Request) -> list:
    teams = service.store.all(
        "SELECT t.* FROM team t JOIN team_member m ON m.team = t.id WHERE m.account = ? ORDER BY t.rowid", request.account)
    return [team_answer(service, team) for team in teams]


def create_team(service: Service, request: Request) -> dict:
    emails = request.body.get("emails", [])
    own = service.store.account(request.account)["email"]
    others = [confirmed_account(service, email, index)["id"] for index, email in enumerate(emails) if email != own]
    team = {"id": "team_" + secrets.token_hex(16), "name": request.body["name"], "owner": request.account}
    with service.store.write():
        service.store.insert("team", team)
        for account in [request.account, *others]:
            service.store.insert("team_member", {"team": team["id"], "account": account})
    return team_answer(service, team)
