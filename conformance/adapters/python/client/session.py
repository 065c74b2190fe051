"""A session: one login on one device, its keys, and what the device holds (7.5)."""

from dataclasses import dataclass, field
from typing import Protocol

from .answers import Account, read_account, read_empty
from .device import Device
from .errors import ProtocolError
from .groups import Groups
from .json_text import Json
from .jwk import PrivateKey, PublicKey
from .profile import Profile
from .transport import USUAL_LIMIT


class Caller(Protocol):
    """What makes the calls: transport.Server, or a stand-in."""

    def call(
        self, method: str, path: str, *, session_id: str | None = None, body: Json = None, limit: int = USUAL_LIMIT
    ) -> Json: ...


@dataclass(frozen=True)
class Keys:
    """What a login unlocks. `session_id` is K as hex; SYM_Account has 32 bytes; the pair has been checked (WRAP-10)."""

    session_id: str = field(repr=False)
    sym_account: bytes = field(repr=False)
    public: PublicKey = field(repr=False)
    private: PrivateKey = field(repr=False)


class Session:
    """One login. Every use after its end is refused at stage `state`, without a call."""

    def __init__(self, server: Caller, profile: Profile, account: Account, keys: Keys) -> None:
        self.server = server
        self.profile = profile
        self.account_id = account.account_id
        self.email = account.email
        self._keys: Keys | None = keys
        self._clear()

    @property
    def keys(self) -> Keys:
        if self._keys is None:
            raise ended()
        return self._keys

    def check_open(self) -> None:
        """Refuses a session that has ended."""
        if self._keys is None:
            raise ended()

    def call(self, method: str, path: str, body: Json = None, *, limit: int = USUAL_LIMIT) -> Json:
        """A call with the session id in its header (SESSION-01)."""
        return self.server.call(method, path, session_id=self.keys.session_id, body=body, limit=limit)

    def whoami(self) -> Account:
        """The account of the session; another account or address is refused (WHOAMI-03)."""
        account = read_account(self.call("GET", "/auth/whoami"))
        check_account(account, self.email)
        if account.account_id != self.account_id:
            raise ProtocolError("state", "whoami answers with another account than that of the session")
        return account

    def logout(self) -> None:
        """Ends the session on the server; the secrets are dropped also when that fails (SESSION-05)."""
        session_id = self.keys.session_id
        self.end()
        read_empty(self.server.call("POST", "/auth/logout", session_id=session_id))

    def reset(self) -> None:
        """Empties the account, and with it this device; the user has confirmed it (RESET-04, RESET-05)."""
        read_empty(self.call("POST", "/auth/reset"))
        self._clear()

    def delete_account(self) -> None:
        """Deletes the account, and ends the session (DELETE-03); the user has confirmed it."""
        read_empty(self.call("DELETE", "/auth/delete-account"))
        self.end()

    def end(self) -> None:
        """Drops K, SYM_Account, PRV_Account and what the device holds."""
        self._keys = None
        self._clear()

    def _clear(self) -> None:
        self.groups = Groups()
        self.device = Device()
        # The public keys of others by their account ids, as they were first seen (SHARE-10).
        self.seen_moduli: dict[str, int] = {}


def ended() -> ProtocolError:
    return ProtocolError("state", "this session has ended: log in again")


def check_account(account: Account, email: str) -> None:
    """Refuses the account of another address than the session's (WHOAMI-03)."""
    if account.email != email:
        raise ProtocolError("state", "whoami answers with another address than that of the session (WHOAMI-03)")
