package e2eesync;

import e2eesync.json.Json;

/** A signup (7.1): the client does all of the work, the server checks and stores. */
final class Signup {
  private static final String ACCOUNT_PREFIX = "act_";

  private Signup() {}

  /** @return the id of the account */
  static String run(Http http, Profile profile, NewAccount account) {
    String email = Text.normalizeEmail(account.email());
    String passphrase = Text.normalizePassphrase(account.passphrase());
    String firstName = Text.wellFormed("the first name", account.firstName());
    String lastName = Text.wellFormed("the last name", account.lastName());

    byte[] symAccount = Bytes.random(32);
    PrivateKey key = PrivateKey.generate();
    Lock lock = Lock.make(profile, email, passphrase, Salts.draw());
    String id = ACCOUNT_PREFIX + Bytes.hex(Bytes.random(32));

    Json request =
        Json.object()
            .put("id", id)
            .put("email", email)
            .put("firstName", firstName)
            .put("lastName", lastName)
            .put("saltKey", Bytes.hex(lock.salts().saltAuth1()))
            .put("saltAuth", Bytes.hex(lock.salts().saltAuth2()))
            .put("saltEnc", Bytes.hex(lock.salts().saltEnc()))
            .put("verifier", Bytes.hex(lock.verifier()))
            .put("publicKey", key.publicKey().jwk().toString())
            .put("encPrivateKey", Wrapping.sealPrivateKey(profile, symAccount, key))
            .put("encSymmetricKey", Wrapping.sealAccountKey(profile, lock.secPwdEnc(), symAccount))
            .build();
    Form answer = Form.of("the answer of signup", http.post("/auth/signup", null, request));
    answer.accountId("id");
    answer.email("email");
    return id;
  }
}
