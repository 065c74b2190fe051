package e2eesync.adapter;

import static e2eesync.Bytes.sha256;
import static e2eesync.Bytes.utf8;

import e2eesync.AesMessage;
import e2eesync.Link;
import e2eesync.PasswordKeys;
import e2eesync.Profile;
import e2eesync.PublicKey;
import e2eesync.Srp;
import e2eesync.Text;
import e2eesync.json.Json;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.function.Supplier;

/** The verb {@code derive}: every value of chapters 4 to 6 that follows from what is given, in their order. */
final class Derive {
  private final Profile profile;
  private final Given all;

  private Derive(Profile profile, Json.Obj given) {
    this.profile = profile;
    this.all = new Given(given);
  }

  static Json.Obj values(Profile profile, Json.Obj given) {
    Derive derive = new Derive(profile, given);
    derive.passwordKeys();
    derive.verifier();
    derive.proofs();
    derive.message("encSymmetricKey", "SEC_PWD_Enc", "SYM_Account", () -> derive.keyPlaintext("SYM_Account"));
    derive.message("encPrivateKey", "SYM_Account", "PRV_Account", () -> derive.jsonPlaintext("PRV_Account"));
    derive.message("encContent", "SYM_ResourceGroup", "M_Resource", () -> derive.jsonPlaintext("M_Resource"));
    derive.link();
    return derive.all.values();
  }

  /** Chapter 4. */
  private void passwordKeys() {
    all.derive("normalized.email", () -> utf8(Text.normalizeEmail(all.text("email"))), "email");
    all.derive(
        "normalized.passphrase",
        () -> utf8(Text.normalizePassphrase(all.text("passphrase"))),
        "passphrase");
    all.derive("SLT_TMP_1", () -> emailBoundSalt("SLT_Auth_1"), "SLT_Auth_1", "normalized.email");
    all.derive("SLT_TMP_2", () -> emailBoundSalt("SLT_Enc"), "SLT_Enc", "normalized.email");
    all.derive("SEC_PWD_Auth", () -> passwordKey("SLT_TMP_1"), "SLT_TMP_1", "normalized.passphrase");
    all.derive("SEC_PWD_Enc", () -> passwordKey("SLT_TMP_2"), "SLT_TMP_2", "normalized.passphrase");
  }

  private byte[] emailBoundSalt(String salt) {
    return PasswordKeys.emailBoundSalt(profile, all.bytes(salt), all.text("normalized.email"));
  }

  private byte[] passwordKey(String salt) {
    return PasswordKeys.passwordKey(all.text("normalized.passphrase"), all.bytes(salt));
  }

  /** 5.1 and 5.2. */
  private void verifier() {
    all.derive("srp.I", () -> utf8(all.text("normalized.email")), "normalized.email");
    all.derive("srp.P", () -> profile.srpPassword(all.bytes("SEC_PWD_Auth")), "SEC_PWD_Auth");
    all.derive("srp.inner", () -> Srp.inner(all.bytes("srp.I"), all.bytes("srp.P")), "srp.I", "srp.P");
    all.derive(
        "srp.x", () -> Srp.x(all.bytes("SLT_Auth_2"), all.bytes("srp.inner")), "SLT_Auth_2", "srp.inner");
    all.derive("SRP_Verifier", () -> Srp.powerOfG(all.bytes("srp.x")), "srp.x");
    all.derive("srp.k", profile::srpMultiplier);
  }

