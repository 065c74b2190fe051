"""python3 -m unittest server.test_vectors: the server's side of chapter 5 against vectors/login.json."""
import json
import unittest
from pathlib import Path

from . import srp
from .forms import normalize

VECTORS = Path(__file__).parents[4] / "vectors" / "login.json"


class LoginVectors(unittest.TestCase):
    def test_all(self):
        for group in json.loads(VECTORS.read_text())["groups"]:
            for vector in group["vectors"]:
                with self.subTest(vector["id"]):
                    self.check(group["profile"], vector)

    def check(self, profile, vector):
        values = {name: bytes.fromhex(text) for name, text in {**vector["intermediates"], **vector["outputs"]}.items()}
        email = values["normalized.email"].decode()
        verifier, a_bytes = values["SRP_Verifier"], values["srp.A"]
        b, salt = bytes.fromhex(vector["inputs"]["b"]), bytes.fromhex(vector["inputs"]["SLT_Auth_2"])
        b_bytes = srp.server_ephemeral(profile, verifier, b)
        s = srp.server_secret(a_bytes, b_bytes, verifier, b)
        m1 = srp.client_proof(profile, email, salt, a_bytes, b_bytes, s)
        computed = {
            "normalized.email": normalize(vector["inputs"]["email"]).encode(),
            "srp.k": srp.pad(srp.multiplier(profile))[-32:],
            "srp.B": b_bytes,
            "srp.u": srp.scrambler(a_bytes, b_bytes),
            "srp.S_server": s,
            "srp.K": srp.session_key(s),
            "srp.M1": m1,
            "srp.M2": srp.server_proof(a_bytes, m1, srp.session_key(s)),
        }
        for name, value in computed.items():
            self.assertEqual(value.hex(), values[name].hex(), name)


if __name__ == "__main__":
    unittest.main()
