"""The numbers that the protocol fixes, without negotiation and without a version (3.1)."""

SALT_BYTES = 32
KEY_BYTES = 32
EPHEMERAL_BYTES = 32
HASH_BYTES = 32
PBKDF2_ITERATIONS = 100_000
IV_BYTES = 12
TAG_BYTES = 16
RSA_MODULUS_BITS = 2048
RSA_MODULUS_BYTES = RSA_MODULUS_BITS // 8
RSA_EXPONENT = 65537
GROUP_BYTES = 256

# What every server takes of a request body, at push and pull and at every other call (9.2).
SYNC_BODY_BYTES = 16 * 1024 * 1024
BODY_BYTES = 1024 * 1024

# The SRP modulus: the 2048-bit group of RFC 5054, appendix A, and its generator as a single byte.
N_BYTES = bytes.fromhex(
    "ac6bdb41324a9a9bf166de5e1389582faf72b6651987ee07fc3192943db56050"
    "a37329cbb4a099ed8193e0757767a13dd52312ab4b03310dcd7f48a9da04fd50"
    "e8083969edb767b0cf6095179a163ab3661a05fbd5faaae82918a9962f0b93b8"
    "55f97993ec975eeaa80d740adbf4ff747359d041d5c33ea71d281e446b14773b"
    "ca97b43a23fb801676bd207a436c6481f1d2b9078717461a5b9d32e688f87748"
    "544523b524b0d57d5ea77a2775d2ecfa032cfbdbf52fb3786160279004e57ae6"
    "af874e7303ce53299ccc041c7bc308d82a5698f3a8d0c38271ae35f8e9dbfbb6"
    "94b5c803d89f7ae435de236d525f54759b65e372fcd68ef20fa7111f9e4aff73"
)
N = int.from_bytes(N_BYTES, "big")
G_BYTES = b"\x02"
G = 2
