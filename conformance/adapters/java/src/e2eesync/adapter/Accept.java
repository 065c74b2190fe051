package e2eesync.adapter;

import static e2eesync.Bytes.hex;
import static e2eesync.Bytes.utf8;

import e2eesync.AesMessage;
import e2eesync.Link;
import e2eesync.PrivateKey;
import e2eesync.Profile;
import e2eesync.PublicKey;
import e2eesync.Srp;
import e2eesync.Wrapping;
import e2eesync.json.Json;

/** The verb {@code accept}: takes or opens one value as it was received. Steps of a server are no business of ours. */
final class Accept {
  private final Profile profile;
  private final Given given;

  private Accept(Profile profile, Json.Obj given) {
    this.profile = profile;
    this.given = new Given(given);
  }

  /** @return what was taken, as lower-case hex by name; null where a client has no use for the step */
  static Json.Obj values(Profile profile, String step, Json.Obj given) {
    Accept accept = new Accept(profile, given);
    return switch (step) {
      case "accept-B" -> accept.bigB();
      case "accept-M2" -> accept.m2();
      case "accept-public-key" -> accept.publicKey();
      case "accept-private-key" -> accept.privateKey();
      case "accept-key-pair" -> accept.keyPair();
      case "open-account-key" -> accept.accountKey();
      case "open-private-key" -> accept.openPrivateKey();
      case "open-document" -> accept.document();
      case "open-link" -> accept.link();
      default -> null;
    };
  }

  private Json.Obj bigB() {
    return value("srp.B", Srp.acceptB(given.text("srpB")));
  }

  private Json.Obj m2() {
    byte[] own = Srp.m2(given.bytes("srp.A"), given.bytes("srp.M1"), given.bytes("srp.K"));
    return value("srp.M2", Srp.acceptM2(given.text("srpM2"), own));
  }

  private Json.Obj publicKey() {
    PublicKey.read(given.text("publicKey"));
    return value("PUB_Account", receivedKey());
  }

  private Json.Obj privateKey() {
    PrivateKey.of(given.json("PRV_Account"));
    return value("PRV_Account", given.json("PRV_Account"));
  }

  private Json.Obj keyPair() {
    PublicKey publicKey = PublicKey.read(given.text("publicKey"));
    PrivateKey.of(given.json("PRV_Account")).refuseOther(publicKey);
    return value("PUB_Account", receivedKey());
  }

  private Json receivedKey() {
    return PublicKey.json(given.text("publicKey"));
  }

  private Json.Obj accountKey() {
    AesMessage message = AesMessage.read("encSymmetricKey", given.text("encSymmetricKey"));
    byte[] key = Wrapping.openAccountKey(profile, given.bytes("SEC_PWD_Enc"), message);
    return value("SYM_Account", key);
  }

  private Json.Obj openPrivateKey() {
    AesMessage message = AesMessage.read("encPrivateKey", given.text("encPrivateKey"));
    Json key = Wrapping.openPrivateKey(profile, given.bytes("SYM_Account"), message);
    return value("PRV_Account", key);
  }

  private Json.Obj document() {
    AesMessage message = AesMessage.read("encContent", given.text("encContent"));
    Json document = Wrapping.openDocument(profile, given.bytes("SYM_ResourceGroup"), message);
    return value("M_Resource", document);
  }

  private Json.Obj link() {
    PrivateKey key = PrivateKey.of(given.json("PRV_Account"));
    return value("SYM_ResourceGroup", Link.open(profile, given.text("SYM_Link"), key));
  }

  private static Json.Obj value(String name, byte[] bytes) {
    return Json.object().put(name, hex(bytes)).build();
  }

  private static Json.Obj value(String name, Json json) {
    return value(name, utf8(json.toString()));
  }
}
