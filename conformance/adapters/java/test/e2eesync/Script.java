package e2eesync;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import e2eesync.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A session with a server that a test plays by a script: the answers of each call in turn, the last one for good. */
final class Script implements AutoCloseable {
  static final String ME = account('1');
  static final String BOB = account('2');
  static final String ZOE = account('3');
  static final PrivateKey MY_KEY = PrivateKey.generate();
  static final PrivateKey BOBS_KEY = PrivateKey.generate();

  private record Answer(int status, String json) {}

  /** A call that came, with its body as JSON text; empty where it had none. */
  record Call(String name, String body) {}

  private final HttpServer server;
  private final Map<String, Deque<Answer>> answers = new HashMap<>();
  private final List<Call> calls = new ArrayList<>();
  final Session session;

  Script(Profile profile) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::play);
    server.start();
    Http http =
        new Http(new ServerUrl("http://127.0.0.1:" + server.getAddress().getPort()), Http.PATIENCE);
    byte[] symAccount = Bytes.random(32);
    AesMessage message = AesMessage.seal(symAccount, new byte[0]);
    Account account =
        new Account(
            ME, "jane@example.com", "Jane", "Doe", MY_KEY.publicKey(), message, message, message.text(), symAccount);
    session = new Session(http, profile, new Secrets("0".repeat(64), symAccount, MY_KEY), account);
  }

  private static String account(char digit) {
    return "act_" + String.valueOf(digit).repeat(64);
  }

  Script answer(String call, String json) {
    return answer(call, 200, json);
  }

  Script answer(String call, int status, String json) {
    answers.computeIfAbsent(call, name -> new ArrayDeque<>()).add(new Answer(status, json));
    return this;
  }

  /** Every call so far of this name; they are forgotten then. */
  List<Call> calls(String name) {
    List<Call> these = calls.stream().filter(call -> call.name.equals(name)).toList();
    calls.removeAll(these);
    return these;
  }

  private void play(HttpExchange exchange) throws IOException {
    String name = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    String body = Bytes.fromUtf8("a body", exchange.getRequestBody().readAllBytes());
    calls.add(new Call(name, body));
    Deque<Answer> left = answers.getOrDefault(name, new ArrayDeque<>(List.of(new Answer(404, "{}"))));
    Answer answer = left.size() > 1 ? left.remove() : left.peek();
    Played.answer(exchange, answer.status, "application/json", Bytes.utf8(answer.json));
  }

  @Override
  public void close() {
    server.stop(0);
  }

  /** A group as the server answers it, with a link to the key for the caller. */
  static String group(Profile profile, String id, byte[] key) {
    return "{\"id\":\"" + id + "\",\"encSymmetricKey\":\"" + link(profile, key) + "\"}";
  }

  static String link(Profile profile, byte[] key) {
    return Bytes.hex(Link.seal(profile, key, MY_KEY.publicKey()));
  }

  /** A resource as the server answers it; the document is its id. */
  static String resource(Profile profile, String group, String id, long lastEdited, byte[] key) {
    return Json.object()
        .put("id", id)
        .put("name", id)
        .put("resourceGroupId", group)
        .put("version", "v" + lastEdited)
        .put("type", "Request")
        .put("createdBy", BOB)
        .put("lastEdited", lastEdited)
        .put("lastEditedBy", BOB)
        .put("removed", false)
        .put("encContent", Wrapping.sealDocument(profile, key, Json.of(id)))
        .build()
        .toString();
  }

  static Edit edit(String group, String id) {
    return new Edit(new Place(group, id), id, "Request", Json.of("edited"), false);
  }
}
