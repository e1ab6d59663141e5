package io.sluice.access;

import java.net.InetAddress;
import java.util.HexFormat;

/**
 * Where a client connects from, as far as it tells clients apart: of an IPv6 address the first 64
 * bits, as one household or machine has all the rest.
 *
 * @param network the IPv4 address or the IPv6 network as text; empty when it is not known
 */
public record ClientAddress(String network) {
  /** Where nobody is connected, such as in the gateway's own work. */
  public static final ClientAddress NONE = new ClientAddress("");

  private static final int IPV6_BYTES = 16;
  private static final int NETWORK_BYTES = 8;

  /**
   * The address that an IP address belongs to.
   *
   * @param host an IP address as text; anything else stands for itself
   */
  public static ClientAddress of(String host) {
    return host.indexOf(':') < 0 ? new ClientAddress(host) : ofIpv6(host);
  }

  private static ClientAddress ofIpv6(String host) {
    try {
      byte[] address = InetAddress.ofLiteral(host).getAddress();
      return address.length == IPV6_BYTES
          ? new ClientAddress(HexFormat.ofDelimiter(":").formatHex(address, 0, NETWORK_BYTES))
          : new ClientAddress(InetAddress.ofLiteral(host).getHostAddress());
    } catch (IllegalArgumentException noAddress) {
      return new ClientAddress(host);
    }
  }
}
