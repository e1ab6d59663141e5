package io.sluice.dialect;

import io.sluice.store.StoreException;
import io.vertx.core.Future;

/**
 * Reading what a command needs before the pipeline gets it. An outage at that time has surely kept
 * the request from taking effect, and its client is told so.
 */
public final class Preparation {
  private Preparation() {}

  /**
   * What was read; fails with {@link NothingDone} where the database could not be reached.
   *
   * @param reading changes nothing
   */
  public static <T> Future<T> of(Future<T> reading) {
    return reading.succeeded() ? reading : reading.recover(Preparation::failed);
  }

  private static <T> Future<T> failed(Throwable failure) {
    return Future.failedFuture(
        failure instanceof StoreException outage && outage.kind() == StoreException.Kind.UNAVAILABLE
            ? new NothingDone(outage)
            : failure);
  }

  /** The database could not be reached before anything of the request was done. */
  public static final class NothingDone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private NothingDone(StoreException outage) {
      super(outage.getMessage(), outage, false, false);
    }
  }
}
