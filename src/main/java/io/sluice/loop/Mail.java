package io.sluice.loop;

import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.PromiseInternal;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps many promises: what is to be told on another event loop travels there in one piece, instead
 * of waking it for each. Used once, by one thread.
 */
public final class Mail {
  private final Map<EventExecutor, List<Runnable>> letters = new IdentityHashMap<>(2);

  /** Keeps a promise: here at once, elsewhere when the mail is {@linkplain #send sent}. */
  public <T> void keep(Promise<T> promise, T value) {
    ContextInternal place = promise instanceof PromiseInternal<T> known ? known.context() : null;
    if (place == null || place.inThread()) {
      promise.complete(value);
    } else {
      letters
          .computeIfAbsent(place.nettyEventLoop(), loop -> new ArrayList<>())
          .add(() -> promise.complete(value));
    }
  }

  /** Sends what is to be told elsewhere. */
  public void send() {
    letters.forEach((loop, all) -> loop.execute(() -> all.forEach(Runnable::run)));
  }
}
