"""Constants, texts, numbers and forms, held against the specification's own data."""

import unittest

from client import constants, forms, json_text
from client.errors import ProtocolError
from client.text import normalize_email, normalize_passphrase
from client.transport import Server

from .corpus import load


class ValuesTest(unittest.TestCase):
    def test_constants(self) -> None:
        found = load("spec/protocol.json")["constants"]
        self.assertEqual(found.pop("HASH")["value"], "sha-256")
        for name, constant in found.items():
            with self.subTest(name):
                if constant["type"] == "bytes":
                    value, ours = bytes.fromhex(constant["value"]), getattr(constants, f"{name.upper()}_BYTES")
                    self.assertEqual(getattr(constants, name.upper()), int.from_bytes(ours, "big"))
                else:
                    value, ours = constant["value"], getattr(constants, name)
                self.assertEqual(ours, value)

    def test_normalisation(self) -> None:
        # The table of 4.1.
        for typed, email, passphrase in (
            ("\u00a0x\ufeff", "x", "x"),
            ("\u0085x", "\u0085x", "\u0085x"),
            ("\u0130", "i\u0307", "I\u0307"),
            ("\u0391\u03a3", "\u03b1\u03c2", "\u0391\u03a3"),
            ("\u212b", "\u00e5", "A\u030a"),
            ("\ufb01", "\ufb01", "fi"),
            ("\u00a8", "\u00a8", " \u0308"),
            ("\u001cx\u001f", "\u001cx\u001f", "\u001cx\u001f"),
        ):
            with self.subTest(typed):
                self.assertEqual((normalize_email(typed), normalize_passphrase(typed)), (email, passphrase))

    def test_numbers(self) -> None:
        # ECMA-262, Number::toString.
        for number, text in (
            (0, "0"),
            (-0.0, "0"),
            (-1.5, "-1.5"),
            (100, "100"),
            (1.0, "1"),
            (123.456, "123.456"),
            (1e20, "100000000000000000000"),
            (1e21, "1e+21"),
            (1.5e300, "1.5e+300"),
            (0.000001, "0.000001"),
            (0.00000123, "0.00000123"),
            (1e-7, "1e-7"),
            (-1.25e-7, "-1.25e-7"),
            (5e-324, "5e-324"),
            (2**53 + 1, "9007199254740992"),
            (12345678901234567890, "12345678901234567000"),
        ):
            with self.subTest(text):
                self.assertEqual(json_text.write(number, "a number"), text)

    def test_json_refused(self) -> None:
        deep = "[" * (json_text.MAX_DEPTH + 2) + "]" * (json_text.MAX_DEPTH + 2)
        for text in (
            "",
            "{",
            "NaN",
            "Infinity",
            "1e999",
            "9" * 400,
            '{"a":1,"a":2}',
            '"\\ud83d"',
            '{"\\udc00":1}',
            deep,
        ):
            with self.subTest(text[:20]), self.assertRaises(ProtocolError) as caught:
                json_text.parse(text, "a text")
            self.assertEqual(caught.exception.stage, "encoding")

    def test_deep_json_goes_round(self) -> None:
        text = '[{"a":' * (json_text.MAX_DEPTH // 2) + "1" + "}]" * (json_text.MAX_DEPTH // 2)
        self.assertEqual(json_text.write(json_text.parse(text, "a text"), "a text"), text)

    def test_moments(self) -> None:
        for moment in (0, 1735689600000.0, 2**53 - 1):
            self.assertEqual(forms.moment(moment, "a moment"), int(moment))
        for value in (-1, 0.5, 2**53, True, "1", None):
            with self.subTest(value), self.assertRaises(ProtocolError):
                forms.moment(value, "a moment")

    def test_addresses(self) -> None:
        for address in ("a@b", f"{'x' * 252}@y"):
            self.assertEqual(forms.address(address, "an address"), address)
        for value in ("@b", "a@", "a@b@c", "A@b", " a@b", "a b@c", "a\ufeff@b", f"{'x' * 253}@y", 1):
            with self.subTest(value), self.assertRaises(ProtocolError):
                forms.address(value, "an address")

    def test_base_urls(self) -> None:
        for url in ("https://sync.example.com/base/", "http://localhost:8080", "http://127.1.2.3", "http://[::1]:1"):
            self.assertFalse(Server(url).path.endswith("/"), url)
        for url in (
            "http://sync.example.com",
            "http://127.0.0.1.example.com",
            "http://localhost.example.com",
            "http://0.0.0.0",
            "http://127.1",
            "http://[::ffff:127.0.0.1]",
            "http://[::2]",
            "ftp://localhost",
            "https://",
            "https://sync.example.com/?a",
            "https://sync.example.com/#a",
            "https://user@sync.example.com",
            "http://localhost@sync.example.com",
            "https://sync.example.com:port",
            "http://local\nhost",
        ):
            with self.subTest(url), self.assertRaises(ProtocolError) as caught:
                Server(url)
            self.assertEqual(caught.exception.stage, "network")


if __name__ == "__main__":
    unittest.main()
