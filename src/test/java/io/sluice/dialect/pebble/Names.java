package io.sluice.dialect.pebble;

/** What this dialect calls things. */
final class Names {
  static final String DIALECT = "pebble";
  static final String ROOT = "/pebble";

  /** Of holders and assets. */
  static final String JAR = "pebble.jar";

  static final String QUARRY = "pebble.quarry";
  static final String PEBBLE = "pebble.pebble";

  /** Of transfers. */
  static final String MOVE = "pebble.move";

  static final String FILL = "pebble.fill";

  /** Scopes. */
  static final String READ = "look";

  static final String WRITE = "move";

  static final int MAX_NAME_CHARS = 40;

  private Names() {}
}
