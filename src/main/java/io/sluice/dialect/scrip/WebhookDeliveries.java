package io.sluice.dialect.scrip;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.PlaceForm;
import io.sluice.dialect.Services;
import io.sluice.ledger.TenantId;
import io.sluice.store.Place;
import io.sluice.store.events.Delivery;
import io.sluice.store.events.DeliveryStatus;
import io.sluice.store.events.DeliveryStore;
import io.sluice.store.events.EndpointStats;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What has been told to endpoints, and telling it again. */
record WebhookDeliveries(Services services, Webhooks webhooks, DeliveryStore deliveries) {
  /** Below this part of attempts that went well, an endpoint is shown as degraded. */
  private static final BigDecimal DEGRADED = new BigDecimal("0.95");

  private static final int RATE_DECIMALS = 4;

  private record Query(UUID endpoint, Optional<DeliveryStatus> status, Page<Place> page) {
    static Query read(Reader reader) {
      UUID endpoint = reader.pathId();
      Optional<DeliveryStatus> status =
          reader.query("status", new Reader.Choice<>(List.of(DeliveryStatus.values())));
      return new Query(
          endpoint, status, Webhooks.page(reader, "webhook-deliveries", endpoint, status));
    }
  }

  Future<Answer> list(Caller caller, Call call) {
    Query query = Reader.read(call, Query::read);
    Page<Place> page = query.page();
    return webhooks
        .byId(caller.tenant(), query.endpoint())
        .compose(
            endpoint ->
                deliveries.list(
                    caller.tenant(), endpoint.id(), query.status(), page.after(), page.limit() + 1))
        .map(
            found ->
                Slice.of(found, page.limit())
                    .answer(
                        page,
                        last -> PlaceForm.parts(Place.of(last.createdAt(), last.id())),
                        (json, delivery) -> write(json, delivery, false)));
  }

  Future<Answer> stats(Caller caller, Call call) {
    return deliveries
        .stats(caller.tenant(), Names.DIALECT, services.now())
        .map(
            found ->
                JsonWriter.object().objects("data", found, WebhookDeliveries::write).toAnswer(200));
  }

  Future<Answer> get(Caller caller, Call call) {
    return byId(caller.tenant(), Reader.pathId(call)).map(found -> answer(200, found));
  }

  private Future<Delivery> byId(TenantId tenant, UUID id) {
    return deliveries
        .find(tenant, Names.DIALECT, id)
        .map(
            found ->
                found.orElseThrow(() -> new ApiException(Errors.notFound("webhook delivery", id))));
  }

  /** Tries a delivery again that has been given up, as if it were new. */
  Future<Answer> retry(Caller caller, Call call) {
    UUID id = Reader.pathId(call);
    TenantId tenant = caller.tenant();
    return byId(tenant, id)
        .compose(known -> deliveries.retry(tenant, id, services.now()))
        .compose(
            begun ->
                begun
                    ? byId(tenant, id)
                    : Future.failedFuture(
                        new ApiException(Errors.notFound("FAILED webhook delivery", id))))
        .map(delivery -> answer(200, delivery));
  }

  /** Tells once more what has been told, or given up. */
  Future<Answer> resend(Caller caller, Call call) {
    UUID id = Reader.pathId(call);
    TenantId tenant = caller.tenant();
    UUID fresh = services.ids().next();
    return byId(tenant, id)
        .compose(known -> deliveries.resend(tenant, id, fresh, services.now()))
        .compose(made -> made ? byId(tenant, fresh) : byId(tenant, id).compose(this::notResent))
        .map(delivery -> answer(201, delivery));
  }

  private Future<Delivery> notResent(Delivery delivery) {
    boolean open =
        delivery.status() == DeliveryStatus.PENDING || delivery.status() == DeliveryStatus.SENDING;
    return Future.failedFuture(
        new ApiException(
            open
                ? Errors.notResendable(delivery.id(), delivery.status().name())
                : Errors.endpointNotActive(delivery.endpoint())));
  }

  private static Answer answer(int status, Delivery delivery) {
    JsonWriter json = JsonWriter.object();
    write(json, delivery, true);
    return json.toAnswer(status);
  }

  /**
   * The members of a delivery.
   *
   * @param whole with what the receiver said
   */
  private static void write(JsonWriter json, Delivery delivery, boolean whole) {
    Delivery.Answer last = delivery.last();
    json.uuid("id", delivery.id())
        .uuid("webhook_endpoint_id", delivery.endpoint())
        .uuid("webhook_event_id", delivery.event())
        .text("event_type", delivery.type())
        .text("status", delivery.status().name())
        .number("attempt_count", delivery.attempts())
        .number("max_attempts", WebhookCourier.MAX_ATTEMPTS)
        .number("resend_seq", delivery.resend());
    last.errorCode().ifPresent(code -> json.text("error_code", code));
    time(json, "last_attempt_at", delivery.lastAttemptAt());
    time(
        json,
        "next_attempt_at",
        delivery.dueAt().filter(due -> delivery.status() == DeliveryStatus.PENDING));
    time(json, "delivered_at", delivery.deliveredAt());
    last.status().ifPresent(code -> json.number("last_response_status", code));
    if (whole) {
      last.body().ifPresent(body -> json.text("last_response_body", body));
      last.error().ifPresent(error -> json.text("last_error", error));
    }
    json.time("created_at", delivery.createdAt()).time("updated_at", delivery.updatedAt());
  }

  private static void write(JsonWriter json, EndpointStats stats) {
    long attempts = stats.successes() + stats.failures();
    BigDecimal rate =
        attempts == 0
            ? BigDecimal.ONE
            : BigDecimal.valueOf(stats.successes())
                .divide(BigDecimal.valueOf(attempts), RATE_DECIMALS, RoundingMode.HALF_UP);
    json.uuid("endpoint_id", stats.endpoint())
        .text("url", stats.url())
        .text("status", stats.status().name())
        .number("success_24h", stats.successes())
        .number("fail_24h", stats.failures())
        .number("success_rate", rate)
        .bool("degraded", rate.compareTo(DEGRADED) < 0)
        .number("pending_count", stats.pending());
    time(json, "oldest_pending_at", stats.oldestPendingAt());
    time(json, "last_attempt_at", stats.lastAttemptAt());
    stats
        .brokenUntil()
        .ifPresent(
            until ->
                json.text("blocked_reason", "circuit_broken")
                    .time("blocked_until", until)
                    .time("circuit_broken_until", until));
  }

  private static void time(JsonWriter json, String name, Optional<Instant> time) {
    time.ifPresent(known -> json.time(name, known));
  }
}
