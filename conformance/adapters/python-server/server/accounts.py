"""The life of an account (chapter 7)."""
import re
import secrets
import time
from datetime import datetime, timezone
from urllib.parse import parse_qs

from . import clock, forms, srp
from .errors import Refused, forbidden, not_found, wrong_proof
from .service import SESSION_SECONDS, Request, Service, Starter

CONFIRMATION_SECONDS = 7 * 24 * 3600  # CONFIRM-05
CODE_SECONDS = 3600  # CODE-03
CODE_TRIES = 5  # CODE-05


def signup_form(profile: str) -> forms.Form:
    return forms.members({
        "id": forms.account_id,
        "email": forms.address(profile),
        "firstName": forms.person_name,
        "lastName": forms.person_name,
        "saltKey": forms.salt,
        "saltAuth": forms.salt,
        "saltEnc": forms.salt,
        "verifier": forms.verifier,
        "publicKey": forms.public_key,
        "encPrivateKey": forms.aes_message,
        "encSymmetricKey": forms.aes_message,
    })


def login_s_form(profile: str) -> forms.Form:
    return forms.members({"email": forms.address(profile)})


def login_a_form(profile: str) -> forms.Form:
    return forms.members({"email": forms.address(profile), "srpA": forms.group_element})


def login_m1_form(profile: str) -> forms.Form:
    return forms.members({"sessionStarterId": forms.opaque_id, "srpM1": forms.proof})


def change_form(profile: str) -> forms.Form:
    required = {
        "newEmail": forms.address(profile),
        "encSymmetricKey": forms.aes_message,
        "newVerifier": forms.verifier,
        "newEncSymmetricKey": forms.aes_message,
    }
    names = {"newFirstName": forms.person_name, "newLastName": forms.person_name}
    if profile == "documented":  # CHANGE-13
        salts = dict.fromkeys(("newSaltKey", "newSaltAuth", "newSaltEnc"), forms.salt)
        return forms.members({"verifier": forms.verifier, **required, **salts}, names)

    # This server stores no new salts in deployed, so it refuses them (CHANGE-14).
    either = forms.members(required, {"verifier": forms.verifier, "code": forms.string(1, 200), **names})

    def form(value, path):
        checked = either(value, path)
        if ("verifier" in checked) == ("code" in checked):
            raise Refused("malformed", "a change has either verifier or code")
        return checked
    return form


# Signup and confirmation --------------------------------------------------------------------------------------------

def signup(service: Service, request: Request) -> dict:
    store, account = service.store, request.body
    if store.account_at(account["email"]):
        raise Refused("email-taken", "there is an account with this address", "/email")
    if store.account(account["id"]):
        raise Refused("id-taken", "there is an account with this id", "/id")
    now = datetime.fromtimestamp(clock.now(), timezone.utc)
    created = now.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    with store.write():
        store.insert("account", {**account, "isVerified": 0, "created": created})
        code = new_confirmation(service, account["id"], account["email"])
    mail_confirmation(service, account["email"], code)
    return {name: account[name] for name in ("id", "email", "firstName", "lastName")}


def new_confirmation(service: Service, account: str, email: str) -> str:
    code = secrets.token_hex(32)  # CONFIRM-02
    service.store.insert("confirmation", {
        "hash": srp.sha256(code.encode()), "account": account, "email": email, "mailed": clock.now(),
    })
    return code


def mail_confirmation(service: Service, email: str, code: str) -> None:
    link = f"{service.public_url}/auth/confirm?code={code}"
    service.mail.send(email, "Confirm your address", f"Open this link to confirm your address:\n\n{link}\n")


def send_confirmation(service: Service, account) -> None:
    with service.store.write():
        code = new_confirmation(service, account["id"], account["email"])
    mail_confirmation(service, account["email"], code)


