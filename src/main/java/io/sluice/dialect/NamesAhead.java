package io.sluice.dialect;

import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.store.Holder;
import io.sluice.store.HolderStore;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Function;

/**
 * Learns what names stand for before they are asked for, once after the start: the latest holders
 * of each tenant in turn, as long as there is room. So a gateway that was started on large books
 * need not look each name up when it is first named.
 *
 * @param <K> the name
 * @param <V> what it stands for
 */
public final class NamesAhead<K, V> {
  /** Read at once: few enough that nobody on the same event loop waits a millisecond for it. */
  private static final int PAGE_HOLDERS = 200;

  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int WHOLE_PERCENT = 100;

  private final HolderStore holders;
  private final String kind;
  private final Known<K, V> known;
  private final Function<Collection<Holder>, Map<K, V>> reading;
  private final Queue<Page> open = new ArrayDeque<>();
  private boolean begun;

  /** What comes next of a tenant: the holders before one, or the latest. */
  private record Page(TenantId tenant, Optional<HolderId> before) {}

  /**
   * Learns of one kind.
   *
   * @param reading what the holders are called, and stand for
   */
  public NamesAhead(
      HolderStore holders,
      String kind,
      Known<K, V> known,
      Function<Collection<Holder>, Map<K, V>> reading) {
    this.holders = holders;
    this.kind = kind;
    this.known = known;
    this.reading = reading;
  }

  /** The work; once it is done, there is none. */
  public Chore chore() {
    return new Chore(kind + ".names", PAUSE, WHOLE_PERCENT, this::round);
  }

  /** Goes on where it was, also after a failure, until all is learnt or there is no more room. */
  private Future<Chore.Round> round() {
    Promise<Chore.Round> done = Promise.promise();
    begin().onComplete(ready -> goOn(done), done::fail);
    return done.future();
  }

  private Future<?> begin() {
    if (begun) {
      return Future.succeededFuture();
    }
    return holders
        .tenants(kind)
        .onSuccess(
            tenants -> {
              tenants.forEach(tenant -> open.add(new Page(tenant, Optional.empty())));
              begun = true;
            });
  }

  private void goOn(Promise<Chore.Round> done) {
    if (open.isEmpty() || !known.hasRoom()) {
      open.clear();
      done.complete(Chore.Round.IDLE);
      return;
    }
    Page page = open.element();
    holders
        .before(page.tenant(), kind, page.before(), PAGE_HOLDERS)
        .onComplete(
            found -> {
              open.remove();
              learn(page, found);
              goOn(done);
            },
            done::fail);
  }

  private void learn(Page page, List<Holder> found) {
    known.learn(page.tenant(), reading.apply(found));
    if (found.size() == PAGE_HOLDERS) {
      open.add(new Page(page.tenant(), Optional.of(found.getLast().id())));
    }
  }
}