  /** 5.3 to 5.6, the server's B and S too, so that a login can be computed from both sides. */
  private void proofs() {
    all.derive("srp.A", () -> Srp.powerOfG(all.bytes("a")), "a");
    all.derive("srp.B", this::serverEphemeral, "srp.k", "SRP_Verifier", "b");
    all.derive("srp.u", () -> Srp.u(all.bytes("srp.A"), all.bytes("srp.B")), "srp.A", "srp.B");
    all.derive("srp.S", this::premasterSecret, "srp.k", "srp.B", "srp.x", "a", "srp.u");
    all.derive("srp.S_server", this::serverPremasterSecret, "srp.A", "SRP_Verifier", "srp.u", "b");
    all.derive("srp.K", () -> sha256(all.bytes("srp.S")), "srp.S");
    if (profile == Profile.DOCUMENTED) {
      all.derive("srp.H_N_xor_H_g", Srp::hashOfNXorHashOfG);
      all.derive("srp.H_I", () -> sha256(all.bytes("srp.I")), "srp.I");
      all.derive("srp.M1", this::documentedProof, "srp.H_I", "SLT_Auth_2", "srp.A", "srp.B", "srp.S");
    } else {
      all.derive("srp.M1", this::deployedProof, "srp.A", "srp.B", "srp.S");
    }
    all.derive(
        "srp.M2",
        () -> Srp.m2(all.bytes("srp.A"), all.bytes("srp.M1"), all.bytes("srp.K")),
        "srp.A",
        "srp.M1",
        "srp.K");
    all.derive("session.id", () -> all.bytes("srp.K"), "srp.K");
  }

  /** {@code B = PAD((k * SRP_Verifier + g^b) mod N)}. */
  private byte[] serverEphemeral() {
    BigInteger power = Srp.G.modPow(all.integer("b"), Srp.N);
    return Srp.pad(all.integer("srp.k").multiply(all.integer("SRP_Verifier")).add(power).mod(Srp.N));
  }

  private byte[] documentedProof() {
    return proof(all.bytes("srp.H_I"), all.bytes("SLT_Auth_2"));
  }

  private byte[] deployedProof() {
    return proof(new byte[0], new byte[0]);
  }

  private byte[] proof(byte[] hashOfI, byte[] saltAuth2) {
    return profile.clientProof(
        hashOfI, saltAuth2, all.bytes("srp.A"), all.bytes("srp.B"), all.bytes("srp.S"));
  }

  private byte[] premasterSecret() {
    return Srp.s(
        all.bytes("srp.k"), all.bytes("srp.B"), all.bytes("srp.x"), all.bytes("a"), all.bytes("srp.u"));
  }

  /** {@code S_server = PAD((A * SRP_Verifier^u)^b mod N)}. */
  private byte[] serverPremasterSecret() {
    BigInteger power = all.integer("SRP_Verifier").modPow(all.integer("srp.u"), Srp.N);
    return Srp.pad(all.integer("srp.A").multiply(power).modPow(all.integer("b"), Srp.N));
  }

  private byte[] keyPlaintext(String key) {
    return profile.symmetricKeyPlaintext(all.bytes(key));
  }

  private byte[] jsonPlaintext(String json) {
    return profile.jsonPlaintext(all.json(json));
  }

  /** A wrapped key or a document, 6.2 to 6.4. */
  private void message(String name, String key, String content, Supplier<byte[]> plaintext) {
    String iv = name + ".iv";
    String sealed = name + ".sealed";
    all.derive(name + ".plaintext", plaintext, content);
    all.derive(sealed, () -> seal(key, name).sealed(), key, iv, name + ".plaintext");
    all.derive(
        name, () -> utf8(AesMessage.of(all.bytes(iv), all.bytes(sealed)).text()), iv, sealed);
  }

  private AesMessage seal(String key, String name) {
    return AesMessage.seal(
        all.bytes(key), all.bytes(name + ".plaintext"), all.bytes(name + ".iv"));
  }

  /** 6.5. */
  private void link() {
    all.derive(
        "SYM_Link.plaintext", () -> keyPlaintext("SYM_ResourceGroup"), "SYM_ResourceGroup");
    all.derive("SYM_Link", this::symLink, "SYM_Link.plaintext", "SYM_Link.seed", "PUB_Account");
  }

  private byte[] symLink() {
    PublicKey to = PublicKey.of(all.json("PUB_Account"));
    return Link.seal(all.bytes("SYM_Link.plaintext"), to, new GivenSeed(all.bytes("SYM_Link.seed")));
  }

  /** A generator that gives a seed of OAEP. */
  private static final class GivenSeed extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final byte[] seed;

    GivenSeed(byte[] seed) {
      this.seed = seed.clone();
    }

    @Override
    public void nextBytes(byte[] bytes) {
      if (bytes.length != seed.length) throw new BadParams("a seed must have " + bytes.length + " bytes");
      System.arraycopy(seed, 0, bytes, 0, bytes.length);
    }
  }
}
