package io.sluice.dialect;

import io.vertx.core.Future;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reading what an answer tells besides what was done. When that fails, the value has moved all the
 * same; a client that heard of an error instead would try again, and it would move twice.
 */
public final class Afterword {
  private static final Logger LOG = LoggerFactory.getLogger(Afterword.class);

  private Afterword() {}

  /**
   * What was read; empty where it could not be.
   *
   * @param call whose answer lacks it then
   */
  public static <T> Future<Optional<T>> of(Call call, Future<T> reading) {
    return reading
        .map(Optional::of)
        .otherwise(
            failure -> {
              LOG.atWarn()
                  .addKeyValue("http.request.id", call.requestId())
                  .addKeyValue("error.message", failure.getMessage())
                  .log("value has moved, but the answer lacks what could not be read after that");
              return Optional.empty();
            });
  }
}
