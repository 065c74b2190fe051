package e2eesync;

import java.util.List;

/** Which servers a client talks to at all (9.1). */
final class ServerUrlTest {
  private static final List<String> TAKEN =
      List.of(
          "http://localhost:8080", "http://127.0.0.1", "http://127.255.0.9:1/", "http://[::1]:8080",
          "https://sync.example", "https://sync.example/base/");
  private static final List<String> REFUSED =
      List.of(
          "http://sync.example", "http://127.0.0.1.sync.example", "http://localhost.sync.example",
          "http://localhost@sync.example", "https://jane@sync.example", "http://128.0.0.1",
          "http://127.0.0.256", "http://[::2]", "http://0.0.0.0", "ftp://localhost", "localhost:8080",
          "http://localhost?a", "http://localhost:65536", "https://sync.example#a", "https://", "https:// x", "");

  private ServerUrlTest() {}

  static void run() {
    for (String url : TAKEN) new ServerUrl(url);
    for (String url : REFUSED) Expect.refused(url, Stage.NETWORK, () -> new ServerUrl(url));
    String path = "https://sync.example/base/auth/whoami";
    Expect.equal(
        "one slash goes", new ServerUrl("https://sync.example/base/").of("/auth/whoami").toString(), path);
  }
}
