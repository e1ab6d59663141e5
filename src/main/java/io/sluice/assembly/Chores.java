package io.sluice.assembly;

import io.sluice.dialect.Chore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does the dialects' chores, each in rounds of its own, until it is told to stop. */
final class Chores {
  private static final Logger LOG = LoggerFactory.getLogger(Chores.class);

  private final Vertx vertx;
  private final List<Chore> all;
  private volatile boolean stopped;

  Chores(Vertx vertx, List<Chore> all) {
    this.vertx = vertx;
    this.all = List.copyOf(all);
  }

  void start() {
    all.forEach(this::pause);
  }

  /** A round that has begun is not waited for: what it has not done, some gateway does later. */
  void stop() {
    stopped = true;
  }

  private void pause(Chore chore) {
    vertx.setTimer(chore.pause().toMillis(), timer -> round(chore));
  }

  private void round(Chore chore) {
    if (stopped) {
      return;
    }
    Future.succeededFuture()
        .compose(now -> chore.work().get())
        .onComplete(
            done -> pause(chore),
            failure -> {
              LOG.warn("{} has failed: {}", chore.name(), failure.getMessage());
              pause(chore);
            });
  }
}
