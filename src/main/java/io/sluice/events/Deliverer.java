package io.sluice.events;

import io.sluice.config.EventSettings;
import io.sluice.dialect.Courier;
import io.sluice.ledger.TenantId;
import io.sluice.loop.EventLoop;
import io.sluice.store.events.Claim;
import io.sluice.store.events.DeliveryQueue;
import io.sluice.store.events.DeliveryQueue.Due;
import io.sluice.store.events.DeliveryQueue.Served;
import io.sluice.store.events.Listeners;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for what is due, claims it, has it sent, and stores what became of it. Tenants are served
 * in turn, and each one's endpoints, each with so many places at most; what there is no place for
 * stays in the database. It looks again once several places are free, so that one look finds
 * several deliveries. All of it happens on one event loop.
 */
public final class Deliverer {
  private static final Logger LOG = LoggerFactory.getLogger(Deliverer.class);

  /** For storing what became of an attempt, before others may take it over. */
  private static final Duration LEASE_MARGIN = Duration.ofSeconds(15);

  /** What happens in so short a time, in milliseconds, is found by one look. */
  private static final long GATHER_MS = 60;

  /** For so long it is not asked again who has something due, while there are too few places. */
  private static final long KNOWN_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final EventLoop loop;
  private final Vertx vertx;
  private final EventSettings settings;
  private final Listeners listeners;
  private final DeliveryQueue queue;
  private final Map<String, Courier> couriers;
  private final Clock clock;
  private final EventMetrics metrics;
  private final InFlight inFlight;
  private final Attempts attempts;
  private final int worthALook;
  private final Promise<Void> idle = Promise.promise();

  /** The last endpoint that was served of each tenant that had something due at the last look. */
  private final Map<TenantId, UUID> served = new HashMap<>();

  private final Turns turns = new Turns();

  /** Whether the places ran out before everybody had a turn. */
  private boolean cutOff;

  private long askedNanos;
  private int last;
  private int freed;
  private boolean looking;
  private boolean lookAgain;

  /** Whether an endpoint had no place left for more of what is due. */
  private boolean full;

  /** Whether the next look is waited for. */
  private boolean gathering;

  private boolean stopped;
  private boolean failing;

  Deliverer(
      Vertx vertx,
      EventSettings settings,
      Listeners listeners,
      DeliveryQueue queue,
      Map<String, Courier> couriers,
      Sender sender,
      Clock clock,
      EventMetrics metrics) {
    this.loop = EventLoop.create(vertx);
    this.vertx = vertx;
    this.settings = settings;
    this.listeners = listeners;
    this.queue = queue;
    this.couriers = Map.copyOf(couriers);
    this.clock = clock;
    this.metrics = metrics;
    this.inFlight = new InFlight(settings);
    this.attempts = new Attempts(vertx, queue, sender, metrics, clock, Attempts.QUICK);
    this.worthALook = Math.ceilDiv(InFlight.perEndpoint(settings), 2);
  }

  /** Looks from now on. */
  void start() {
    loop.run(here -> vertx.setPeriodic(settings.pollMs(), timer -> poll(timer)));
  }

  private void poll(long timer) {
    if (stopped) {
      vertx.cancelTimer(timer);
    } else if (listeners.isAnybodyThere()) {
      look();
    } else {
      metrics.due(List.of());
    }
  }

  /** Begins nothing more; completes when what is under way has come to an end. */
  Future<Void> stop() {
    loop.run(
        here -> {
          stopped = true;
          attempts.stop();
          endIfIdle();
        });
    return idle.future();
  }

  private void endIfIdle() {
    if (stopped && !looking && inFlight.count() == 0) {
      idle.tryComplete();
    }
  }

  /** Looks once, and once more if it is asked to meanwhile. */
  private void look() {
    if (looking || stopped || inFlight.isFull()) {
      lookAgain = looking;
      return;
    }
    looking = true;
    full = false;
    freed = 0;
    (isKnown() ? Future.<Void>succeededFuture() : ask())
        .compose(asked -> round())
        .onSuccess(done -> failing = false)
        .onFailure(this::complain)
        .onComplete(
            done -> {
              looking = false;
              endIfIdle();
              if (lookAgain) {
                lookAgain = false;
                look();
              }
            });
  }

