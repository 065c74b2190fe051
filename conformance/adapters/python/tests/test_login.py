"""Logins played from the vectors: what the client sends, what it refuses, and at which stage."""

import json
import unittest
from typing import Any

from client import json_text
from client.account import login
from client.errors import ProtocolError, StatusError
from client.profile import profile_named
from client.session import Session
from client.transport import USUAL_LIMIT

from .corpus import vectors


class Playback:
    """Answers with the calls of an exchange, in their order, and takes no others."""

    def __init__(self, test: unittest.TestCase, exchange: list[dict[str, Any]]) -> None:
        self.test = test
        self.left = list(exchange)

    def call(
        self, method: str, path: str, *, session_id: Any = None, body: Any = None, limit: int = USUAL_LIMIT
    ) -> Any:
        self.test.assertTrue(self.left, f"{method} {path} is one call too many")
        call = self.left.pop(0)
        expected = (call["method"], call["path"], call.get("session"), call.get("request"))
        self.test.assertEqual((method, path, session_id, body), expected)
        if call["status"] != 200:
            raise StatusError(call["status"], None, "not done")
        return call["response"]


def play(test: unittest.TestCase, profile: str, vector: dict[str, Any]) -> Session:
    playback = Playback(test, vector["exchange"])
    inputs = vector["inputs"]
    try:
        a = bytes.fromhex(inputs["a"])
        return login(playback, profile_named(profile), inputs["email"], inputs["passphrase"], a=a)
    finally:
        test.assertEqual(playback.left, [], "a call is missing")


class LoginTest(unittest.TestCase):
    def test_valid(self) -> None:
        for profile, vector in vectors("log-in"):
            if vector["result"] == "valid":
                with self.subTest(vector["id"]):
                    keys = play(self, profile, vector).keys
                    private = json_text.write(keys.private.jwk, "a key").encode().hex()
                    found = {
                        "session.id": keys.session_id,
                        "SYM_Account": keys.sym_account.hex(),
                        "PRV_Account": private,
                    }
                    self.assertEqual(found, {name: vector["outputs"][name] for name in found})

    def test_refused(self) -> None:
        for profile, vector in vectors("log-in"):
            if vector["result"] == "invalid":
                with self.subTest(vector["id"]), self.assertRaises(ProtocolError) as caught:
                    play(self, profile, vector)
                self.assertEqual(caught.exception.stage, vector["stage"], json.dumps(vector["id"]))


if __name__ == "__main__":
    unittest.main()
