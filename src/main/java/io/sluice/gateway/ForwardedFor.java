package io.sluice.gateway;

import io.sluice.config.Networks;
import io.sluice.config.ProxyHeader;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds a client behind proxies. Each proxy appends for whom it asks, so the list is read from its
 * end: the first address that is not a trusted proxy's is the client's. What stands before that is
 * the client's own word, and counts for nothing.
 *
 * @param proxies whose word counts
 */
record ForwardedFor(Networks proxies, ProxyHeader header) {
  /** One {@code for} of a list's element (RFC 7239), with or without quotes. */
  private static final Pattern FOR =
      Pattern.compile("(?:^|;)\\s*for=(\"[^\"]*\"|[^;\\s]*)", Pattern.CASE_INSENSITIVE);

  private static final Pattern WITH_PORT =
      Pattern.compile("\\[([^\\]]*)](?::\\d+)?|([^:]*)(?::\\d+)?");

  /** The name of the header. */
  String name() {
    return header.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The client's address.
   *
   * @param peer who is connected
   * @param lines the header's lines, in their order
   */
  String client(String peer, List<String> lines) {
    String client = peer;
    String[] hops = String.join(",", lines).split(",");
    for (int i = hops.length - 1; i >= 0 && proxies.contain(client); i--) {
      Optional<String> before = address(hops[i].strip());
      if (before.isEmpty()) {
        return client;
      }
      client = before.get();
    }
    return client;
  }

  private Optional<String> address(String hop) {
    return switch (header) {
      case X_FORWARDED_FOR -> literal(hop);
      case FORWARDED -> {
        Matcher found = FOR.matcher(hop);
        yield found.find() ? literal(found.group(1).replace("\"", "")) : Optional.empty();
      }
    };
  }

  private static Optional<String> literal(String text) {
    Matcher parts = WITH_PORT.matcher(text);
    String host = text;
    if (parts.matches()) {
      host = parts.group(1) == null ? parts.group(2) : parts.group(1);
    }
    try {
      return Optional.of(InetAddress.ofLiteral(host).getHostAddress());
    } catch (IllegalArgumentException none) {
      return Optional.empty();
    }
  }
}