  private void complain(Throwable failure) {
    if (!failing) {
      failing = true;
      LOG.warn("Events are not delivered for now: {}", failure.toString());
    }
  }

  /**
   * Whether it is known who comes next: where some had no turn for want of places, they have it
   * before it is asked again who has something due. The more endpoints there are, the more it costs
   * to ask.
   */
  private boolean isKnown() {
    return cutOff && System.nanoTime() - askedNanos < KNOWN_NANOS;
  }

  private Future<Void> ask() {
    cutOff = false;
    long now = System.nanoTime();
    return queue
        .due(new Served(last, served), clock.instant())
        .map(
            due -> {
              turns.begin(
                  due.stream().filter(each -> couriers.containsKey(each.dialect())).toList());
              askedNanos = now;
              metrics.due(due);
              served.keySet().retainAll(due.stream().map(Due::tenant).collect(Collectors.toSet()));
              return null;
            });
  }

  /** One turn for each endpoint that waits, as long as there are places. */
  private Future<Void> round() {
    boolean known = cutOff;
    Promise<Void> over = Promise.promise();
    turns.beginRound();
    turn(over);
    return over.future()
        .onSuccess(
            done -> {
              cutOff = inFlight.isFull() && turns.isAnybodyWaiting();
              lookAgain |= known && !cutOff;
            });
  }

  private void turn(Promise<Void> over) {
    Optional<Due> next = stopped || inFlight.isFull() ? Optional.empty() : turns.next(inFlight);
    if (next.isEmpty()) {
      over.complete();
      return;
    }
    EventLoop.attempt(() -> serve(next.get())).onSuccess(done -> turn(over)).onFailure(over::fail);
  }

  private Future<Void> serve(Due due) {
    Courier courier = couriers.get(due.dialect());
    int room = inFlight.room(due);
    // Whoever has but one place is to have it no longer than others.
    int each = room > 1 ? attempts.eachPlace(due.endpoint()) : 1;
    last = due.tenant().value();
    served.put(due.tenant(), due.endpoint());
    inFlight.add(due, room);
    Instant now = clock.instant();
    Instant until = now.plus(courier.timeout()).plus(LEASE_MARGIN);
    return queue
        .claim(due, room * each, now, until)
        .onFailure(failure -> inFlight.add(due, -room))
        .onSuccess(
            claims -> {
              boolean more = claims.size() == room * each;
              int places = more ? room : attempts.places(due.endpoint(), claims.size(), room);
              List<List<Claim>> bundles = Attempts.bundles(claims, places);
              inFlight.add(due, bundles.stream().mapToInt(b -> held(b, each)).sum() - room);
              if (more) {
                full = true;
                turns.again(due);
              }
              metrics.sending(inFlight.count());
              bundles.forEach(bundle -> send(due, courier, bundle, held(bundle, each)));
            })
        .mapEmpty();
  }

  /**
   * How many places a bundle holds: those that it was claimed for, although it is sent on one, so
   * that no more is claimed at any time than there are places for.
   */
  private static int held(List<Claim> bundle, int each) {
    return Math.ceilDiv(bundle.size(), each);
  }

  private void send(Due due, Courier courier, List<Claim> bundle, int places) {
    attempts
        .send(courier, bundle)
        // Whoever takes it over when this is not stored tells the receiver again.
        .onFailure(this::complain)
        .onComplete(
            done -> {
              inFlight.add(due, -places);
              metrics.sending(inFlight.count());
              endIfIdle();
              freed += places;
              if (freed >= worthALook || inFlight.count() == 0) {
                goOn();
              }
            });
  }

  /** Looks again: at once where more was due than there were places, else when some has come. */
  private void goOn() {
    if (full || cutOff) {
      look();
    } else if (!gathering) {
      gathering = true;
      vertx.setTimer(
          GATHER_MS,
          gathered -> {
            gathering = false;
            look();
          });
    }
  }
}
