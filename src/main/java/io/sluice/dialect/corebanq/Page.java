package io.sluice.dialect.corebanq;

/** Which part of a list a client wants; lists are newest first. */
record Page(int limit, int offset) {
  static final int DEFAULT_LIMIT = 50;
  static final int MAX_LIMIT = 200;
  static final int MAX_OFFSET = 1_000_000;

  static Page of(Reader reader) {
    return new Page(
        reader.parameter("limit", DEFAULT_LIMIT, 1, MAX_LIMIT),
        reader.parameter("offset", 0, 0, MAX_OFFSET));
  }
}
