"""Every value of the derivation graph (chapters 4 to 6) over PyPI `cryptography` and Python's own integers."""

import unicodedata
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache
from hashlib import sha256
from urllib.parse import quote

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

from ecmascript import json_text, trim
from steps import Refused

# 3.1, RFC 5054 appendix A, 2048 bits
N_HEX = (
    "ac6bdb41324a9a9bf166de5e1389582faf72b6651987ee07fc3192943db56050a37329cbb4a099ed8193e0757767a13d"
    "d52312ab4b03310dcd7f48a9da04fd50e8083969edb767b0cf6095179a163ab3661a05fbd5faaae82918a9962f0b93b8"
    "55f97993ec975eeaa80d740adbf4ff747359d041d5c33ea71d281e446b14773bca97b43a23fb801676bd207a436c6481"
    "f1d2b9078717461a5b9d32e688f87748544523b524b0d57d5ea77a2775d2ecfa032cfbdbf52fb3786160279004e57ae6"
    "af874e7303ce53299ccc041c7bc308d82a5698f3a8d0c38271ae35f8e9dbfbb694b5c803d89f7ae435de236d525f5475"
    "9b65e372fcd68ef20fa7111f9e4aff73"
)
N, g = int(N_HEX, 16), 2
GROUP_BYTES, ITERATIONS = 256, 100_000


class Missing(Exception):
    """A value that depends on an input that was not given."""


def integer(data: bytes) -> int:
    return int.from_bytes(data, "big")


def pad(number: int) -> bytes:
    return number.to_bytes(GROUP_BYTES, "big")


def H(*parts: bytes) -> bytes:
    return sha256(b"".join(parts)).digest()


@lru_cache(maxsize=None)
def pbkdf2(password: bytes, salt: bytes) -> bytes:
    return PBKDF2HMAC(SHA256(), 32, salt, ITERATIONS).derive(password)


def percent(text: str) -> bytes:
    return quote(text, safe="-_.!~*'()").encode("ascii")


def oaep(public_jwk: dict, seed: bytes, plaintext: bytes) -> bytes:
    """RSAES-OAEP with SHA-256, MGF1 with SHA-256, no label and this seed (RFC 8017, 7.1.1)."""
    n, e = (integer(b64(public_jwk[name])) for name in ("n", "e"))
    k = (n.bit_length() + 7) // 8
    block = sha256(b"").digest() + bytes(k - len(plaintext) - 66) + b"\x01" + plaintext
    masked = xor(block, mgf1(seed, len(block)))
    message = b"\x00" + xor(seed, mgf1(masked, len(seed))) + masked
    return pow(integer(message), e, n).to_bytes(k, "big")


