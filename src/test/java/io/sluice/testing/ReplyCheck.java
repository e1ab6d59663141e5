package io.sluice.testing;

/** Looks at every answer that a test gets; throws an {@link AssertionError} to fail the test. */
@FunctionalInterface
public interface ReplyCheck {
  ReplyCheck NONE = (method, target, reply) -> {};

  /**
   * Checks one answer.
   *
   * @param target path and query as sent
   */
  void check(String method, String target, Reply reply);
}
