"""The answers of the calls about an account, read (chapter 7)."""

from dataclasses import dataclass

from . import forms
from .constants import SALT_BYTES
from .json_text import Json
from .messages import check_form

salt = forms.hex_of(SALT_BYTES)


@dataclass(frozen=True)
class Salts:
    """What login-s answers: SLT_Auth_1 and SLT_Auth_2, 32 bytes each."""

    slt_auth_1: bytes
    slt_auth_2: bytes


@dataclass(frozen=True)
class Challenge:
    """What login-a answers: the starter id, and B as received."""

    starter: str
    srpB: str


@dataclass(frozen=True)
class Account:
    """What whoami answers: the account with its keys, as they were received, and SLT_Enc (32 bytes)."""

    account_id: str
    email: str
    first_name: str
    last_name: str
    public_key: str
    enc_private_key: str
    enc_symmetric_key: str
    slt_enc: bytes


def aes_message(value: Json, what: str) -> str:
    """A string that holds an AES message (6.2)."""
    check_form(forms.text(value, what), what)
    return value


def read_salts(answer: Json) -> Salts:
    members = forms.read(answer, "the answer to login-s", {"saltKey": salt, "saltAuth": salt})
    return Salts(members["saltKey"], members["saltAuth"])


def read_challenge(answer: Json) -> Challenge:
    required = {"sessionStarterId": forms.entity_id, "srpB": forms.text}
    members = forms.read(answer, "the answer to login-a", required)
    return Challenge(members["sessionStarterId"], members["srpB"])


def read_server_proof(answer: Json) -> str:
    """srpM2 as received."""
    return forms.read(answer, "the answer to login-m1", {"srpM2": forms.text})["srpM2"]


def read_signed_up(answer: Json) -> None:
    """A client learns nothing from the answer to a signup, but it has a form (7.1)."""
    optional = {"firstName": forms.person_name, "lastName": forms.person_name}
    forms.read(answer, "the answer to signup", {"id": forms.account_id, "email": forms.address}, optional)


def read_account(answer: Json) -> Account:
    required = {
        "accountId": forms.account_id,
        "email": forms.address,
        "firstName": forms.person_name,
        "lastName": forms.person_name,
        "publicKey": forms.text,
        "encPrivateKey": aes_message,
        "encSymmetricKey": aes_message,
        "saltEnc": salt,
        "isVerified": forms.boolean,
    }
    members = forms.read(answer, "the answer to whoami", required)
    return Account(
        account_id=members["accountId"],
        email=members["email"],
        first_name=members["firstName"],
        last_name=members["lastName"],
        public_key=members["publicKey"],
        enc_private_key=members["encPrivateKey"],
        enc_symmetric_key=members["encSymmetricKey"],
        slt_enc=members["saltEnc"],
    )


def read_empty(answer: Json) -> None:
    """The answer of a call that returns nothing but success: an object (9.2)."""
    forms.json_object(answer, "the answer")
