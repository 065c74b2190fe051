"""A login (7.3, 7.4) with the server of a vector."""

import forms
import steps
from exchange import Departure, Exchange
from received import element, proof
from steps import Refused, require
from values import N, Values, derive


def play(profile: str, inputs: dict, calls: list) -> dict:
    """The values of the login; what is refused is refused at the last answer, or it is a departure."""
    exchange = Exchange(calls)
    try:
        found = log_in(profile, inputs, exchange)
    except Refused as refused:
        if exchange.left:
            raise Departure(f"refuses before {exchange.left[0]['path']}: {refused}") from refused
        raise
    if exchange.left:
        raise Departure(f"does not call {exchange.left[0]['path']}")
    return found


def log_in(profile: str, inputs: dict, exchange: Exchange) -> dict:
    known = dict(inputs)
    email = Values(profile, known)["normalized.email"]
    known |= salts(exchange, email)
    known |= prove(profile, known, exchange, email)
    return open_account(profile, known, exchange, email)


def salts(exchange: Exchange, email: str) -> dict:
    """7.3, 1"""
    answer = exchange.call("POST", "/auth/login-s", request={"email": email})
    members = {"SLT_Auth_1": "saltKey", "SLT_Auth_2": "saltAuth"}
    return {salt: forms.hex_member(answer, member, 32).hex() for salt, member in members.items()}


def prove(profile: str, known: dict, exchange: Exchange, email: str) -> dict:
    """7.3, 2 and 3"""
    A = Values(profile, known)["srp.A"].hex()
    answer = exchange.call("POST", "/auth/login-a", request={"email": email, "srpA": A})
    starter = forms.opaque_id(answer, "sessionStarterId")
    B = element(answer.get("srpB"), 1, N - 1)

    values = Values(profile, {**known, "srp.B": B})
    require(any(values["srp.u"]), "u is zero")  # 5.4
    request = {"sessionStarterId": starter, "srpM1": values["srp.M1"].hex()}
    answer = exchange.call("POST", "/auth/login-m1", request=request)
    proof(profile, {**known, "srp.B": B, "srpM2": answer.get("srpM2")}, "srpM2", "srp.M2")
    return {"srp.B": B}


def open_account(profile: str, known: dict, exchange: Exchange, email: str) -> dict:
    """7.3, 4 and 7.4"""
    answer = exchange.call("GET", "/auth/whoami", session=Values(profile, known)["session.id"].hex())
    forms.account(answer)
    require(forms.address(answer, "email") == email, "the account of another address")
    known = {**known, "SLT_Enc": forms.hex_member(answer, "saltEnc", 32).hex()}
    opened = steps.unsealed(profile, Values(profile, known)["SEC_PWD_Enc"], answer.get("encSymmetricKey"))
    SYM_Account = steps.plain_key(profile, opened)
    opened = steps.unsealed(profile, SYM_Account, answer.get("encPrivateKey"))
    pair = steps.key_pair(steps.parse(answer.get("publicKey")), steps.plain_json(profile, opened))
    return {
        **derive(profile, known),
        "SYM_Account": SYM_Account.hex(),
        "PRV_Account": pair["PRV_Account"],
    }
