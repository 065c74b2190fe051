package e2eesync;

/** What a client refuses, and at which stage (10.3). The message is for people, and never holds a secret. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Stage stage;
  /** The status that the server answered with, 0 where the refusal is no answer's status. */
  private final int status;

  public Refusal(Stage stage, String message) {
    this(stage, message, 0);
  }

  Refusal(Stage stage, String message, int status) {
    super(message);
    this.stage = stage;
    this.status = status;
  }

  public Stage stage() {
    return stage;
  }

  public int status() {
    return status;
  }

  static Refusal encoding(String message) {
    return new Refusal(Stage.ENCODING, message);
  }

  static Refusal schema(String message) {
    return new Refusal(Stage.SCHEMA, message);
  }

  static Refusal auth(String message) {
    return new Refusal(Stage.AUTH, message);
  }

  static Refusal decrypt(String message) {
    return new Refusal(Stage.DECRYPT, message);
  }

  static Refusal state(String message) {
    return new Refusal(Stage.STATE, message);
  }

  static Refusal network(String message) {
    return new Refusal(Stage.NETWORK, message);
  }
}
