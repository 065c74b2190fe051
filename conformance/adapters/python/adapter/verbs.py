"""The verbs of the adapter, and what the client can do."""

from typing import Any

from client import account, change, groups, sharing, teams
from client.device import Address, Edit, named
from client.errors import ProtocolError
from client.profile import profile_named
from client.pull import pull
from client.push import push
from client.session import Session
from client.transport import TIMEOUT, Server

from .accept import accept
from .derive import derive
from .rpc import Verb

CAPABILITIES = [
    "account",
    "change-password",
    "change-email",
    "change-with-code",
    "reset",
    "delete-account",
    "groups",
    "share-email",
    "share-team",
    "unshare",
    "teams",
    "sync",
    "fix-dupes",
    "derive",
    "accept",
    "ill-formed-text",
    "patience",
]

Result = dict[str, Any]


class Client:
    """What the adapter holds: the sessions by their handles."""

    def __init__(self) -> None:
        self.sessions: dict[str, Session] = {}
        self.count = 0

    def find(self, handle: str) -> Session:
        if handle not in self.sessions:
            raise ProtocolError("state", "there is no such session: log in again")
        return self.sessions[handle]

    def describe(self) -> Result:
        return {
            "name": "client in Python",
            "version": "1.0.0",
            "profiles": ["documented", "deployed"],
            "capabilities": CAPABILITIES,
        }

    def signup(self, server: str, profile: str, email: str, passphrase: str, firstName: str, lastName: str) -> Result:
        spoken = profile_named(profile)
        return {"accountId": account.signup(Server(server), spoken, email, passphrase, firstName, lastName)}

    def login(self, server: str, profile: str, email: str, passphrase: str, patience: int | None = None) -> Result:
        timeout = TIMEOUT if patience is None else patience / 1000
        session = account.login(Server(server, timeout), profile_named(profile), email, passphrase)
        self.count += 1
        handle = f"session-{self.count}"
        self.sessions[handle] = session
        return {"session": handle, "accountId": session.account_id}

    def whoami(self, session: str) -> Result:
        found = self.find(session).whoami()
        return {
            "accountId": found.account_id,
            "email": found.email,
            "firstName": found.first_name,
            "lastName": found.last_name,
        }

    def logout(self, session: str) -> Result:
        found = self.find(session)
        del self.sessions[session]
        found.logout()
        return {}

    def change_password(
        self,
        session: str,
        newPassphrase: str,
        oldPassphrase: str | None = None,
        code: str | None = None,
        newEmail: str | None = None,
        newFirstName: str | None = None,
        newLastName: str | None = None,
    ) -> Result:
        change.change(
            self.find(session),
            new_passphrase=newPassphrase,
            old_passphrase=oldPassphrase,
            code=code,
            new_email=newEmail,
            new_first_name=newFirstName,
            new_last_name=newLastName,
        )
        return {}

    def send_code(self, session: str) -> Result:
        change.send_code(self.find(session))
        return {}

    def reset(self, session: str) -> Result:
        self.find(session).reset()
        return {}

    def delete_account(self, session: str) -> Result:
        self.find(session).delete_account()
        del self.sessions[session]
        return {}

    def create_group(self, session: str, parentResourceId: str, name: str) -> Result:
        return {"groupId": groups.create_group(self.find(session), parentResourceId, name)}

    def share(self, session: str, groupId: str, emails: list[str] | None = None, teamId: str | None = None) -> Result:
        found = self.find(session)
        if teamId is not None:
            return {"accountIds": sharing.share_with_team(found, groupId, teamId)}
        return {"accountIds": sharing.share_with_persons(found, groupId, emails or [])}

    def unshare(self, session: str, groupId: str, emails: list[str] | None = None) -> Result:
        sharing.unshare(self.find(session), groupId, emails)
        return {}

    def create_team(self, session: str, name: str, emails: list[str]) -> Result:
        return {"teamId": teams.create_team(self.find(session), name, emails)}

    def teams(self, session: str) -> Result:
        found = teams.teams(self.find(session))
        return {"teams": [{"teamId": each.id, "name": each.name, "accountIds": each.account_ids} for each in found]}

    def push(self, session: str, edits: list[dict[str, Any]]) -> Result:
        outcome = push(self.find(session), [read_edit(edit) for edit in edits])
        return {
            "pushed": [named(address) for address in outcome.pushed],
            "conflicts": winners(outcome.conflicts),
            "failed": [named(address) for address in outcome.failed],
        }

    def pull(self, session: str, blacklist: list[str] | None = None) -> Result:
        found = self.find(session)
        outcome = pull(found, blacklist or [])
        held = [
            {**named(each.address), "name": each.name, "type": each.type, "document": each.document}
            for each in found.device
            if not each.removed
        ]
        return {
            "resources": held,
            "failed": [named(address) for address in outcome.failed],
            "conflicts": winners(outcome.conflicts),
        }


def read_edit(edit: dict[str, Any]) -> Edit:
    return Edit(edit["groupId"], edit["id"], edit["name"], edit["type"], edit["document"], edit["removed"])


def winners(conflicts: dict[Address, str]) -> list[Result]:
    return [{**named(address), "winner": winner} for address, winner in conflicts.items()]


def verbs() -> dict[str, Verb]:
    client = Client()
    return {
        "describe": client.describe,
        "signup": client.signup,
        "login": client.login,
        "whoami": client.whoami,
        "logout": client.logout,
        "changePassword": client.change_password,
        "sendCode": client.send_code,
        "reset": client.reset,
        "deleteAccount": client.delete_account,
        "createGroup": client.create_group,
        "share": client.share,
        "unshare": client.unshare,
        "createTeam": client.create_team,
        "teams": client.teams,
        "push": client.push,
        "pull": client.pull,
        "derive": derive,
        "accept": accept,
    }