def confirm(service: Service, request: Request) -> str:
    """GET /auth/confirm. HEAD gets the status of a GET and changes nothing."""
    codes = parse_qs(request.query).get("code", [])
    if len(codes) != 1 or not re.match(r"[0-9a-f]{64}\Z", codes[0]):
        raise not_found()
    store = service.store
    code_hash = srp.sha256(codes[0].encode())
    row = store.one("SELECT * FROM confirmation WHERE hash = ?", code_hash)
    if row is None or clock.now() - row["mailed"] > CONFIRMATION_SECONDS:
        raise not_found()
    if request.method == "GET":
        with store.write():
            store.run("DELETE FROM confirmation WHERE hash = ?", code_hash)
            store.run("UPDATE account SET isVerified = 1 WHERE id = ? AND email = ?", row["account"], row["email"])
    return "Your address is confirmed. You can close this page.\n"


def verify(service: Service, request: Request) -> dict:
    account = service.store.account(request.account)
    if not account["isVerified"]:
        send_confirmation(service, account)
    return {}


# Login --------------------------------------------------------------------------------------------------------------

def login_s(service: Service, request: Request) -> dict:
    email = request.body["email"]
    account = service.store.account_at(email)
    invented = {name: service.invented(name, email).hex() for name in ("saltKey", "saltAuth")}  # ENUM-01 to ENUM-03
    return {name: account[name] if account else invented[name] for name in invented}


def login_a(service: Service, request: Request) -> dict:
    email = request.body["email"]
    keys = (f"account {email}", f"peer {request.peer}")
    service.account_limit.check(keys[0])
    service.peer_limit.check(keys[1])
    service.account_limit.note(keys[0])
    service.peer_limit.note(keys[1])
    account = service.store.account_at(email)
    invented_verifier = srp.pad(srp.integer(service.invented("verifier", email, 256)) % srp.N)
    verifier = bytes.fromhex(account["verifier"]) if account else invented_verifier
    salt = bytes.fromhex(account["saltAuth"]) if account else service.invented("saltAuth", email)
    a_bytes = bytes.fromhex(request.body["srpA"])
    b, b_bytes = srp.draw(service.profile, verifier, a_bytes)
    starter = Starter(account["id"] if account else None, email, salt, verifier, a_bytes, b, b_bytes, time.monotonic())
    return {"sessionStarterId": service.add_starter(starter), "srpB": b_bytes.hex()}


def login_m1(service: Service, request: Request) -> dict:
    starter = service.take_starter(request.body["sessionStarterId"])
    if starter is None:
        raise wrong_proof()
    m1 = bytes.fromhex(request.body["srpM1"])
    s = srp.server_secret(starter.a_bytes, starter.b_bytes, starter.verifier, starter.b)
    expected = srp.client_proof(service.profile, starter.email, starter.salt, starter.a_bytes, starter.b_bytes, s)
    if not srp.same(m1, expected) or starter.account is None:
        raise wrong_proof()
    account = service.store.account(starter.account)
    if service.profile == "documented" and not account["isVerified"]:  # LOGIN-10
        send_confirmation(service, account)  # CONFIRM-08
        raise Refused("not-confirmed", "the address is not confirmed yet: open the link in the mail first")
    key = srp.session_key(s)
    service.start_session(key, starter.account)
    return {"srpM2": srp.server_proof(starter.a_bytes, m1, key).hex()}


def whoami(service: Service, request: Request) -> dict:
    account = service.store.account(request.account)
    age = int(clock.now() - request.session.started)
    names = ("email", "firstName", "lastName", "publicKey", "encPrivateKey", "encSymmetricKey", "saltEnc", "created")
    return {
        "accountId": account["id"],
        **{name: account[name] for name in names},
        "isVerified": bool(account["isVerified"]),
        "sessionAge": age,
        "sessionExpiry": SESSION_SECONDS - age,
    }


def logout(service: Service, request: Request) -> dict:
    service.end_session(request.session)
    return {}


# Change -------------------------------------------------------------------------------------------------------------

