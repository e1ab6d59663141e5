package io.sluice.dialect.orum;

import io.sluice.dialect.Chore;
import io.sluice.dialect.Services;
import io.sluice.store.orum.Customer;
import io.sluice.store.orum.CustomerKind;
import io.sluice.store.orum.CustomerStatus;
import io.sluice.store.orum.CustomerStore;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies customers as the provider's sandbox does: whoever is not called by the name of another
 * status becomes verified, whatever is missing. It is done as soon as the change is stored; what a
 * gateway that ended left behind, any gateway does later.
 */
final class Verification {
  private static final Logger LOG = LoggerFactory.getLogger(Verification.class);

  /** How long a gateway waits before it looks for what others left. */
  static final Duration PAUSE = Duration.ofSeconds(1);

  /** How much of its time a gateway spends on that, at most. */
  static final int SHARE_PERCENT = 50;

  static final int MAX_AT_ONCE = 100;

  private final Services services;
  private final CustomerStore store;
  private final Events events;

  /** Up to where the rounds have come; empty when the next one begins anew. */
  private volatile Optional<CustomerStore.Due> reached = Optional.empty();

  Verification(Services services, CustomerStore store, Events events) {
    this.services = services;
    this.store = store;
    this.events = events;
  }

  /** The same customer, to be verified; or not, where its name says that nothing comes of it. */
  static Customer due(Customer customer, Instant now) {
    return customer.withDue(verdict(customer).map(verdict -> now));
  }

  /** What comes of a verification; empty where the customer stays as it was created. */
  private static Optional<CustomerStatus> verdict(Customer customer) {
    String kind = customer.kind().name().toLowerCase(Locale.ROOT);
    String name =
        customer.kind() == CustomerKind.PERSON
            ? customer.names().first() + " " + customer.names().last()
            : customer.names().first();
    for (CustomerStatus status : CustomerStatus.values()) {
      if (name.equals(CustomerDetail.word(status) + " " + kind)) {
        return status == CustomerStatus.CREATED ? Optional.empty() : Optional.of(status);
      }
    }
    return Optional.of(CustomerStatus.VERIFIED);
  }

  /** Ends the verification of a customer, if one is under way. */
  Future<Optional<Customer>> settle(CustomerStore.Key key) {
    Instant now = services.now();
    return store.change(
        key.tenant(), key.id(), customer -> settled(customer, now), events::ofChange);
  }

  private static Customer settled(Customer customer, Instant now) {
    return customer.due().isEmpty()
        ? customer
        : verdict(customer)
            .map(status -> customer.withStatus(status, now))
            .orElseGet(() -> customer.withDue(Optional.empty()));
  }

  /**
   * Ends what is due by now, whoever began it. Those that fail keep no other from its turn, however
   * many they are: each round goes on behind the one before, up to the last, and then anew.
   */
  Future<Chore.Round> settleDue() {
    Instant now = services.now();
    return store
        .due(now, reached, MAX_AT_ONCE)
        .compose(found -> settleAll(found).map(done -> round(found, now)));
  }

  private Chore.Round round(List<CustomerStore.Due> found, Instant now) {
    reached = found.size() == MAX_AT_ONCE ? Optional.of(found.getLast()) : Optional.empty();
    return found.isEmpty()
        ? Chore.Round.IDLE
        : new Chore.Round(
            found.size(),
            Duration.between(found.getFirst().at(), now),
            found.size() == MAX_AT_ONCE);
  }

  /** Tells of those that failed, in one line. */
  private Future<Void> settleAll(List<CustomerStore.Due> found) {
    var failed = new ArrayList<CustomerStore.Due>();
    Future<Void> done = Future.succeededFuture();
    for (CustomerStore.Due each : found) {
      done =
          done.compose(before -> settle(each.key()))
              .<Void>mapEmpty()
              .otherwise(
                  failure -> {
                    failed.add(each);
                    return null;
                  });
    }
    return done.onSuccess(
        all -> {
          if (!failed.isEmpty()) {
            CustomerStore.Key first = failed.getFirst().key();
            LOG.warn(
                "{} verifications cannot be ended and wait, as that of tenant {}'s customer {}",
                failed.size(),
                first.tenant().value(),
                first.id());
          }
        });
  }
}
