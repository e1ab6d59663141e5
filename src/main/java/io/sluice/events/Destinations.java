package io.sluice.events;

import io.sluice.config.Networks;
import io.sluice.dialect.Receivers;
import io.sluice.dialect.Text;
import io.sluice.ledger.TenantId;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where requests may be sent to: hosts all of whose addresses are public, by TLS; besides, where
 * the operator allows it.
 */
public final class Destinations implements Receivers {
  private static final int MAX_URL_CHARS = 2_048;
  private static final int MAX_PORT = 65_535;
  private static final int HTTPS_PORT = 443;
  private static final int HTTP_PORT = 80;

  /** Names that no public server has. */
  private static final Pattern LOCAL =
      Pattern.compile("(.*\\.)?(localhost|local|internal|localdomain|home\\.arpa)\\.?");

  private final HostResolver resolver;
  private final Networks allowed;

  /**
   * @param allowed networks where receivers may be although they are not public
   */
  public Destinations(HostResolver resolver, Networks allowed) {
    this.resolver = resolver;
    this.allowed = allowed;
  }

  /**
   * Where a request is to be sent to.
   *
   * @param host the name that the receiver has to prove, and is called by
   * @param address which has been found good, and is the one to connect to
   * @param path with the query
   */
  record Destination(String host, InetAddress address, int port, boolean tls, String path) {}

  /** An address is no good, for a reason that its owner may know. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String reason) {
      super(reason, null, false, false);
    }
  }

  private record Parsed(String host, int port, boolean tls, String path) {}

  @Override
  public Future<Optional<String>> objection(TenantId tenant, String url) {
    return find(tenant, url)
        .<Optional<String>>map(found -> Optional.empty())
        .otherwise(failure -> Optional.of(failure.getMessage()));
  }

  /** Resolves the name once and looks at what it leads to; fails with {@link Refused}. */
  Future<Destination> find(TenantId tenant, String url) {
    try {
      Parsed parsed = parse(url);
      return resolver
          .resolve(tenant, parsed.host())
          .recover(failure -> Future.failedFuture(new Refused("names a host that is not found")))
          .compose(addresses -> choose(parsed, addresses));
    } catch (Refused refused) {
      return Future.failedFuture(refused);
    }
  }

  private Parsed parse(String url) throws Refused {
    if (Text.length(url) > MAX_URL_CHARS) {
      throw new Refused("has more than " + MAX_URL_CHARS + " characters");
    }
    URI uri = uri(url);
    boolean tls = "https".equalsIgnoreCase(uri.getScheme());
    boolean plain = "http".equalsIgnoreCase(uri.getScheme()) && !allowed.all().isEmpty();
    if (!tls && !plain) {
      throw new Refused("must begin with https://");
    }
    if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
      throw new Refused("must name a host, without a user and without a fragment");
    }
    if (uri.getPort() == 0 || uri.getPort() > MAX_PORT) {
      throw new Refused("has no port from 1 to " + MAX_PORT);
    }
    String host = uri.getHost().replaceAll("^\\[|]$", "").toLowerCase(Locale.ROOT);
    if (LOCAL.matcher(host).matches() && allowed.all().isEmpty()) {
      throw new Refused("names a host that is not public");
    }
    int usual = tls ? HTTPS_PORT : HTTP_PORT;
    return new Parsed(host, uri.getPort() < 0 ? usual : uri.getPort(), tls, path(uri));
  }

  private static URI uri(String url) throws Refused {
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      throw new Refused("is not a URL");
    }
  }

  private static String path(URI uri) {
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
  }

  private Future<Destination> choose(Parsed parsed, List<InetAddress> addresses) {
    boolean named = LOCAL.matcher(parsed.host()).matches();
    for (InetAddress address : addresses) {
      boolean trusted = allowed.contain(address.getHostAddress());
      if (!trusted && !PublicAddresses.contain(address)) {
        return Future.failedFuture(new Refused("leads to an address that is not public"));
      }
      if (!trusted && (!parsed.tls() || named)) {
        return Future.failedFuture(
            new Refused(named ? "names a host that is not public" : "must begin with https://"));
      }
    }
    return addresses.isEmpty()
        ? Future.failedFuture(new Refused("names a host that is not found"))
        : Future.succeededFuture(
            new Destination(
                parsed.host(), addresses.getFirst(), parsed.port(), parsed.tls(), parsed.path()));
  }
}
