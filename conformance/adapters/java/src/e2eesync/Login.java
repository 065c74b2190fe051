package e2eesync;

import e2eesync.json.Json;

/** A login (7.3): three calls that prove the passphrase, and a fourth that opens the account. */
final class Login {
  private Login() {}

  static Session run(Http http, Profile profile, String email, String passphrase) {
    return run(http, profile, email, passphrase, Bytes.random(Srp.EPHEMERAL_BYTES));
  }

  /** The same with this a, which must never have been used before (SRP-12). */
  static Session run(
      Http http, Profile profile, String emailTyped, String passphraseTyped, byte[] a) {
    String email = Text.normalizeEmail(emailTyped);
    String passphrase = Text.normalizePassphrase(passphraseTyped);
    byte[] k = prove(http, profile, email, passphrase, a);
    // Only now, with M2 verified, K goes anywhere (SRP-32).
    String sessionId = Bytes.hex(k);
    Account account = Account.read(http.get("/auth/whoami", sessionId));
    if (!account.email().equals(email))
      throw Refusal.state("the server answered with the account of another address (WHOAMI-03)");
    byte[] secPwdEnc = PasswordKeys.passwordKey(profile, email, passphrase, account.saltEnc());
    byte[] symAccount = Wrapping.openAccountKey(profile, secPwdEnc, account.encSymmetricKey());
    PrivateKey key = Wrapping.privateKey(profile, symAccount, account.encPrivateKey());
    key.refuseOther(account.publicKey());
    return new Session(http, profile, new Secrets(sessionId, symAccount, key), account);
  }

  /** The calls login-s, login-a and login-m1, once each and in this order (LOGIN-01). @return K */
  private static byte[] prove(
      Http http, Profile profile, String email, String passphrase, byte[] a) {
    Salts.OfLogin salts = Salts.ask(http, email);
    byte[] secPwdAuth = PasswordKeys.passwordKey(profile, email, passphrase, salts.saltAuth1());
    byte[] x = Srp.x(profile, email, secPwdAuth, salts.saltAuth2());

    byte[] bigA = Srp.powerOfG(a);
    Json loginA = Json.object().put("email", email).put("srpA", Bytes.hex(bigA)).build();
    Form starter = Form.of("the answer of login-a", http.post("/auth/login-a", null, loginA));
    String starterId = starter.opaqueId("sessionStarterId");
    byte[] bigB = Srp.acceptB(starter.text("srpB"));

    Srp.Proof proof = Srp.prove(profile, email, salts.saltAuth2(), x, a, bigA, bigB);
    Json loginM1 =
        Json.object().put("sessionStarterId", starterId).put("srpM1", Bytes.hex(proof.m1())).build();
    Form answer = Form.of("the answer of login-m1", http.post("/auth/login-m1", null, loginM1));
    Srp.acceptM2(answer.text("srpM2"), proof.m2());
    return proof.k();
  }
}
