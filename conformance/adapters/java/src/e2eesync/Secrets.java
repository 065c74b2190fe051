package e2eesync;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** What a session holds and drops at its end (SESSION-05): K, SYM_Account, PRV_Account and the keys of groups. */
final class Secrets {
  private String sessionId;
  private byte[] symAccount;
  private PrivateKey key;
  private final Map<String, byte[]> groupKeys = new HashMap<>();

  Secrets(String sessionId, byte[] symAccount, PrivateKey key) {
    this.sessionId = sessionId;
    this.symAccount = symAccount;
    this.key = key;
  }

  boolean isDropped() {
    return sessionId == null;
  }

  /** K as hex, for the header. @throws Refusal state after the end of the session */
  String sessionId() {
    if (isDropped()) throw Refusal.state("this session has ended: log in again");
    return sessionId;
  }

  byte[] symAccount() {
    return symAccount;
  }

  PrivateKey key() {
    return key;
  }

  /** SYM_ResourceGroup of a group, or null where it is not held. */
  byte[] groupKey(String groupId) {
    return groupKeys.get(groupId);
  }

  /** Takes the key of a group. @throws Refusal decrypt where another one is held (GROUP-05) */
  byte[] takeGroupKey(String groupId, byte[] groupKey) {
    byte[] held = groupKeys.putIfAbsent(groupId, groupKey);
    if (held != null && !Bytes.sameSecret(held, groupKey))
      throw Refusal.decrypt("the link opens to another key than the group had before (GROUP-05)");
    return groupKeys.get(groupId);
  }

  void dropGroupKey(String groupId) {
    byte[] dropped = groupKeys.remove(groupId);
    if (dropped != null) Arrays.fill(dropped, (byte) 0);
  }

  void dropGroupKeys() {
    for (String groupId : java.util.List.copyOf(groupKeys.keySet())) dropGroupKey(groupId);
  }

  void drop() {
    dropGroupKeys();
    if (symAccount != null) Arrays.fill(symAccount, (byte) 0);
    sessionId = null;
    symAccount = null;
    key = null;
  }
}
