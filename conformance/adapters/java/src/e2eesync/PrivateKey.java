package e2eesync;

import e2eesync.json.Json;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.RSAPrivateCrtKeySpec;

/** PRV_Account (6.6), checked: its numbers belong together. */
public record PrivateKey(
    BigInteger n, BigInteger d, BigInteger p, BigInteger q, BigInteger dp, BigInteger dq, BigInteger qi) {
  private static final int MODULUS_BITS = 2048;
  private static final BigInteger ONE = BigInteger.ONE;

  /** A fresh pair with a modulus of 2048 bits and the exponent 65537 (KEY-04). */
  static PrivateKey generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(new RSAKeyGenParameterSpec(MODULUS_BITS, PublicKey.EXPONENT));
      RSAPrivateCrtKey key = (RSAPrivateCrtKey) generator.generateKeyPair().getPrivate();
      return new PrivateKey(
          key.getModulus(),
          key.getPrivateExponent(),
          key.getPrimeP(),
          key.getPrimeQ(),
          key.getPrimeExponentP(),
          key.getPrimeExponentQ(),
          key.getCrtCoefficient());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java makes RSA keys of 2048 bits", impossible);
    }
  }

  /** The key of a JWK. @throws Refusal schema or encoding; decrypt where its numbers do not fit (JWK-09) */
  public static PrivateKey of(Json json) {
    String what = "a private key";
    BigInteger n = Jwk.modulus(what, json, "decrypt");
    Json.Obj jwk = (Json.Obj) json;
    PrivateKey key =
        new PrivateKey(
            n,
            Jwk.number(what, jwk, "d", "JWK-09"),
            Jwk.number(what, jwk, "p", "JWK-09"),
            Jwk.number(what, jwk, "q", "JWK-09"),
            Jwk.number(what, jwk, "dp", "JWK-09"),
            Jwk.number(what, jwk, "dq", "JWK-09"),
            Jwk.number(what, jwk, "qi", "JWK-09"));
    if (!key.belongsTogether())
      throw Refusal.decrypt("the numbers of the private key do not belong together (JWK-09)");
    return key;
  }

  private boolean belongsTogether() {
    if (p.equals(ONE) || q.equals(ONE)) return false;
    BigInteger overP = p.subtract(ONE);
    BigInteger overQ = q.subtract(ONE);
    BigInteger ed = PublicKey.EXPONENT.multiply(d);
    return n.equals(p.multiply(q))
        && ed.mod(overP).equals(ONE)
        && ed.mod(overQ).equals(ONE)
        && dp.equals(d.mod(overP))
        && dq.equals(d.mod(overQ))
        && q.multiply(qi).mod(p).equals(ONE);
  }

  public PublicKey publicKey() {
    return new PublicKey(n);
  }

  /** @throws Refusal decrypt where the public key is another's (WRAP-10) */
  public void refuseOther(PublicKey publicKey) {
    if (!publicKey.equals(publicKey()))
      throw Refusal.decrypt("the public key does not belong to the private key (WRAP-10)");
  }

  /** The JWK, its members in alphabetical order (JWK-01). */
  Json.Obj jwk() {
    return Json.object()
        .put("alg", Jwk.RSA_ALG)
        .put("d", Jwk.number(d))
        .put("dp", Jwk.number(dp))
        .put("dq", Jwk.number(dq))
        .put("e", Jwk.RSA_EXPONENT)
        .put("ext", true)
        .put("key_ops", Json.array("decrypt"))
        .put("kty", "RSA")
        .put("n", Jwk.number(n))
        .put("p", Jwk.number(p))
        .put("q", Jwk.number(q))
        .put("qi", Jwk.number(qi))
        .build();
  }

  RSAPrivateCrtKey rsa() {
    RSAPrivateCrtKeySpec spec = new RSAPrivateCrtKeySpec(n, PublicKey.EXPONENT, d, p, q, dp, dq, qi);
    try {
      return (RSAPrivateCrtKey) KeyFactory.getInstance("RSA").generatePrivate(spec);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("the numbers were checked", impossible);
    }
  }

  /** Names no number: the key is a secret. */
  @Override
  public String toString() {
    return "PrivateKey";
  }
}
