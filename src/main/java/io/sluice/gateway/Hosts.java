package io.sluice.gateway;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The names by which a port may be called. A page from elsewhere can make a browser connect here by
 * a name of its own that it lets stand for this address (DNS rebinding); then it may read the
 * answers. It cannot do so with an address in place of a name, and those who watch often know
 * nothing but an address, so addresses are always admitted.
 */
public final class Hosts {
  /** For a port that anybody may call by any name. */
  public static final Hosts ANY = new Hosts(name -> true);

  private static final String LOCALHOST = "localhost";

  private final Predicate<String> admitted;

  private Hosts(Predicate<String> admitted) {
    this.admitted = admitted;
  }

  /**
   * Addresses, localhost, and these names.
   *
   * @param names in any case
   */
  public static Hosts named(Set<String> names) {
    Set<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    known.addAll(names);
    known.add(LOCALHOST);
    return new Hosts(name -> known.contains(name) || isAddress(name));
  }

  /** Whether a request says that it is for here. One in HTTP/1.0, as no browser sends, need not. */
  boolean admit(HttpServerRequest request, Target target) {
    if (this == ANY) {
      return true;
    }
    HostAndPort called =
        target
            .authority()
            .map(text -> HostAndPort.parseAuthority(text, -1))
            .orElse(request.authority());
    return called == null || admitted.test(called.host());
  }

  /** Whether a host, perhaps with a port, is localhost or a loopback address. */
  static boolean isLoopback(String authority) {
    HostAndPort called = HostAndPort.parseAuthority(authority, -1);
    return called != null
        && (called.host().equalsIgnoreCase(LOCALHOST)
            || address(called.host()).filter(InetAddress::isLoopbackAddress).isPresent());
  }

  private static boolean isAddress(String name) {
    return address(name).isPresent();
  }

  private static Optional<InetAddress> address(String name) {
    boolean bracketed = name.startsWith("[") && name.endsWith("]");
    try {
      return Optional.of(
          InetAddress.ofLiteral(bracketed ? name.substring(1, name.length() - 1) : name));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
