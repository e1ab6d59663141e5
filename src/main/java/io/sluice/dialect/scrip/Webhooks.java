package io.sluice.dialect.scrip;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.EventParts;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.PlaceForm;
import io.sluice.dialect.Services;
import io.sluice.ledger.TenantId;
import io.sluice.store.Place;
import io.sluice.store.events.Endpoint;
import io.sluice.store.events.EndpointStatus;
import io.sluice.store.events.EndpointStore;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Webhook endpoints: where the organisation wants to hear of what. */
record Webhooks(Services services, EventParts events, WebhookSecrets secrets) {
  static final int DEFAULT_LIMIT = 20;
  static final int MAX_LIMIT = 100;
  static final String ENDPOINT = "webhook endpoint";

  /** Also waits until every gateway knows of it, so that nothing is missed from now on. */
  Future<Answer> create(Caller caller, Call call) {
    WebhookRequest request = Reader.read(call, WebhookRequest::readNew);
    String secret = WebhookSecrets.fresh();
    Endpoint endpoint = secrets.keep(fresh(caller.tenant(), request), secret);
    return requireGood(caller.tenant(), request.url())
        .compose(good -> events.endpoints().insert(endpoint))
        .map(
            inserted ->
                inserted
                    ? answer(201, endpoint, Optional.of(secret))
                    : Errors.conflict(
                        "the organization has "
                            + EndpointStore.MAX_LIVE
                            + " webhook endpoints; delete one first"));
  }

  private Endpoint fresh(TenantId tenant, WebhookRequest request) {
    Instant now = services.now();
    return new Endpoint(
        tenant,
        services.ids().next(),
        Names.DIALECT,
        EndpointStatus.ACTIVE,
        request.url().orElseThrow(),
        request.types().orElseThrow(),
        Optional.empty(),
        request.detail().text(),
        now,
        now);
  }

  private Future<Void> requireGood(TenantId tenant, Optional<String> url) {
    if (url.isEmpty()) {
      return Future.succeededFuture();
    }
    return events
        .receivers()
        .objection(tenant, url.get())
        .map(
            objection -> {
              objection.ifPresent(
                  rule -> {
                    throw new ApiException(
                        Errors.invalid(
                            FieldError.invalid(
                                WebhookRequest.URL, "a URL of a public HTTPS server", rule)));
                  });
              return null;
            });
  }

  private record Query(Optional<EndpointStatus> status, Page<Place> page) {
    static Query read(Reader reader) {
      Optional<EndpointStatus> status = reader.query("status", WebhookRequest.STATUS);
      return new Query(status, Webhooks.page(reader, "webhook-endpoints", status));
    }
  }

  /** A page of a list of webhooks, which are shorter than other pages. */
  static Page<Place> page(Reader reader, String list, Object... filters) {
    return Page.read(
        reader,
        reader.limit(DEFAULT_LIMIT, MAX_LIMIT),
        list,
        PlaceForm.PARTS,
        PlaceForm.MOMENT::read,
        filters);
  }

  Future<Answer> list(Caller caller, Call call) {
    Query query = Reader.read(call, Query::read);
    Page<Place> page = query.page();
    return events
        .endpoints()
        .list(caller.tenant(), Names.DIALECT, query.status(), page.after(), page.limit() + 1)
        .map(
            found ->
                Slice.of(found, page.limit())
                    .answer(
                        page,
                        last -> PlaceForm.parts(Place.of(last.createdAt(), last.id())),
                        (json, endpoint) -> write(json, endpoint, Optional.empty())));
  }

  Future<Answer> get(Caller caller, Call call) {
    return byId(caller.tenant(), Reader.pathId(call))
        .map(endpoint -> answer(200, endpoint, Optional.empty()));
  }

  /** An endpoint, also an archived one. */
  Future<Endpoint> byId(TenantId tenant, UUID id) {
    return events
        .endpoints()
        .find(tenant, Names.DIALECT, id)
        .map(found -> found.orElseThrow(() -> unknown(id)));
  }

  private static ApiException unknown(UUID id) {
    return new ApiException(Errors.notFound(ENDPOINT, id));
  }

  private record Change(UUID id, WebhookRequest request) {}

  Future<Answer> update(Caller caller, Call call) {
    Change change =
        Reader.read(call, reader -> new Change(reader.pathId(), WebhookRequest.readChange(reader)));
    return requireGood(caller.tenant(), change.request().url())
        .compose(good -> change(caller.tenant(), change.id(), change.request()::of))
        .map(endpoint -> answer(200, endpoint, Optional.empty()));
  }

  /** For ever; asking again changes nothing. */
  Future<Answer> archive(Caller caller, Call call) {
    UUID id = Reader.pathId(call);
    return events
        .endpoints()
        .change(caller.tenant(), Names.DIALECT, id, old -> old.withStatus(EndpointStatus.ARCHIVED))
        .map(found -> found.orElseThrow(() -> unknown(id)))
        .map(archived -> Answer.empty(204));
  }

  /** The old secret signs nothing more. */
  Future<Answer> rotate(Caller caller, Call call) {
    String secret = WebhookSecrets.fresh();
    return change(caller.tenant(), Reader.pathId(call), old -> secrets.keep(old, secret))
        .map(endpoint -> answer(200, endpoint, Optional.of(secret)));
  }

  private Future<Endpoint> change(TenantId tenant, UUID id, UnaryOperator<Endpoint> change) {
    return events
        .endpoints()
        .change(tenant, Names.DIALECT, id, old -> isArchived(old) ? old : change.apply(old))
        .map(
            found -> {
              Endpoint endpoint = found.orElseThrow(() -> unknown(id));
              if (isArchived(endpoint)) {
                throw new ApiException(Errors.conflict("webhook endpoint " + id + " is ARCHIVED"));
              }
              return endpoint;
            });
  }

  private static boolean isArchived(Endpoint endpoint) {
    return endpoint.status() == EndpointStatus.ARCHIVED;
  }

  private static Answer answer(int status, Endpoint endpoint, Optional<String> secret) {
    JsonWriter json = JsonWriter.object();
    write(json, endpoint, secret);
    return json.toAnswer(status);
  }

  private static void write(JsonWriter json, Endpoint endpoint, Optional<String> secret) {
    var detail = WebhookDetail.parse(endpoint.detail());
    json.uuid("id", endpoint.id()).text(WebhookRequest.URL, endpoint.url());
    detail.writeDescription(json).texts(WebhookRequest.TYPES, endpoint.types());
    detail.writeMetadata(json).text("status", endpoint.status().name());
    secret.ifPresent(shown -> json.text("secret", shown));
    json.time("created_at", endpoint.createdAt()).time("updated_at", endpoint.updatedAt());
  }
}
