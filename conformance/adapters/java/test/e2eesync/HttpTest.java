package e2eesync;

import e2eesync.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** What a client makes of answers (9.2, 9.5, 9.7, 9.8). */
final class HttpTest {
  private static final String JSON = "application/json";
  private static final Duration PATIENCE = Duration.ofMillis(900);

  private HttpTest() {}

  static void run() throws IOException {
    taken(200, JSON);
    taken(201, JSON);
    taken(200, "Application/JSON; charset=utf-8");
    status(401, Stage.AUTH);
    for (int status : new int[] {403, 404, 409}) status(status, Stage.STATE);
    for (int status : new int[] {400, 429, 500, 503}) status(status, Stage.NETWORK);
    refused("a page", Stage.NETWORK, 200, "text/html", "{}".getBytes(StandardCharsets.US_ASCII));
    refused("no body", Stage.ENCODING, 200, JSON, new byte[0]);
    refused("not UTF-8", Stage.ENCODING, 200, JSON, new byte[] {'"', (byte) 0xff, '"'});
    refused("a byte order mark", Stage.ENCODING, 200, JSON, "\ufeff{}".getBytes(StandardCharsets.UTF_8));
    redirect();
    endless();
    slow();
    silent();
    nobody();
  }

  private static void taken(int status, String type) throws IOException {
    try (Played server = new Played(it -> Played.answer(it, status, type, new byte[] {'{', '}'}))) {
      Expect.equal("an answer", server.http().get("/auth/whoami", null), Json.object().build());
    }
  }

  private static void status(int status, Stage stage) throws IOException {
    refused("status " + status, stage, status, JSON, new byte[] {'{', '}'});
  }

  private static void refused(String what, Stage stage, int status, String type, byte[] body)
      throws IOException {
    try (Played server = new Played(it -> Played.answer(it, status, type, body))) {
      Expect.refused(what, stage, () -> server.http().get("/auth/whoami", null));
    }
  }

  /** No redirect is followed, not even within the origin (HTTP-16). */
  private static void redirect() throws IOException {
    AtomicInteger calls = new AtomicInteger();
    Played.Part part =
        it -> {
          calls.incrementAndGet();
          it.getResponseHeaders().set("Location", "/elsewhere");
          Played.answer(it, 307, JSON, new byte[0]);
        };
    try (Played server = new Played(part)) {
      Expect.refused("a redirect", Stage.NETWORK, () -> server.http().post("/auth/login-s", null, Json.NULL));
      Expect.equal("calls", calls.get(), 1);
    }
  }

  /** An answer without an end is given up at the limit (HTTP-21), and the next call goes well (HTTP-22). */
  private static void endless() throws IOException {
    Played.Part part =
        it -> {
          if (it.getRequestURI().getPath().equals("/short")) {
            Played.answer(it, 200, JSON, new byte[] {'1'});
            return;
          }
          it.getResponseHeaders().set("Content-Type", JSON);
          it.sendResponseHeaders(200, 0);
          byte[] chunk = " ".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
          while (true) it.getResponseBody().write(chunk);
        };
    try (Played server = new Played(part)) {
      Http http = server.http();
      Expect.refused("an endless answer", Stage.NETWORK, () -> http.get("/endless", null));
      Expect.equal("the next call", http.get("/short", null), Json.of(1));
    }
  }

  /** As long as bytes come an answer is not given up (HTTP-20). */
  private static void slow() throws IOException {
    Played.Part part =
        it -> {
          it.getResponseHeaders().set("Content-Type", JSON);
          it.sendResponseHeaders(200, 8);
          for (char c : "[1,2,34]".toCharArray()) {
            it.getResponseBody().write(c);
            it.getResponseBody().flush();
            pause(PATIENCE.toMillis() / 3);
          }
          it.close();
        };
    try (Played server = new Played(part)) {
      Json answer = server.http(PATIENCE).get("/slow", null);
      Expect.equal("a slow answer", answer.toString(), "[1,2,34]");
    }
  }

  private static void silent() throws IOException {
    try (Played server = new Played(it -> pause(10 * PATIENCE.toMillis()))) {
      Expect.refused("silence", Stage.NETWORK, () -> server.http(PATIENCE).get("/silent", null));
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private static void nobody() throws IOException {
    Http http;
    try (Played server = new Played(it -> it.close())) {
      http = server.http();
    }
    Expect.refused("nobody there", Stage.NETWORK, () -> http.get("/auth/whoami", null));
  }
}
