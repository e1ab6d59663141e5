package io.sluice.config;

import java.util.regex.Pattern;

/**
 * The variables in which Kubernetes tells a pod of the services around it. Those of a service that
 * is called {@code sluice}, or {@code sluice-} and more, begin as ours do and are not meant for us.
 */
final class ServiceLinks {
  private static final Pattern NAMES =
      Pattern.compile(
          "SLUICE_(.*_)?(SERVICE_HOST|SERVICE_PORT(_.+)?"
              + "|PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)");

  private static final Pattern PORT_NAMES = Pattern.compile("SLUICE_(.*_)?PORT");
  private static final Pattern ADDRESSES = Pattern.compile("(tcp|udp|sctp)://\\S+:\\d+");

  private ServiceLinks() {}

  /** Whether a variable is one of them; no key of ours has a name or a value like that. */
  static boolean include(String variable, String value) {
    return NAMES.matcher(variable).matches()
        || PORT_NAMES.matcher(variable).matches() && ADDRESSES.matcher(value).matches();
  }
}
