"""What a receiver takes of SRP: group elements and proofs (5.2, 5.3, 5.5)."""

from steps import hex_bytes, require
from values import GROUP_BYTES, Values, integer


def element(text, least: int, most: int) -> str:
    """A group element as received (5.2, 5.3)."""
    require(least <= integer(hex_bytes(text, GROUP_BYTES)) <= most, "out of range")
    return text


def proof(profile: str, inputs: dict, member: str, name: str) -> str:
    """A proof as received, against one's own (5.5)."""
    known = {key: value for key, value in inputs.items() if key != member}
    require(hex_bytes(inputs[member], 32) == Values(profile, known)[name], "the proof is wrong")
    return inputs[member]
