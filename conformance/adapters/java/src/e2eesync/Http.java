package e2eesync;

import e2eesync.json.Json;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The calls of a client (chapter 9): JSON in, JSON out, no redirects, no endless answers. */
final class Http {
  /** How long a client waits for a byte, at most (HTTP-20). */
  static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MIB = 1 << 20;
  private static final int SYNC_LIMIT = 64 * MIB;
  private static final int LIMIT = 16 * MIB;

  /** No call answers with a redirect, so none is followed (HTTP-16). TLS is checked as Java does (HTTP-02). */
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(PATIENCE)
          .build();

  private final ServerUrl server;
  private final Duration patience;

  Http(ServerUrl server, Duration patience) {
    this.server = server;
    this.patience = patience;
  }

  Json get(String path, String sessionId) {
    return call("GET", path, sessionId, null);
  }

  Json post(String path, String sessionId, Json body) {
    return call("POST", path, sessionId, body);
  }

  /**
   * Makes a call once.
   *
   * @param sessionId 64 hex digits, or null for a call without a session
   * @param body null for a call that says nothing but the session
   * @return the JSON of the answer
   * @throws Refusal network, auth or state by the status (10.3); encoding for a body that is not JSON
   */
  Json call(String method, String path, String sessionId, Json body) {
    String name = method + " " + path;
    HttpResponse<byte[]> answer = exchange(name, request(method, path, sessionId, body), limit(path));
    refuseStatus(name, answer.statusCode());
    refuseMediaType(name, answer);
    return read(name, answer.body());
  }

  /** What fits the limit may still be more than fits the memory: values take many times the room of their text. */
  private static Json read(String name, byte[] body) {
    try {
      return Form.parse("the answer to " + name, Bytes.fromUtf8("the answer to " + name, body));
    } catch (OutOfMemoryError tooLarge) {
      throw Refusal.network(name + ": the answer is too large for this device (HTTP-21)");
    }
  }

  private HttpRequest request(String method, String path, String sessionId, Json body) {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.of(path));
    if (sessionId != null) request.header("X-Session-Id", sessionId);
    if (body != null) request.header("Content-Type", "application/json");
    return request
        .method(
            method,
            body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(Bytes.utf8(body.toString())))
        .build();
  }

  private static int limit(String path) {
    return path.startsWith("/sync/") ? SYNC_LIMIT : LIMIT;
  }

  /** Waits as long as bytes come (HTTP-20). */
  private HttpResponse<byte[]> exchange(String name, HttpRequest request, int limit) {
    AnswerBody body = new AnswerBody(limit);
    CompletableFuture<HttpResponse<byte[]>> answer = CLIENT.sendAsync(request, body);
    try {
      while (true) {
        long idle = System.nanoTime() - body.lastByte();
        try {
          return answer.get(patience.toNanos() - idle, TimeUnit.NANOSECONDS);
        } catch (TimeoutException silence) {
          if (System.nanoTime() - body.lastByte() < patience.toNanos()) continue;
          answer.cancel(true);
          throw Refusal.network(name + ": no byte for " + patience.toMillis() + " milliseconds (HTTP-20)");
        }
      }
    } catch (ExecutionException failure) {
      throw Refusal.network(name + ": " + reason(failure.getCause()));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw Refusal.network(name + ": interrupted");
    }
  }

  private static String reason(Throwable cause) {
    if (cause instanceof AnswerBody.TooLarge) return "the answer is too large (HTTP-21)";
    if (cause instanceof IOException) return "no answer (" + cause.getClass().getSimpleName() + ")";
    return "the call failed (" + cause.getClass().getSimpleName() + ")";
  }

  private static void refuseStatus(String name, int status) {
    if (status >= 200 && status < 300) return;
    Stage stage =
        switch (status) {
          case 401 -> Stage.AUTH;
          case 403, 404, 409 -> Stage.STATE;
          default -> Stage.NETWORK;
        };
    throw new Refusal(stage, name + ": the server answered with status " + status + " (HTTP-13)", status);
  }

  private static void refuseMediaType(String name, HttpResponse<?> answer) {
    String type = answer.headers().firstValue("Content-Type").orElse("none");
    String bare = type.split(";", 2)[0].strip();
    if (!bare.equalsIgnoreCase("application/json"))
      throw Refusal.network(name + ": the answer must be application/json (9.2)");
    String encoding = answer.headers().firstValue("Content-Encoding").orElse("identity");
    if (!encoding.strip().equalsIgnoreCase("identity"))
      throw Refusal.network(name + ": the answer is compressed, which nobody asked for (9.2)");
  }
}
