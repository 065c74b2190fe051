"""Changes of passphrase, address and names (7.6 to 7.8)."""

import hmac

from . import messages, passwords
from .account import FreshSalts, draw_salts, login_s, verifier_of
from .answers import Account, Salts, read_empty
from .encoding import utf8
from .errors import ProtocolError
from .session import Session
from .text import normalize_email, normalize_passphrase


def send_code(session: Session) -> None:
    """Has a code mailed that takes the place of the old passphrase; only in `deployed` (7.8)."""
    check_mailed_code(session)
    read_empty(session.call("POST", "/auth/send-password-code"))


def change(
    session: Session,
    *,
    new_passphrase: str,
    old_passphrase: str | None = None,
    code: str | None = None,
    new_email: str | None = None,
    new_first_name: str | None = None,
    new_last_name: str | None = None,
) -> None:
    """Changes the passphrase, the address or the names; everything as typed, what stays is None.

    Either the old passphrase or a mailed code. An old passphrase that does not open `encSymmetricKey` is refused at
    stage `decrypt`, and no change is sent (CHANGE-05).
    """
    if code is not None:
        check_mailed_code(session)
    email = session.email if new_email is None else normalize_email(new_email)
    passphrase = normalize_passphrase(new_passphrase)
    given = {"newFirstName": new_first_name, "newLastName": new_last_name}
    names = {name: value for name, value in given.items() if value is not None}
    for name, value in names.items():
        utf8(value, name)

    account = session.whoami()
    present = login_s(session.server, session.email)
    proof = {"code": code} if old_passphrase is None else old_proof(session, account, present, old_passphrase)
    salts = FreshSalts(present.slt_auth_1, present.slt_auth_2, account.slt_enc)
    new_salts = {}
    if session.profile.fresh_salts_on_change:
        salts = draw_salts()
        new_salts = {
            "newSaltKey": salts.slt_auth_1.hex(),
            "newSaltAuth": salts.slt_auth_2.hex(),
            "newSaltEnc": salts.slt_enc.hex(),
        }
    verifier = verifier_of(session.profile, email, passphrase, salts.slt_auth_1, salts.slt_auth_2)
    sec_pwd_enc = passwords.stretch(session.profile, email, passphrase, salts.slt_enc)
    request = {
        **proof,
        "newEmail": email,
        "encSymmetricKey": account.enc_symmetric_key,
        "newVerifier": verifier.hex(),
        "newEncSymmetricKey": messages.encrypt_key(session.profile, sec_pwd_enc, session.keys.sym_account),
        **new_salts,
        **names,
    }
    read_empty(session.call("POST", "/auth/change-password", request))
    session.email = email


def old_proof(session: Session, account: Account, salts: Salts, old_passphrase: str) -> dict[str, str]:
    """The old SRP_Verifier, once the old passphrase has opened the account's own SYM_Account (CHANGE-05)."""
    profile, email, passphrase = session.profile, session.email, normalize_passphrase(old_passphrase)
    sec_pwd_enc = passwords.stretch(profile, email, passphrase, account.slt_enc)
    sym_account = messages.decrypt_key(profile, sec_pwd_enc, account.enc_symmetric_key, "encSymmetricKey")
    if not hmac.compare_digest(sym_account, session.keys.sym_account):
        raise ProtocolError("decrypt", "encSymmetricKey opens to another key than at the login: nothing was changed")
    return {"verifier": verifier_of(profile, email, passphrase, salts.slt_auth_1, salts.slt_auth_2).hex()}


def check_mailed_code(session: Session) -> None:
    if not session.profile.mailed_code:
        raise ProtocolError(
            "state", f"there are no mailed codes in {session.profile.name}: give the old passphrase (7.8)"
        )
