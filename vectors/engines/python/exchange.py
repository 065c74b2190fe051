"""The server of a vector: it answers a call as the exchange says, if the call is the one that the exchange has (9.4)."""

import json

from steps import require


class Departure(Exception):
    """The client sends something else than the exchange says, or ends elsewhere."""


class Exchange:
    """The calls that are left."""

    def __init__(self, calls: list):
        self.left = list(calls)

    def call(self, method: str, path: str, **sent) -> dict:
        """`sent` may hold a `request` and a `session`. Returns the body of the answer, an object (9.2, 9.5)."""
        if not self.left:
            raise Departure(f"goes on to {method} {path}")
        expected = dict(self.left.pop(0))
        status, response = expected.pop("status"), expected.pop("response")
        actual = {"method": method, "path": path, **sent}
        if actual != expected:
            raise Departure(f"sends {json.dumps(actual)} for {json.dumps(expected)}")
        require(200 <= status < 300, f"status {status}")
        require(isinstance(response, dict), "no object")
        return response
