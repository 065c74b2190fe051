"""The verb accept: one value taken as it was received, or refused; the steps of a client."""

from typing import Any

from client import json_text, jwk, links, messages, srp
from client.encoding import from_hex
from client.json_text import Json
from client.profile import Profile, profile_named

from .rpc import UNKNOWN_VERB, RpcError

Given = dict[str, Any]


def accept_B(_: Profile, given: Given) -> dict[str, bytes]:
    return {"srp.B": srp.accept_B(given["srpB"])}


def accept_M2(_: Profile, given: Given) -> dict[str, bytes]:
    M2 = srp.server_proof(*(from_hex(given[name], name) for name in ("srp.A", "srp.M1", "srp.K")))
    return {"srp.M2": srp.accept_M2(given["srpM2"], M2)}


def accept_public_key(_: Profile, given: Given) -> dict[str, bytes]:
    return {"PUB_Account": compact(jwk.parse_public(given["publicKey"]).jwk)}


def accept_private_key(_: Profile, given: Given) -> dict[str, bytes]:
    return {"PRV_Account": compact(jwk.read_private(given["PRV_Account"]).jwk)}


def accept_key_pair(_: Profile, given: Given) -> dict[str, bytes]:
    public = jwk.parse_public(given["publicKey"])
    jwk.check_pair(public, jwk.read_private(given["PRV_Account"]))
    return {"PUB_Account": compact(public.jwk)}


def open_account_key(profile: Profile, given: Given) -> dict[str, bytes]:
    key = from_hex(given["SEC_PWD_Enc"], "SEC_PWD_Enc")
    return {"SYM_Account": messages.decrypt_key(profile, key, given["encSymmetricKey"], "encSymmetricKey")}


def open_private_key(profile: Profile, given: Given) -> dict[str, bytes]:
    key = from_hex(given["SYM_Account"], "SYM_Account")
    return {"PRV_Account": compact(messages.decrypt_private_key(profile, key, given["encPrivateKey"]).jwk)}


def open_document(profile: Profile, given: Given) -> dict[str, bytes]:
    key = from_hex(given["SYM_ResourceGroup"], "SYM_ResourceGroup")
    return {"M_Resource": compact(messages.decrypt_json(profile, key, given["encContent"], "encContent"))}


def open_link(profile: Profile, given: Given) -> dict[str, bytes]:
    private = jwk.read_private(given["PRV_Account"])
    return {"SYM_ResourceGroup": links.open_link(profile, private, given["SYM_Link"])}


STEPS = {
    "accept-B": accept_B,
    "accept-M2": accept_M2,
    "accept-public-key": accept_public_key,
    "accept-private-key": accept_private_key,
    "accept-key-pair": accept_key_pair,
    "open-account-key": open_account_key,
    "open-private-key": open_private_key,
    "open-document": open_document,
    "open-link": open_link,
}


def accept(profile: str, step: str, given: Given) -> dict[str, Any]:
    """The verb: the values that were taken. The steps of a server are unknown here."""
    if step not in STEPS:
        raise RpcError(UNKNOWN_VERB, "a client has no such step")
    values = STEPS[step](profile_named(profile), given)
    return {"values": {name: value.hex() for name, value in values.items()}}


def compact(value: Json) -> bytes:
    return json_text.write(value, "a value").encode("utf-8")
