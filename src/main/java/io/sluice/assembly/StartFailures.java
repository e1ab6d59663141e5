package io.sluice.assembly;

import java.net.BindException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import java.util.stream.Stream;

/** Says for people why a start failed. */
final class StartFailures {
  /** What the native transport says in front of the system's own words. */
  private static final String NATIVE_BIND = "bind(";

  private StartFailures() {}

  /** The words of the failure at the bottom. */
  static String reason(Throwable failure) {
    Throwable root = causes(failure).reduce(failure, (upper, lower) -> lower);
    return root.getMessage() == null ? root.toString() : root.getMessage();
  }

  /** Whether an address to listen on cannot be had: taken, not allowed, not this machine's. */
  static boolean isOfAddress(Throwable failure) {
    return causes(failure)
        .anyMatch(
            cause ->
                cause instanceof BindException
                    || String.valueOf(cause.getMessage()).startsWith(NATIVE_BIND)
                    || cause instanceof UnknownHostException
                    || cause instanceof UnresolvedAddressException);
  }

  /**
   * Names the address and the keys that change it.
   *
   * @param section of the configuration
   */
  static StartException cannotListen(String section, String host, int port, Throwable cause) {
    String variable = "SLUICE_" + section.toUpperCase(Locale.ROOT) + "_PORT";
    return new StartException(
        "cannot listen on %s:%d: %s; stop what uses it, or set %s.port (%s) or %s.host to another one"
            .formatted(host, port, systemsWords(reason(cause)), section, variable, section),
        cause);
  }

  private static String systemsWords(String reason) {
    return reason.startsWith(NATIVE_BIND) ? reason.replaceFirst(".*: ", "") : reason;
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(
        failure,
        cause -> cause != null,
        cause -> cause.getCause() == cause ? null : cause.getCause());
  }
}
