package io.sluice.events;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;

/**
 * Which addresses are public, by IANA's registries of special purposes. What is in doubt is not:
 * nobody has a receiver there, and a request into a private network may open what is closed to the
 * outside.
 */
final class PublicAddresses {
  private PublicAddresses() {}

  static boolean contain(InetAddress address) {
    byte[] bytes = address.getAddress();
    return switch (address) {
      case Inet4Address four -> isPublicV4(bytes);
      case Inet6Address six -> isPublicV6(bytes);
      default -> false;
    };
  }

  private static boolean isPublicV4(byte[] bytes) {
    int a = bytes[0] & 0xff;
    int b = bytes[1] & 0xff;
    int c = bytes[2] & 0xff;
    boolean special =
        switch (a) {
          // This network, private, loopback.
          case 0, 10, 127 -> true;
          // Carriers' NAT.
          case 100 -> b >= 64 && b < 128;
          // Link-local, where clouds keep their credentials.
          case 169 -> b == 254;
          // One cloud's services for its machines, at an address that is a public one elsewhere.
          case 168 -> b == 63 && c == 129 && (bytes[3] & 0xff) == 16;
          case 172 -> b >= 16 && b < 32;
          // IETF protocols, documentation, 6to4 relays, private.
          case 192 -> b == 0 && (c == 0 || c == 2) || b == 88 && c == 99 || b == 168;
          // Benchmarks, documentation.
          case 198 -> b == 18 || b == 19 || b == 51 && c == 100;
          case 203 -> b == 0 && c == 113;
          default -> false;
        };
    // From 224 on: multicast, reserved, broadcast.
    return !special && a < 224;
  }

  /** Of global unicast only, without what leads to an IPv4 address or nowhere. */
  private static boolean isPublicV6(byte[] bytes) {
    int first = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
    int second = (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
    if (isNat64(bytes)) {
      return isPublicV4(Arrays.copyOfRange(bytes, 12, 16));
    }
    boolean global = (first & 0xe000) == 0x2000;
    // IETF protocols with Teredo, and documentation.
    boolean special = first == 0x2001 && (second < 0x0200 || second == 0x0db8);
    // 6to4, documentation, segment routing.
    boolean tunnel = first == 0x2002 || first == 0x3fff && second < 0x1000;
    return global && !special && !tunnel;
  }

  private static boolean isNat64(byte[] bytes) {
    byte[] prefix = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};
    return Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
  }
}
