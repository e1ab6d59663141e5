package io.sluice.store;

/**
 * Where one PostgreSQL server listens.
 *
 * @param host a name or an address; an IPv6 address without brackets
 */
public record Server(String host, int port) {
  /** As it stands in a URL. */
  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