def mgf1(seed: bytes, length: int) -> bytes:
    blocks = (H(seed, counter.to_bytes(4, "big")) for counter in range(-(-length // 32)))
    return b"".join(blocks)[:length]


def xor(left: bytes, right: bytes) -> bytes:
    return bytes(x ^ y for x, y in zip(left, right, strict=True))


def b64(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Values:
    """The values of one account and login; each is computed when it is first asked for."""

    def __init__(self, profile: str, inputs: dict):
        self.documented = profile == "documented"
        self.known = {name: self.read(name, value) for name, value in inputs.items()}

    @staticmethod
    def read(name: str, value):
        texts = ("email", "passphrase", "normalized.email", "normalized.passphrase")
        documents = ("PUB_Account", "PRV_Account", "M_Resource")
        sealed = ("encSymmetricKey", "encPrivateKey", "encContent")
        return value if name in texts + documents + sealed else bytes.fromhex(value)

    def __getitem__(self, name: str):
        if name not in self.known:
            if name not in FORMULAS:
                raise Missing(name)
            self.known[name] = FORMULAS[name](self)
        return self.known[name]

    def hkdf_salt(self, salt: bytes) -> bytes:
        return salt if self.documented else salt.hex().encode()

    def bound_salt(self, salt: str) -> bytes:
        return HKDF(SHA256(), 32, self.hkdf_salt(self[salt]), b"").derive(self["srp.I"])

    def password_key(self, salt: str) -> bytes:
        return pbkdf2(self["normalized.passphrase"].encode(), self[salt])

    def key_plaintext(self, key: str) -> bytes:
        if self.documented:
            return self[key]
        k = urlsafe_b64encode(self[key]).rstrip(b"=").decode()
        jwk = {"alg": "A256GCM", "ext": True, "k": k, "key_ops": ["encrypt", "decrypt"], "kty": "oct"}
        return percent(json_text(jwk))

    def json_plaintext(self, name: str) -> bytes:
        text = json_text(self[name])
        return text.encode() if self.documented else percent(text)

    def sealed(self, name: str, key: str) -> bytes:
        return AESGCM(self[key]).encrypt(self[f"{name}.iv"], self[f"{name}.plaintext"], b"")

    def message(self, name: str) -> str:
        sealed = self[f"{name}.sealed"]
        parts = {"iv": self[f"{name}.iv"], "t": sealed[-16:], "d": sealed[:-16], "ad": b""}
        return json_text({member: part.hex() for member, part in parts.items()})

    def x(self) -> int:
        return integer(self["srp.x"])

    def S(self) -> bytes:
        base = (integer(self["srp.B"]) - integer(self["srp.k"]) * pow(g, self.x(), N)) % N
        return pad(pow(base, integer(self["a"]) + integer(self["srp.u"]) * self.x(), N))

    def S_server(self) -> bytes:
        v = integer(self["SRP_Verifier"])
        return pad(pow(integer(self["srp.A"]) * pow(v, integer(self["srp.u"]), N), integer(self["b"]), N))

    def M1(self) -> bytes:
        A, B = self["srp.A"], self["srp.B"]
        if not self.documented:
            return H(A, B, self["srp.S"])
        return H(self["srp.H_N_xor_H_g"], self["srp.H_I"], self["SLT_Auth_2"], A, B, self["srp.K"])


FORMULAS = {
    "normalized.email": lambda v: trim(v["email"]).lower(),
    "normalized.passphrase": lambda v: unicodedata.normalize("NFKD", trim(v["passphrase"])),
    "SLT_TMP_1": lambda v: v.bound_salt("SLT_Auth_1"),
    "SLT_TMP_2": lambda v: v.bound_salt("SLT_Enc"),
    "SEC_PWD_Auth": lambda v: v.password_key("SLT_TMP_1"),
    "SEC_PWD_Enc": lambda v: v.password_key("SLT_TMP_2"),
    "srp.I": lambda v: v["normalized.email"].encode(),
    "srp.P": lambda v: v["SEC_PWD_Auth"].hex().encode() if v.documented else v["SEC_PWD_Auth"],
    "srp.inner": lambda v: H(v["srp.I"], b":", v["srp.P"]),
    "srp.x": lambda v: H(v["SLT_Auth_2"], v["srp.inner"]),
    "SRP_Verifier": lambda v: pad(pow(g, v.x(), N)),
    "srp.k": lambda v: H(pad(N), bytes([g]) if v.documented else pad(g)),
    "srp.A": lambda v: pad(pow(g, integer(v["a"]), N)),
    "srp.B": lambda v: pad((integer(v["srp.k"]) * integer(v["SRP_Verifier"]) + pow(g, integer(v["b"]), N)) % N),
    "srp.u": lambda v: H(v["srp.A"], v["srp.B"]),
    "srp.S": Values.S,
    "srp.S_server": Values.S_server,
    "srp.K": lambda v: H(v["srp.S"]),
    "srp.M1": Values.M1,
    "srp.M2": lambda v: H(v["srp.A"], v["srp.M1"], v["srp.K"]),
    "session.id": lambda v: v["srp.K"],
    "encSymmetricKey.plaintext": lambda v: v.key_plaintext("SYM_Account"),
    "encSymmetricKey.sealed": lambda v: v.sealed("encSymmetricKey", "SEC_PWD_Enc"),
    "encSymmetricKey": lambda v: v.message("encSymmetricKey"),
    "encPrivateKey.plaintext": lambda v: v.json_plaintext("PRV_Account"),
    "encPrivateKey.sealed": lambda v: v.sealed("encPrivateKey", "SYM_Account"),
    "encPrivateKey": lambda v: v.message("encPrivateKey"),
    "encContent.plaintext": lambda v: v.json_plaintext("M_Resource"),
    "encContent.sealed": lambda v: v.sealed("encContent", "SYM_ResourceGroup"),
    "encContent": lambda v: v.message("encContent"),
    "SYM_Link.plaintext": lambda v: v.key_plaintext("SYM_ResourceGroup"),
    "SYM_Link": lambda v: oaep(v["PUB_Account"], v["SYM_Link.seed"], v["SYM_Link.plaintext"]),
}
DOCUMENTED_ONLY = {
    "srp.H_N_xor_H_g": lambda v: xor(H(pad(N)), H(bytes([g]))),
    "srp.H_I": lambda v: H(v["srp.I"]),
}
FORMULAS |= DOCUMENTED_ONLY


def derive(profile: str, inputs: dict) -> dict:
    """Whatever follows from the inputs, as hex."""
    values, found = Values(profile, inputs), {}
    for name in FORMULAS:
        if name in DOCUMENTED_ONLY and not values.documented:
            continue
        try:
            value = values[name]
            found[name] = (value.encode() if isinstance(value, str) else value).hex()
        except Missing:
            continue
        except UnicodeEncodeError as error:
            raise Refused("half of a surrogate pair") from error
    return found
