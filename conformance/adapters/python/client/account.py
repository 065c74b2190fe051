"""Signup and login (7.1, 7.3)."""

import secrets
from dataclasses import dataclass

from . import jwk, messages, passwords, srp
from .answers import (
    Account,
    Challenge,
    Salts,
    read_account,
    read_challenge,
    read_salts,
    read_server_proof,
    read_signed_up,
)
from .constants import KEY_BYTES, SALT_BYTES
from .encoding import utf8
from .profile import Profile, Proof
from .session import Caller, Keys, Session, check_account
from .text import normalize_email, normalize_passphrase


@dataclass(frozen=True)
class FreshSalts:
    """SLT_Auth_1, SLT_Auth_2 and SLT_Enc, 32 random bytes each (KEY-02)."""

    slt_auth_1: bytes
    slt_auth_2: bytes
    slt_enc: bytes


def draw_salts() -> FreshSalts:
    return FreshSalts(*(secrets.token_bytes(SALT_BYTES) for _ in range(3)))


def verifier_of(profile: Profile, email: str, passphrase: str, slt_auth_1: bytes, slt_auth_2: bytes) -> bytes:
    """SRP_Verifier, 256 bytes, from the normalised address and passphrase and two salts of 32 bytes."""
    sec_pwd_auth = passwords.stretch(profile, email, passphrase, slt_auth_1)
    return srp.verifier(srp.private_key_of(profile, email, sec_pwd_auth, slt_auth_2))


def signup(
    server: Caller, profile: Profile, email: str, passphrase: str, first_name: str = "", last_name: str = ""
) -> str:
    """Makes an account; email and passphrase as typed. @returns the id of the account"""
    # 1. Normalise.
    email, passphrase = normalize_email(email), normalize_passphrase(passphrase)
    utf8(first_name, "the first name")
    utf8(last_name, "the last name")
    # 2. Draw.
    account_id = f"act_{secrets.token_hex(32)}"
    sym_account, salts = secrets.token_bytes(KEY_BYTES), draw_salts()
    public, private = jwk.generate()
    # 3. Derive.
    verifier = verifier_of(profile, email, passphrase, salts.slt_auth_1, salts.slt_auth_2)
    sec_pwd_enc = passwords.stretch(profile, email, passphrase, salts.slt_enc)
    # 4. and 5. Encrypt, and send.
    request = {
        "id": account_id,
        "email": email,
        "firstName": first_name,
        "lastName": last_name,
        "saltKey": salts.slt_auth_1.hex(),
        "saltAuth": salts.slt_auth_2.hex(),
        "saltEnc": salts.slt_enc.hex(),
        "verifier": verifier.hex(),
        "publicKey": public.text,
        "encPrivateKey": messages.encrypt_json(profile, sym_account, private.jwk, "the private key"),
        "encSymmetricKey": messages.encrypt_key(profile, sec_pwd_enc, sym_account),
    }
    read_signed_up(server.call("POST", "/auth/signup", body=request))
    return account_id


def login(server: Caller, profile: Profile, email: str, passphrase: str, *, a: bytes | None = None) -> Session:
    """Logs in and unlocks the account; email and passphrase as typed, `a` only for tests (32 bytes or more)."""
    email, passphrase = normalize_email(email), normalize_passphrase(passphrase)
    K = prove(server, profile, email, passphrase, a or srp.draw_ephemeral())
    account = read_account(server.call("GET", "/auth/whoami", session_id=K.hex()))
    check_account(account, email)
    return Session(server, profile, account, unlock(profile, account, passphrase, K))


def login_s(server: Caller, email: str) -> Salts:
    """SLT_Auth_1 and SLT_Auth_2 of a normalised address."""
    return read_salts(server.call("POST", "/auth/login-s", body={"email": email}))


def login_a(server: Caller, email: str, A: bytes) -> Challenge:
    return read_challenge(server.call("POST", "/auth/login-a", body={"email": email, "srpA": A.hex()}))


def login_m1(server: Caller, starter: str, M1: bytes) -> str:
    request = {"sessionStarterId": starter, "srpM1": M1.hex()}
    return read_server_proof(server.call("POST", "/auth/login-m1", body=request))


def prove(server: Caller, profile: Profile, email: str, passphrase: str, a: bytes) -> bytes:
    """The three calls of the login proof, once each and in this order (LOGIN-01). @returns K, 32 bytes"""
    salts = login_s(server, email)
    sec_pwd_auth = passwords.stretch(profile, email, passphrase, salts.slt_auth_1)
    x = srp.private_key_of(profile, email, sec_pwd_auth, salts.slt_auth_2)

    A = srp.public_ephemeral(a)
    challenge = login_a(server, email, A)
    B = srp.accept_B(challenge.srpB)

    S = srp.premaster(profile, B, x, a, srp.scrambling(A, B))
    K = srp.session_key(S)
    M1 = profile.client_proof(Proof(srp.identity(email), salts.slt_auth_2, A, B, S, K))
    srp.accept_M2(login_m1(server, challenge.starter, M1), srp.server_proof(A, M1, K))
    return K


def unlock(profile: Profile, account: Account, passphrase: str, K: bytes) -> Keys:
    """Opens SYM_Account and PRV_Account, and holds the public key against the private one (LOGIN-12)."""
    sec_pwd_enc = passwords.stretch(profile, account.email, passphrase, account.slt_enc)
    sym_account = messages.decrypt_key(profile, sec_pwd_enc, account.enc_symmetric_key, "encSymmetricKey")
    private = messages.decrypt_private_key(profile, sym_account, account.enc_private_key)
    public = jwk.parse_public(account.public_key)
    jwk.check_pair(public, private)
    return Keys(K.hex(), sym_account, public, private)
