package e2eesync;

import e2eesync.json.Json;

/** The answer of {@code whoami} (7.4): what the owner of an account needs to open it. */
record Account(
    String accountId,
    String email,
    String firstName,
    String lastName,
    PublicKey publicKey,
    AesMessage encPrivateKey,
    AesMessage encSymmetricKey,
    String encSymmetricKeyText,
    byte[] saltEnc) {

  /** @throws Refusal schema or encoding where a member is not of its form */
  static Account read(Json answer) {
    Form form = Form.of("the answer of whoami", answer);
    form.bool("isVerified");
    form.optionalInteger("sessionAge");
    form.optionalInteger("sessionExpiry");
    return new Account(
        form.accountId("accountId"),
        form.email("email"),
        form.personName("firstName"),
        form.personName("lastName"),
        PublicKey.read(form.text("publicKey")),
        form.aesMessage("encPrivateKey"),
        form.aesMessage("encSymmetricKey"),
        form.text("encSymmetricKey"),
        form.hex("saltEnc", Salts.SALT_BYTES));
  }
}
