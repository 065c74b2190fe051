package e2eesync.adapter;

import e2eesync.Refusal;
import e2eesync.json.Json;
import e2eesync.json.JsonReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The adapter: a JSON-RPC 2.0 call a line on standard input, an answer a line on standard output. */
public final class Main {
  private static final int NO_JSON = -32700;
  private static final int NO_REQUEST = -32600;
  private static final int NO_VERB = -32601;
  private static final int BAD_PARAMS = -32602;
  private static final int INTERNAL = -32603;
  private static final int REFUSED = -32000;

  private final Verbs verbs = new Verbs();

  private Main() {}

  public static void main(String[] args) throws IOException {
    // Shorter than servers keep an idle connection, so that no call goes into one that is about to be closed.
    System.setProperty("jdk.httpclient.keepalive.timeout", "2");
    // Only answers may stand on standard output, so whatever else prints goes to standard error.
    PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    BufferedReader calls = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Main adapter = new Main();
    for (String line = calls.readLine(); line != null; line = calls.readLine())
      if (!line.isBlank()) answers.println(adapter.answer(line));
  }

  private Json answer(String line) {
    Json call;
    try {
      call = JsonReader.read(line);
    } catch (JsonReader.NotJson notJson) {
      return failure(Json.NULL, NO_JSON, "the line is " + notJson.getMessage(), null);
    }
    if (call instanceof Json.Obj request
        && request.get("id") instanceof Json.Num id
        && request.get("method") instanceof Json.Str verb
        && request.get("params") instanceof Json.Obj params) return answer(id, verb.text(), params);
    return failure(Json.NULL, NO_REQUEST, "a call has an id, a method and params", null);
  }

  private Json answer(Json id, String verb, Json.Obj params) {
    try {
      Json result = verbs.call(verb, params);
      if (result == null) return failure(id, NO_VERB, "this client has no use for that", null);
      return response(id).put("result", result).build();
    } catch (Refusal refusal) {
      return failure(id, REFUSED, refusal.getMessage(), refusal.stage().label());
    } catch (BadParams bad) {
      return failure(id, BAD_PARAMS, bad.getMessage(), null);
    } catch (RuntimeException mistake) {
      // The message of an unforeseen exception may hold anything, a secret too: its kind must do.
      return failure(id, INTERNAL, "a mistake in the client: " + mistake.getClass().getName(), null);
    }
  }

  private static Json failure(Json id, int code, String message, String stage) {
    Json.Builder error = Json.object().put("code", code).put("message", message);
    if (stage != null) error.put("data", Json.object().put("stage", stage).build());
    return response(id).put("error", error.build()).build();
  }

  private static Json.Builder response(Json id) {
    return Json.object().put("jsonrpc", "2.0").put("id", id);
  }
}
