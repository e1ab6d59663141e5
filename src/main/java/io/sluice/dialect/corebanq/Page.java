package io.sluice.dialect.corebanq;

import io.sluice.store.corebanq.Slice;

/** Which part of a list a client wants, and in what order; as it is, the latest come first. */
final class Page {
  static final int DEFAULT_LIMIT = 50;
  static final int MAX_LIMIT = 200;
  static final int MAX_OFFSET = 1_000_000;

  private static final Kind<Integer> LIMIT = new Kind.Limit(MAX_LIMIT);
  private static final Kind<Order> ORDER = Kind.Word.of(Order.class);

  private enum Order {
    ASC,
    DESC
  }

  private Page() {}

  /**
   * Reads what of a list is wanted.
   *
   * @param usual what the list is ordered by if the client does not say
   */
  static <S extends Enum<S>> Slice<S> of(Reader reader, S usual) {
    return new Slice<>(
        reader.query("sort", Kind.Word.of(usual.getDeclaringClass())).orElse(usual),
        reader.query("order", ORDER).orElse(Order.DESC) == Order.ASC,
        limit(reader),
        offset(reader));
  }

  /** The most elements. */
  static int limit(Reader reader) {
    return reader.query("limit", LIMIT).orElse(DEFAULT_LIMIT);
  }

  /** How many come before them. */
  static int offset(Reader reader) {
    return reader.parameter("offset", 0, 0, MAX_OFFSET);
  }
}
