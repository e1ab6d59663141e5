package io.sluice.config;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * Ranges of IP addresses.
 *
 * @param all none of them twice
 */
public record Networks(List<Network> all) {
  public static final Networks NONE = new Networks(List.of());

  public Networks {
    all = List.copyOf(all);
  }

  /**
   * Reads {@code 10.0.0.0/8, ::1}: addresses, each perhaps with how many of its first bits count.
   *
   * @throws IllegalArgumentException when one is none
   */
  static Networks parse(String text) {
    return new Networks(Arrays.stream(text.split(",", -1)).map(Network::parse).toList());
  }

  /** Whether an address is within one of them; a text that is none is not. */
  public boolean contain(String address) {
    if (all.isEmpty()) {
      return false;
    }
    try {
      byte[] bytes = InetAddress.ofLiteral(address).getAddress();
      return all.stream().anyMatch(network -> network.contains(bytes));
    } catch (IllegalArgumentException none) {
      return false;
    }
  }

  /**
   * One range.
   *
   * @param bits how many of the address's first bits count
   */
  public record Network(InetAddress address, int bits) {
    private static Network parse(String text) {
      String[] parts = text.strip().split("/", 2);
      InetAddress address = InetAddress.ofLiteral(parts[0]);
      int all = address.getAddress().length * Byte.SIZE;
      int bits = parts.length < 2 ? all : Integer.parseInt(parts[1]);
      if (bits < 0 || bits > all) {
        throw new IllegalArgumentException();
      }
      return new Network(address, bits);
    }

    private boolean contains(byte[] other) {
      byte[] own = address.getAddress();
      boolean same = own.length == other.length;
      for (int bit = 0; same && bit < bits; bit++) {
        int mask = 1 << (Byte.SIZE - 1 - bit % Byte.SIZE);
        same = ((own[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) == 0;
      }
      return same;
    }
  }
}
