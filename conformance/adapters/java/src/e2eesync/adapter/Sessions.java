package e2eesync.adapter;

import e2eesync.Refusal;
import e2eesync.Session;
import e2eesync.Stage;
import java.util.HashMap;
import java.util.Map;

/** The sessions that {@code login} gave handles for. One that has ended refuses by itself. */
final class Sessions {
  private final Map<String, Session> sessions = new HashMap<>();

  String add(Session session) {
    String handle = "s" + (sessions.size() + 1);
    sessions.put(handle, session);
    return handle;
  }

  Session of(Params params) {
    Session session = sessions.get(params.text("session"));
    if (session == null) throw new Refusal(Stage.STATE, "there is no such session");
    return session;
  }
}
