package e2eesync;

/** What a passphrase at an address locks an account with, in both ways: by SRP_Verifier and by SEC_PWD_Enc. */
record Lock(Salts salts, byte[] verifier, byte[] secPwdEnc) {
  /** Email and passphrase come normalised. */
  static Lock make(Profile profile, String email, String passphrase, Salts salts) {
    byte[] secPwdAuth = PasswordKeys.passwordKey(profile, email, passphrase, salts.saltAuth1());
    byte[] x = Srp.x(profile, email, secPwdAuth, salts.saltAuth2());
    byte[] secPwdEnc = PasswordKeys.passwordKey(profile, email, passphrase, salts.saltEnc());
    return new Lock(salts, Srp.powerOfG(x), secPwdEnc);
  }
}
