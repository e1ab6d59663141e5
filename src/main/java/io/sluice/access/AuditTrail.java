package io.sluice.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sluice.access.AuditEvent.Outcome;
import io.sluice.ledger.Ids;
import io.sluice.store.Place;
import io.sluice.store.access.AuditQuery;
import io.sluice.store.access.AuditRow;
import io.sluice.store.access.AuditStore;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** Writes down what is to be known of later: a row in the database, and a copy of it in the log. */
public final class AuditTrail {
  /** Of the Elastic Common Schema that names the fields. */
  public static final String ECS_VERSION = "8.17.0";

  private static final String LOGGER = "sluice.audit";
  private static final Logger LOG = LoggerFactory.getLogger(LOGGER);

  private static final JsonMapper JSON = JsonMapper.builder(AsciiJson.factory()).build();

  private final AuditStore store;
  private final Ids ids;
  private final Clock clock;
  private final FailureBudget failures;

  /**
   * @param maxFailuresPerMinute of strangers' failed attempts that get a row of their own
   */
  public AuditTrail(AuditStore store, Ids ids, Clock clock, int maxFailuresPerMinute) {
    this.store = store;
    this.ids = ids;
    this.clock = clock;
    failures = new FailureBudget(maxFailuresPerMinute);
  }

  /** What was written down, newest first. */
  public Future<List<AuditQuery.Found>> list(AuditQuery wanted, int limit) {
    return store.list(wanted, limit);
  }

  /**
   * Where a record stands in a list.
   *
   * @param tenant 0 for what concerns none
   */
  public Future<Optional<Place>> place(int tenant, UUID id) {
    return store.place(tenant, id);
  }

  /** Writes an event down; fails when it could not be, and then it is not to be answered. */
  public Future<Void> write(AuditEvent event) {
    log(event);
    return store(event);
  }

  /**
   * Writes down what a stranger could repeat as often as he likes. Beyond the budget the attempts
   * are counted, and their number is one row for each minute.
   */
  public Future<Void> writeFailure(AuditEvent event, ClientAddress address) {
    log(event);
    Future<Void> before = writeUnlisted();
    return failures.lists(address, clock.instant()) ? before.compose(done -> store(event)) : before;
  }

  /** Writes down how many attempts have no row, once their minute is over. */
  public Future<Void> writeUnlisted() {
    long unlisted = failures.takeUnlisted(clock.instant());
    return unlisted == 0
        ? Future.succeededFuture()
        : write(
                AuditEvent.of(
                        "unlisted_failures",
                        Outcome.FAILURE,
                        "more attempts failed in a minute than are listed one by one")
                    .with("sluice.count", unlisted))
            .onFailure(failure -> failures.giveBack(unlisted));
  }

  /** Only logs an event, which changes nothing and tells nothing of anybody. */
  public static void log(AuditEvent event) {
    LoggingEventBuilder line = LOG.atLevel(level(event));
    event.fields().forEach(line::addKeyValue);
    line.log(event.message());
  }

  private Future<Void> store(AuditEvent event) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    int tenant = event.tenant().map(known -> known.value()).orElse(0);
    return store.insert(
        new AuditRow(
            tenant,
            ids.next(),
            now,
            event.action(),
            event.outcome().text(),
            event.field(AuditEvent.TRANSFER).map(id -> UUID.fromString(id.toString())),
            event.field(AuditEvent.CREDENTIAL).map(Integer.class::cast),
            event.field(AuditEvent.REQUEST).map(Object::toString),
            record(event, now)));
  }

  private static String record(AuditEvent event, Instant now) {
    Map<String, Object> record = new LinkedHashMap<>();
    record.put("@timestamp", now.toString());
    record.put("log.level", level(event).name());
    record.put("message", event.message());
    record.put("ecs.version", ECS_VERSION);
    record.put("service.name", "sluice");
    record.put("log.logger", LOGGER);
    record.putAll(event.fields());
    try {
      return JSON.writeValueAsString(record);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and numbers are always JSON", e);
    }
  }

  private static Level level(AuditEvent event) {
    return event.outcome() == Outcome.FAILURE ? Level.WARN : Level.INFO;
  }
}
