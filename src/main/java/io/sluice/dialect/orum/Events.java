package io.sluice.dialect.orum;

import io.sluice.dialect.JsonWriter;
import io.sluice.ledger.Event;
import io.sluice.ledger.EventSource;
import io.sluice.ledger.Ids;
import io.sluice.ledger.TenantId;
import io.sluice.store.Holder;
import io.sluice.store.orum.Customer;
import io.sluice.store.orum.CustomerKind;
import io.sluice.store.orum.CustomerStatus;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/**
 * Words events: an envelope around the whole of what they are about.
 *
 * @param audience how many endpoints may want to hear of anything; for none nothing is made
 */
record Events(ToIntFunction<TenantId> audience, Ids ids) {
  private static final DateTimeFormatter MILLISECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  /** Of a book transfer, once it is known what became of it. */
  EventSource ofTransfer(TenantId tenant) {
    int endpoints = audience.applyAsInt(tenant);
    return endpoints == 0
        ? EventSource.NONE
        : EventSource.to(
            endpoints,
            receipt ->
                List.of(
                    event(
                        EventType.BOOK_TRANSFER_UPDATED,
                        receipt.id().value(),
                        receipt.createdAt(),
                        json -> TransferDetail.write(json, receipt))));
  }

  private boolean isHeard(TenantId tenant) {
    return audience.applyAsInt(tenant) > 0;
  }

  List<Event> ofNew(Holder subledger) {
    return isHeard(subledger.tenant())
        ? List.of(
            event(
                EventType.SUBLEDGER_CREATED,
                subledger.id().value(),
                subledger.createdAt(),
                json -> SubledgerForm.write(json, subledger)))
        : List.of();
  }

  List<Event> ofNew(Customer customer) {
    return of(customer, "created", customer.createdAt());
  }

  /** Only a change of the status is told. */
  List<Event> ofChange(Customer old, Customer changed) {
    if (old.status() == changed.status()) {
      return List.of();
    }
    boolean begins = changed.status() == CustomerStatus.CREATED;
    String happening = begins ? "unverified" : CustomerDetail.word(changed.status());
    return of(changed, happening, changed.updatedAt());
  }

  private List<Event> of(Customer customer, String happening, Instant at) {
    if (customer.kind() == CustomerKind.ENTERPRISE || !isHeard(customer.tenant())) {
      return List.of();
    }
    String resource = customer.kind().name().toLowerCase(Locale.ROOT);
    return List.of(
        event(
            resource + "_" + happening,
            customer.id(),
            at,
            json -> CustomerDetail.write(json, customer)));
  }

  /**
   * An event.
   *
   * @param members writes the members of what it is about
   */
  Event event(String type, UUID subject, Instant at, Consumer<JsonWriter> members) {
    UUID id = ids.next();
    JsonWriter json =
        JsonWriter.object()
            .uuid("event_id", id)
            .text("event_type", type)
            .text("created_at", MILLISECONDS.format(at))
            .object("event_data")
            .object(EventType.resource(type));
    members.accept(json);
    return new Event(id, Names.DIALECT, type, subject, json.toText());
  }
}
