package e2eesync;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** The base URL of a server (9.1): HTTPS, or plain HTTP to a loopback address. */
final class ServerUrl {
  private static final Pattern LOOPBACK_4 =
      Pattern.compile("127(\\.(0|[1-9][0-9]?|1[0-9][0-9]|2[0-4][0-9]|25[0-5])){3}");

  private static final int HIGHEST_PORT = 65535;

  private final String base;

  /** @throws Refusal network for a URL that is no base URL, or not safe to use (HTTP-01) */
  ServerUrl(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException notUrl) {
      throw Refusal.network("the address of the server is not a URL");
    }
    if (uri.getHost() == null
        || uri.getRawUserInfo() != null
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null
        || uri.getPort() > HIGHEST_PORT)
      throw Refusal.network("a server's URL has a host, and no user, query or fragment (9.1)");
    boolean secure = "https".equalsIgnoreCase(uri.getScheme());
    boolean plain = "http".equalsIgnoreCase(uri.getScheme()) && isLoopback(uri.getHost());
    if (!secure && !plain)
      throw Refusal.network("a server must be reached by https; plain http is for this machine (HTTP-01)");
    base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  URI of(String path) {
    return URI.create(base + path);
  }

  /** Looks at the text alone: a name that somebody's DNS leads here is not meant. */
  private static boolean isLoopback(String host) {
    if (host.startsWith("[")) return isLoopback6(host);
    return host.equalsIgnoreCase("localhost") || LOOPBACK_4.matcher(host).matches();
  }

  private static boolean isLoopback6(String literal) {
    try {
      InetAddress address = InetAddress.getByName(literal);
      return address instanceof Inet6Address && address.isLoopbackAddress();
    } catch (UnknownHostException notAddress) {
      return false;
    }
  }
}
