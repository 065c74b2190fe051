package e2eesync;

import e2eesync.json.Json;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;

/** The written form of keys (6.6): RSA keys, public and private, and symmetric keys. */
final class Jwk {
  static final String RSA_ALG = "RSA-OAEP-256";
  static final String RSA_EXPONENT = "AQAB";
  private static final String SYMMETRIC_ALG = "A256GCM";
  private static final int RSA_MODULUS_BITS = 2048;
  private static final int KEY_BYTES = 32;
  private static final List<String> PRIVATE_MEMBERS =
      List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

  private Jwk() {}

  /** The JWK of a key of 32 bytes, its members in alphabetical order (JWK-02). */
  static Json.Obj symmetric(byte[] key) {
    return Json.object()
        .put("alg", SYMMETRIC_ALG)
        .put("ext", true)
        .put("k", Bytes.base64url(key))
        .put("key_ops", Json.array("encrypt", "decrypt"))
        .put("kty", "oct")
        .build();
  }

  /** The key of a decrypted symmetric JWK: 32 bytes. @throws Refusal decrypt (WRAP-05) */
  static byte[] symmetricKey(Json json) {
    if (json instanceof Json.Obj jwk
        && isText(jwk, "kty", "oct")
        && isText(jwk, "alg", SYMMETRIC_ALG)
        && hasOperations(jwk, Set.of("encrypt", "decrypt"))
        && jwk.get("k") instanceof Json.Str k) {
      try {
        byte[] key = Bytes.fromBase64url("k", k.text());
        if (key.length == KEY_BYTES) return key;
      } catch (Refusal notBase64) {
        // refused below, as decrypt
      }
    }
    throw Refusal.decrypt("what was decrypted is not a symmetric key of 32 bytes as JWK (WRAP-05)");
  }

  /**
   * What a public and a private key have in common: kty, alg, key_ops, n and e.
   *
   * @return the modulus
   * @throws Refusal schema or encoding (JWK-04 to JWK-07, ENC-03)
   */
  static BigInteger modulus(String what, Json json, String operation) {
    if (!(json instanceof Json.Obj jwk)) throw Refusal.schema(what + " must be a JSON object (JWK-04)");
    if (!isText(jwk, "kty", "RSA")) throw Refusal.schema(what + ": kty must be RSA (JWK-04)");
    if (!isText(jwk, "alg", RSA_ALG)) throw Refusal.schema(what + ": alg must be " + RSA_ALG + " (JWK-04)");
    if (!hasOperations(jwk, Set.of(operation)))
      throw Refusal.schema(what + ": key_ops must be " + operation + " alone (JWK-04)");
    if (!isText(jwk, "e", RSA_EXPONENT))
      throw Refusal.schema(what + ": e must be " + RSA_EXPONENT + " (JWK-06)");
    BigInteger n = number(what, jwk, "n", "JWK-05");
    if (n.bitLength() != RSA_MODULUS_BITS || !n.testBit(0))
      throw Refusal.schema(what + ": n must be an odd number of exactly 2048 bits (JWK-05)");
    return n;
  }

  /** @throws Refusal schema for a member that only a private or a symmetric key has (JWK-08) */
  static void refusePrivateMembers(String what, Json.Obj jwk) {
    for (String name : PRIVATE_MEMBERS)
      if (jwk.get(name) != null)
        throw Refusal.schema(what + " must not hold the private member " + name + " (JWK-08)");
  }

  /** A number as base64url of its bytes. @throws Refusal schema or encoding (JWK-07, ENC-03) */
  static BigInteger number(String what, Json.Obj jwk, String name, String requirement) {
    if (!(jwk.get(name) instanceof Json.Str text))
      throw Refusal.schema(what + ": " + name + " must be there, as text (" + requirement + ")");
    byte[] bytes = Bytes.fromBase64url(what + ": " + name, text.text());
    if (bytes.length == 0) throw Refusal.schema(what + ": " + name + " is empty (" + requirement + ")");
    if (bytes[0] == 0)
      throw Refusal.schema(what + ": " + name + " must have no zero byte in front (JWK-07)");
    return new BigInteger(1, bytes);
  }

  /** A number as base64url of its big-endian bytes without leading zero bytes. */
  static String number(BigInteger value) {
    byte[] signed = value.toByteArray();
    int start = signed.length > 1 && signed[0] == 0 ? 1 : 0;
    return Bytes.base64url(java.util.Arrays.copyOfRange(signed, start, signed.length));
  }

  private static boolean isText(Json.Obj jwk, String name, String text) {
    return jwk.get(name) instanceof Json.Str string && string.text().equals(text);
  }

  /** Just these operations, in any order. */
  private static boolean hasOperations(Json.Obj jwk, Set<String> operations) {
    return jwk.get("key_ops") instanceof Json.Arr list
        && list.items().size() == operations.size()
        && list.items().containsAll(operations.stream().map(Json::of).toList());
  }
}