def change_password(service: Service, request: Request) -> dict:
    store, change = service.store, request.body
    account = store.account(request.account)
    check_permission(service, account, change)
    if not srp.same(change["encSymmetricKey"].encode(), account["encSymmetricKey"].encode()):
        raise Refused("stale", "the account was changed in between: log in again", "/encSymmetricKey")
    other = store.account_at(change["newEmail"])
    if other and other["id"] != account["id"]:
        raise Refused("email-taken", "there is an account with this address", "/newEmail")

    moved = change["newEmail"] != account["email"]
    new = {
        "email": change["newEmail"],
        "verifier": change["newVerifier"],
        "encSymmetricKey": change["newEncSymmetricKey"],
        "saltKey": change.get("newSaltKey", account["saltKey"]),
        "saltAuth": change.get("newSaltAuth", account["saltAuth"]),
        "saltEnc": change.get("newSaltEnc", account["saltEnc"]),
        "firstName": change.get("newFirstName", account["firstName"]),
        "lastName": change.get("newLastName", account["lastName"]),
        "isVerified": 0 if moved else account["isVerified"],
    }
    with store.write():
        store.run(f"UPDATE account SET {', '.join(f'{name} = ?' for name in new)} WHERE id = ?",
                  *new.values(), account["id"])
        store.run("DELETE FROM code WHERE account = ?", account["id"])  # CHANGE-12
        store.run("DELETE FROM confirmation WHERE account = ? AND email <> ?", account["id"], new["email"])
        code = new_confirmation(service, account["id"], new["email"]) if moved else None
    service.end_sessions(account["id"], but=request.session)  # CHANGE-11
    service.drop_starters(account["id"])
    if moved:
        mail_confirmation(service, new["email"], code)
        service.mail.send(account["email"], "Your address was changed",
                          "Your account now has another address. If this was not you, ask the operator of the server.")
    return {}


def check_permission(service: Service, account, change: dict) -> None:
    if "verifier" in change:
        key = f"change {account['id']}"
        service.account_limit.check(key)
        if not srp.same(change["verifier"], account["verifier"]):
            service.account_limit.note(key)
            raise Refused("wrong-proof", "the old passphrase is wrong", "/verifier")
        return
    store = service.store
    row = store.one("SELECT * FROM code WHERE account = ?", account["id"])
    if row is None or row["wrong"] >= CODE_TRIES or clock.now() - row["mailed"] > CODE_SECONDS:
        raise wrong_code()
    if not srp.same(row["hash"], srp.sha256(change["code"].encode())):
        with store.write():
            store.run("UPDATE code SET wrong = wrong + 1 WHERE account = ?", account["id"])
        raise wrong_code()
    if change["newEmail"] != account["email"]:
        raise forbidden("a code does not permit a change of address")  # CODE-06


def wrong_code() -> Refused:
    return Refused("wrong-code", "the code is wrong, used or expired", "/code")


def send_password_code(service: Service, request: Request) -> dict:
    account = service.store.account(request.account)
    key = f"code {account['id']}"
    service.account_limit.check(key)
    service.account_limit.note(key)
    code = secrets.token_hex(5)  # CODE-01
    with service.store.write():
        service.store.put("code", {
            "account": account["id"], "hash": srp.sha256(code.encode()), "mailed": clock.now(), "wrong": 0,
        })
    service.mail.send(account["email"], "Your code", f"With this code you can set a new passphrase:\n\n{code}\n")
    return {}


# Reset and deletion -------------------------------------------------------------------------------------------------

def reset(service: Service, request: Request) -> dict:
    with service.store.write():
        empty_account(service, request.account)
    return {}


def empty_account(service: Service, account: str) -> None:
    service.store.run("DELETE FROM resource_group WHERE owner = ?", account)  # links and resources go with it
    service.store.run("DELETE FROM link WHERE account = ?", account)


def delete_account(service: Service, request: Request) -> dict:
    account = request.account
    with service.store.write():
        empty_account(service, account)
        service.store.run("DELETE FROM account WHERE id = ?", account)  # memberships and codes go with it
        service.store.run("DELETE FROM team WHERE id NOT IN (SELECT team FROM team_member)")
    service.end_sessions(account)
    service.drop_starters(account)
    return {}
