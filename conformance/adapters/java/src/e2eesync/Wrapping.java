package e2eesync;

import e2eesync.json.Json;

/** What opens what (6.4): SEC_PWD_Enc opens SYM_Account, that PRV_Account, a group's key its documents. */
public final class Wrapping {
  private Wrapping() {}

  /** {@code encSymmetricKey} of SYM_Account. */
  static String sealAccountKey(Profile profile, byte[] secPwdEnc, byte[] symAccount) {
    return AesMessage.seal(secPwdEnc, profile.symmetricKeyPlaintext(symAccount)).text();
  }

  /** SYM_Account: 32 bytes. @throws Refusal decrypt */
  public static byte[] openAccountKey(Profile profile, byte[] secPwdEnc, AesMessage encSymmetricKey) {
    return profile.symmetricKey(encSymmetricKey.open(profile, secPwdEnc));
  }

  /** {@code encPrivateKey} of PRV_Account. */
  static String sealPrivateKey(Profile profile, byte[] symAccount, PrivateKey key) {
    return AesMessage.seal(symAccount, profile.jsonPlaintext(key.jwk())).text();
  }

  /** PRV_Account as JSON that nobody has looked at yet. @throws Refusal decrypt */
  public static Json openPrivateKey(Profile profile, byte[] symAccount, AesMessage encPrivateKey) {
    return profile.json("a private key", encPrivateKey.open(profile, symAccount));
  }

  /** PRV_Account, checked. @throws Refusal decrypt, whatever is wrong with the key (10.3) */
  static PrivateKey privateKey(Profile profile, byte[] symAccount, AesMessage encPrivateKey) {
    Json jwk = openPrivateKey(profile, symAccount, encPrivateKey);
    try {
      return PrivateKey.of(jwk);
    } catch (Refusal noKey) {
      throw Refusal.decrypt(noKey.getMessage());
    }
  }

  /** {@code encContent} of a document. */
  static String sealDocument(Profile profile, byte[] groupKey, Json document) {
    return AesMessage.seal(groupKey, profile.jsonPlaintext(document)).text();
  }

  /** The document of {@code encContent}. @throws Refusal decrypt */
  public static Json openDocument(Profile profile, byte[] groupKey, AesMessage encContent) {
    return profile.json("a document", encContent.open(profile, groupKey));
  }
}
