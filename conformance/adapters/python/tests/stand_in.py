"""A stand-in for the server, which answers from a script, and a session on it."""

from collections.abc import Callable
from typing import Any

from client import jwk
from client.answers import Account
from client.errors import StatusError
from client.profile import profile_named
from client.session import Keys, Session
from client.transport import USUAL_LIMIT

from .corpus import load

ACCOUNT_ID = f"act_{'1' * 64}"
OTHER_ID = f"act_{'2' * 64}"
EMAIL = "jane@example.com"
Answer = Callable[[Any], Any]


class Script:
    """Answers each call by what stands under its method and path; what lacks is answered with 404."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.calls: list[tuple[str, Any]] = []

    def call(
        self, method: str, path: str, *, session_id: Any = None, body: Any = None, limit: int = USUAL_LIMIT
    ) -> Any:
        self.calls.append((f"{method} {path}", body))
        answer = self.answers.get(f"{method} {path}")
        if answer is None:
            raise StatusError(404, "not-found", f"{method} {path} was answered with 404")
        return answer(body)

    def bodies(self, call: str) -> list[Any]:
        return [body for made, body in self.calls if made == call]


def session_on(script: Script, profile: str = "documented") -> Session:
    """A session of Jane, as it is after a login."""
    pair = load("vectors/keys.json")["keys"]["jane"]
    public, private = jwk.read_public(pair["publicKey"]), jwk.read_private(pair["privateKey"])
    account = Account(ACCOUNT_ID, EMAIL, "Jane", "Doe", public.text, "", "", bytes(32))
    return Session(script, profile_named(profile), account, Keys("ab" * 32, bytes(range(32)), public, private))
