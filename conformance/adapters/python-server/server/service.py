"""What the calls share: the profile, the store, mail, sessions, starters and limits."""
import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass
from typing import Any

from . import clock
from .errors import Refused
from .limits import Limit
from .mail import MailDirectory
from .store import Store

STARTER_SECONDS = 10 * 60  # LOGIN-06
SESSION_SECONDS = 30 * 24 * 3600


@dataclass
class Session:
    key_hash: bytes
    account: str
    started: float


@dataclass
class Starter:
    account: str | None
    email: str
    salt: bytes
    verifier: bytes
    a_bytes: bytes
    b: bytes
    b_bytes: bytes
    made: float


@dataclass
class Request:
    """A request whose form has been judged. `account` is the caller's id where the call takes a session."""
    body: Any
    group: str = ""
    query: str = ""
    peer: str = ""
    method: str = ""
    session: Session | None = None

    @property
    def account(self) -> str:
        return self.session.account


class Service:
    def __init__(self, profile: str, store: Store, mail: MailDirectory, public_url: str,
                 attempts: int = 600, peer_attempts: int = 6000):
        self.profile, self.store, self.mail = profile, store, mail
        self.public_url = public_url.rstrip("/")
        self.sessions: dict[bytes, Session] = {}
        self.starters: dict[str, Starter] = {}
        self.account_limit, self.peer_limit = Limit(attempts, 600), Limit(peer_attempts, 600)

    # Sessions are in memory, by the hash of their id (SESSION-06); they end with the process, as HTTP-14 allows.

    def start_session(self, key: bytes, account: str) -> None:
        key_hash = hashlib.sha256(key.hex().encode()).digest()
        self.sessions[key_hash] = Session(key_hash, account, clock.now())

    def session(self, header: str | None) -> Session:
        """SESSION-02. The look-up by hash does not show where two ids differ (SRP-33)."""
        key_hash = hashlib.sha256((header or "").encode("utf-8", "replace")).digest()
        session = self.sessions.get(key_hash)
        if session and clock.now() - session.started > SESSION_SECONDS:
            self.end_session(session)
            session = None
        if session is None:
            raise Refused("no-session", "X-Session-Id is missing, unknown or logged out")
        return session

    def end_session(self, session: Session) -> None:
        self.sessions.pop(session.key_hash, None)

    def end_sessions(self, account: str, but: Session | None = None) -> None:
        for session in [s for s in self.sessions.values() if s.account == account and s is not but]:
            self.end_session(session)

    # Starters.

    def add_starter(self, starter: Starter) -> str:
        horizon = time.monotonic() - STARTER_SECONDS
        while self.starters and (first := next(iter(self.starters))) and self.starters[first].made < horizon:
            del self.starters[first]  # the oldest come first
        name = secrets.token_hex(16)  # LOGIN-03
        self.starters[name] = starter
        return name

    def take_starter(self, name: str) -> Starter | None:
        """LOGIN-05, LOGIN-06."""
        starter = self.starters.pop(name, None)
        return starter if starter and time.monotonic() - starter.made <= STARTER_SECONDS else None

    def drop_starters(self, account: str) -> None:
        for name in [name for name, starter in self.starters.items() if starter.account == account]:
            del self.starters[name]

    # Values for addresses without an account (7.3).

    def invented(self, what: str, email: str, size: int = 32) -> bytes:
        return b"".join(
            hmac.digest(self.store.secret, f"{what} {block} {email}".encode(), "sha256") for block in range(size // 32)
        )
