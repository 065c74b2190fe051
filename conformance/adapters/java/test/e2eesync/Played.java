package e2eesync;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on this machine that a test plays. */
final class Played implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  interface Part {
    void play(HttpExchange exchange) throws IOException;
  }

  Played(Part part) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          part.play(exchange);
        });
    server.start();
  }

  /** Answers at once. */
  static void answer(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  Http http() {
    return http(Http.PATIENCE);
  }

  Http http(Duration patience) {
    return new Http(new ServerUrl("http://127.0.0.1:" + server.getAddress().getPort()), patience);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
