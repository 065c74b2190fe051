package e2eesync;

import e2eesync.adapter.VectorsTest;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs every test of the client: {@code java e2eesync.Tests ROOT [--unstretched]}, where ROOT is the root of the
 * repository. With the option, vectors that stretch a passphrase are left to {@code vectors verify}: they take long.
 */
public final class Tests {
  private Tests() {}

  public static void main(String[] args) throws Exception {
    Path root = Path.of(args.length > 0 ? args[0] : ".");
    ConstantsTest.run(root);
    JsonTest.run();
    ServerUrlTest.run();
    HttpTest.run();
    for (Profile profile : Profile.values()) {
      SharingTest.run(profile);
      SyncTest.run(profile);
    }
    LoginTest.run(root);
    VectorsTest.run(root, !List.of(args).contains("--unstretched"));
  }
}
