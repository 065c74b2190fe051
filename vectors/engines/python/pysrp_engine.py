"""The SRP values of the profile `documented` as PyPI `srp` (pysrp) computes them in its default mode.

Reads and answers lines as engine.py does. What comes before SRP, the SRP password and the identity, is taken from
the request, where the caller has put the published intermediates.
"""

import json
import sys

from srp import _pysrp as pysrp

OPTIONS = {"hash_alg": pysrp.SHA256, "ng_type": pysrp.NG_2048}


def element(number: int) -> str:
    """The package has these values as integers; only their writing is ours."""
    return number.to_bytes(256, "big").hex()


def answer(inputs: dict) -> dict:
    needed = ("srp.I", "srp.P", "SLT_Auth_2", "a", "b")
    if any(name not in inputs for name in needed):
        return {}
    I, P, s, a, b = (bytes.fromhex(inputs[name]) for name in needed)
    user = pysrp.User(I, P, bytes_a=a.rjust(256, b"\0"), **OPTIONS)
    _, A = user.start_authentication()
    x = pysrp.gen_x(user.hash_class, s, I, P)
    v = pysrp.long_to_bytes(pow(user.g, x, user.N))
    verifier = pysrp.Verifier(I, s, v, A, bytes_b=b.rjust(256, b"\0"), **OPTIONS)
    _, B = verifier.get_challenge()
    M1 = user.process_challenge(s, B)
    M2 = verifier.verify_session(M1)
    if M2 is None:
        return {}
    return {
        "srp.x": x.to_bytes(32, "big").hex(),
        "SRP_Verifier": element(user.v),
        "srp.k": user.k.to_bytes(32, "big").hex(),
        "srp.A": element(user.A),
        "srp.B": element(verifier.B),
        "srp.u": user.u.to_bytes(32, "big").hex(),
        "srp.S": element(user.S),
        "srp.S_server": element(verifier.S),
        "srp.K": user.K.hex(),
        "srp.M1": M1.hex(),
        "srp.M2": M2.hex(),
    }


if __name__ == "__main__":
    for line in sys.stdin:
        request = json.loads(line)
        asked = request["profile"] == "documented" and request["step"] == "derive"
        values = answer(request["inputs"]) if asked else {}
        print(json.dumps({"values": values}), flush=True)
