package io.sluice.config;

/** The header in which proxies say for whom they ask. */
public enum ProxyHeader {
  X_FORWARDED_FOR,
  /** RFC 7239. */
  FORWARDED
}
