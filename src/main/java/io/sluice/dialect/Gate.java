package io.sluice.dialect;

import io.vertx.core.Future;

/**
 * Finds out who calls, and whether they may, by the head of a request: the body of one that is not
 * let in is never kept.
 *
 * @param <C> what it knows of a caller
 */
@FunctionalInterface
public interface Gate<C> {
  /**
   * Lets a call in. Headers that every answer to this caller carries, whatever becomes of the call,
   * are put on with {@link Call#seal}.
   *
   * @return the caller; fails with or throws {@link ApiException} for one that is not let in
   */
  Future<C> admit(Call call, Operation<C> operation);
}
