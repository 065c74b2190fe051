package e2eesync;

import e2eesync.json.Json;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;

/** PUB_Account (6.6), checked. The exponent is 65537. */
public record PublicKey(BigInteger n) {
  static final BigInteger EXPONENT = BigInteger.valueOf(65537);

  /** The key of a JWK. @throws Refusal schema or encoding (JWK-04 to JWK-08) */
  public static PublicKey of(Json json) {
    // A private key in the place of a public one is told first: it is the worst that can be there.
    if (json instanceof Json.Obj jwk) Jwk.refusePrivateMembers("a public key", jwk);
    return new PublicKey(Jwk.modulus("a public key", json, "encrypt"));
  }

  /** The key of a member {@code publicKey}. @throws Refusal schema or encoding */
  public static PublicKey read(String text) {
    return of(json(text));
  }

  /** The JSON of a member {@code publicKey}, not looked at yet. @throws Refusal encoding */
  public static Json json(String text) {
    return Form.parse("a public key", text);
  }

  /** The JWK, its members in alphabetical order (JWK-01). */
  Json.Obj jwk() {
    return Json.object()
        .put("alg", Jwk.RSA_ALG)
        .put("e", Jwk.RSA_EXPONENT)
        .put("ext", true)
        .put("key_ops", Json.array("encrypt"))
        .put("kty", "RSA")
        .put("n", Jwk.number(n))
        .build();
  }

  RSAPublicKey rsa() {
    try {
      return (RSAPublicKey)
          KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(n, EXPONENT));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("n has 2048 bits and e is 65537", impossible);
    }
  }
}
