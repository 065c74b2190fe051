package e2eesync;

import java.math.BigInteger;
import java.util.Arrays;

/** SRP-6a over the 2048-bit group of RFC 5054 with SHA-256 (chapter 5), from the client's side. */
public final class Srp {
  public static final int GROUP_BYTES = 256;
  public static final int EPHEMERAL_BYTES = 32;
  public static final BigInteger N =
      new BigInteger(
          """
          ac6bdb41324a9a9bf166de5e1389582faf72b6651987ee07fc3192943db56050\
          a37329cbb4a099ed8193e0757767a13dd52312ab4b03310dcd7f48a9da04fd50\
          e8083969edb767b0cf6095179a163ab3661a05fbd5faaae82918a9962f0b93b8\
          55f97993ec975eeaa80d740adbf4ff747359d041d5c33ea71d281e446b14773b\
          ca97b43a23fb801676bd207a436c6481f1d2b9078717461a5b9d32e688f87748\
          544523b524b0d57d5ea77a2775d2ecfa032cfbdbf52fb3786160279004e57ae6\
          af874e7303ce53299ccc041c7bc308d82a5698f3a8d0c38271ae35f8e9dbfbb6\
          94b5c803d89f7ae435de236d525f54759b65e372fcd68ef20fa7111f9e4aff73\
          """,
          16);
  public static final BigInteger G = BigInteger.TWO;
  static final byte[] N_BYTES = pad(N);
  static final byte[] G_BYTES = {2};

  private Srp() {}

  /** PAD: an integer below N as exactly 256 bytes, with zero bytes in front (5.1). */
  public static byte[] pad(BigInteger value) {
    byte[] signed = value.toByteArray();
    byte[] padded = new byte[GROUP_BYTES];
    int digits = Math.min(signed.length, GROUP_BYTES);
    System.arraycopy(signed, signed.length - digits, padded, GROUP_BYTES - digits, digits);
    return padded;
  }

  static BigInteger integer(byte[] bytes) {
    return new BigInteger(1, bytes);
  }

  /** {@code inner = SHA-256(I | ":" | P)}: 32 bytes. */
  public static byte[] inner(byte[] identity, byte[] password) {
    return Bytes.sha256(identity, new byte[] {':'}, password);
  }

  /** {@code x = SHA-256(SLT_Auth_2 | inner)}: 32 bytes. */
  public static byte[] x(byte[] saltAuth2, byte[] inner) {
    return Bytes.sha256(saltAuth2, inner);
  }

  /** x, from SEC_PWD_Auth and the normalised email (5.2). */
  static byte[] x(Profile profile, String email, byte[] secPwdAuth, byte[] saltAuth2) {
    return x(saltAuth2, inner(Bytes.utf8(email), profile.srpPassword(secPwdAuth)));
  }

  /** {@code PAD(g^exponent mod N)}: SRP_Verifier of x, A of a. */
  public static byte[] powerOfG(byte[] exponent) {
    return pad(G.modPow(integer(exponent), N));
  }

  /** {@code u = SHA-256(A | B)}: 32 bytes. */
  public static byte[] u(byte[] a, byte[] b) {
    return Bytes.sha256(a, b);
  }

  /** {@code S = PAD((B - k * g^x)^(a + u * x) mod N)}: 256 bytes. */
  public static byte[] s(byte[] k, byte[] bigB, byte[] x, byte[] a, byte[] u) {
    BigInteger base = integer(bigB).subtract(integer(k).multiply(G.modPow(integer(x), N))).mod(N);
    return pad(base.modPow(integer(a).add(integer(u).multiply(integer(x))), N));
  }

  /** {@code M2 = SHA-256(A | M1 | K)}: 32 bytes. */
  public static byte[] m2(byte[] a, byte[] m1, byte[] k) {
    return Bytes.sha256(a, m1, k);
  }

  /** {@code SHA-256(N) xor SHA-256(g)}, in M1 of {@code documented}. */
  public static byte[] hashOfNXorHashOfG() {
    byte[] hashOfN = Bytes.sha256(N_BYTES);
    byte[] hashOfG = Bytes.sha256(G_BYTES);
    for (int i = 0; i < hashOfN.length; i++) hashOfN[i] ^= hashOfG[i];
    return hashOfN;
  }

  /**
   * B as the server sent it.
   *
   * @return 256 bytes
   * @throws Refusal encoding where it is not 512 hex digits, auth where it is out of range (5.3)
   */
  public static byte[] acceptB(String srpB) {
    byte[] bytes = Bytes.fromHex("srpB", srpB, GROUP_BYTES);
    BigInteger b = integer(bytes);
    if (b.mod(N).signum() == 0) throw Refusal.auth("the server's B is zero modulo N (SRP-19)");
    if (b.compareTo(N) >= 0) throw Refusal.auth("the server's B is not below N (SRP-20)");
    return bytes;
  }

  /**
   * M2 as the server sent it.
   *
   * @throws Refusal encoding where it is not 64 hex digits, auth where it is not the client's own (SRP-31)
   */
  public static byte[] acceptM2(String srpM2, byte[] own) {
    byte[] m2 = Bytes.fromHex("srpM2", srpM2, own.length);
    if (!Bytes.sameSecret(m2, own))
      throw Refusal.auth("the server's proof is wrong: it does not know this account (SRP-31)");
    return m2;
  }

  /** What the client computes once it has B: M1 to send, the M2 to expect, and K (5.4, 5.5). */
  record Proof(byte[] m1, byte[] m2, byte[] k) {}

  /** @throws Refusal auth where u is zero (SRP-23) */
  static Proof prove(
      Profile profile, String email, byte[] saltAuth2, byte[] x, byte[] a, byte[] bigA, byte[] bigB) {
    byte[] u = u(bigA, bigB);
    if (integer(u).signum() == 0) throw Refusal.auth("u is zero (SRP-23): log in again");
    byte[] s = s(profile.srpMultiplier(), bigB, x, a, u);
    byte[] k = Bytes.sha256(s);
    byte[] m1 = profile.clientProof(Bytes.sha256(Bytes.utf8(email)), saltAuth2, bigA, bigB, s);
    Arrays.fill(s, (byte) 0);
    return new Proof(m1, m2(bigA, m1, k), k);
  }
}
