"""Chapters 4 to 7 over PyPI `cryptography` and Python's own integers, written from the chapters alone.

Reads one request a line, {"profile": ..., "step": ..., "inputs": {...}}, of `log-in` also {"exchange": [...]}, and
answers one line: {"values": {...}} with lower-case hex, of `derive` and `log-in` every value of the derivation graph
that follows, {"refusal": "why"}, or of `log-in` {"departure": "what"} where it does otherwise than the exchange says.
"""

import json
import sys

import steps
from exchange import Departure
from login import play
from received import element, proof
from values import N, derive


def key_of(inputs: dict, name: str) -> bytes:
    return bytes.fromhex(inputs[name])


STEPS = {
    "derive": derive,
    "accept-A": lambda p, v: {"srp.A": element(v["srpA"], 1, N - 1)},
    "accept-B": lambda p, v: {"srp.B": element(v["srpB"], 1, N - 1)},
    "accept-verifier": lambda p, v: {"SRP_Verifier": element(v["verifier"], 2, N - 2)},
    "accept-M1": lambda p, v: {"srp.M1": proof(p, v, "srpM1", "srp.M1")},
    "accept-M2": lambda p, v: {"srp.M2": proof(p, v, "srpM2", "srp.M2")},
    "accept-public-key": lambda p, v: {"PUB_Account": steps.compact(steps.public_key(steps.parse(v["publicKey"])))},
    "accept-private-key": lambda p, v: {"PRV_Account": steps.compact(steps.private_key(v["PRV_Account"]))},
    "accept-key-pair": lambda p, v: steps.key_pair(steps.parse(v["publicKey"]), v["PRV_Account"]),
    "open-account-key": lambda p, v: {
        "SYM_Account": steps.plain_key(p, steps.unsealed(p, key_of(v, "SEC_PWD_Enc"), v["encSymmetricKey"])).hex()
    },
    "open-private-key": lambda p, v: {
        "PRV_Account": steps.compact(
            steps.plain_json(p, steps.unsealed(p, key_of(v, "SYM_Account"), v["encPrivateKey"]))
        )
    },
    "open-document": lambda p, v: {
        "M_Resource": steps.compact(
            steps.plain_json(p, steps.unsealed(p, key_of(v, "SYM_ResourceGroup"), v["encContent"]))
        )
    },
    "open-link": lambda p, v: {"SYM_ResourceGroup": steps.opened_link(p, v["PRV_Account"], v["SYM_Link"]).hex()},
}


def answer(profile: str, step: str, inputs: dict, exchange: list = ()) -> dict:
    try:
        if step == "log-in":
            return {"values": play(profile, inputs, exchange)}
        return {"values": STEPS[step](profile, inputs) if step in STEPS else {}}
    except steps.Refused as refused:
        return {"refusal": str(refused)}
    except Departure as departure:
        return {"departure": str(departure)}


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(answer(**json.loads(line))), flush=True)
