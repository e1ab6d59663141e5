package io.sluice.config;

/** Bounds that keys of several sections have. */
final class Bounds {
  static final int MAX_PORT = 65_535;
  static final int DAY_MS = 86_400_000;
  static final int MILLION = 1_000_000;

  private Bounds() {}
}
