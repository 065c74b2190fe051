"""The verbs of the adapter, and what the client can do."""

from typing import Any

from .accept import accept
from .derive import derive
from .rpc import Verb

CAPABILITIES = ["account", "derive", "accept", "ill-formed-text"]


def describe(_: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": "client in Python",
        "version": "1.0.0",
        "profiles": ["documented", "deployed"],
        "capabilities": CAPABILITIES,
    }


def verbs() -> dict[str, Verb]:
    return {"describe": describe, "derive": derive, "accept": accept}
