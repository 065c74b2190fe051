package e2eesync;

import e2eesync.json.Json;

/** The three salts of an account (3.2), 32 bytes each. */
record Salts(byte[] saltAuth1, byte[] saltAuth2, byte[] saltEnc) {
  static final int SALT_BYTES = 32;

  /** Three fresh ones, each drawn for itself (KEY-02). */
  static Salts draw() {
    return new Salts(Bytes.random(SALT_BYTES), Bytes.random(SALT_BYTES), Bytes.random(SALT_BYTES));
  }

  /** The two that a login begins with, as {@code login-s} answers them (7.3). */
  record OfLogin(byte[] saltAuth1, byte[] saltAuth2) {
    /** With the third, which {@code whoami} answers. */
    Salts with(byte[] saltEnc) {
      return new Salts(saltAuth1, saltAuth2, saltEnc);
    }
  }

  /** Asks for the salts of a normalised address. */
  static OfLogin ask(Http http, String email) {
    Json answer = http.post("/auth/login-s", null, Json.object().put("email", email).build());
    Form form = Form.of("the answer of login-s", answer);
    return new OfLogin(form.hex("saltKey", SALT_BYTES), form.hex("saltAuth", SALT_BYTES));
  }
}
