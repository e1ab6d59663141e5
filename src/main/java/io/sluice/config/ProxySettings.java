package io.sluice.config;

/**
 * The proxies before the gateway.
 *
 * @param trusted whose word counts on where a client is
 * @param header in which they say it
 */
public record ProxySettings(Networks trusted, ProxyHeader header) {
  static ProxySettings read(Keys keys) {
    return new ProxySettings(
        keys.about(
                "The proxies before the gateway, as addresses or networks with commas between, such"
                    + " as 10.0.0.0/8, ::1. Only what these say of the client's address is"
                    + " believed.")
            .optional(
                "http.trustedProxies",
                "addresses and networks with commas between",
                Networks::parse)
            .orElse(Networks.NONE),
        keys.about(
                "The header in which they say it. They must set it or append to it, as a client can"
                    + " send it too; it is read from its end.")
            .oneOf("http.proxyHeader", ProxyHeader.X_FORWARDED_FOR));
  }
}
