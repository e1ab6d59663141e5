package io.sluice.dialect.orum;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.access.RateLimit;
import io.sluice.access.RateLimiter;
import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.EventParts;
import io.sluice.dialect.Json;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Members;
import io.sluice.dialect.Services;
import io.sluice.dialect.Wanted;
import io.sluice.ledger.TenantId;
import io.sluice.store.events.Endpoint;
import io.sluice.store.events.EndpointStatus;
import io.sluice.store.events.EndpointStore;
import io.sluice.store.orum.KeyPair;
import io.sluice.store.orum.WebhookStore;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Webhook configurations, the keys that messages are signed with, and test messages. */
record Webhooks(
    Services services,
    EventParts parts,
    Enterprises enterprises,
    Events events,
    SigningPair keys,
    WebhookStore store,
    RateLimiter tests) {
  /**
   * Test messages of an enterprise: each is told to all its endpoints, so that one call may write
   * and send a hundred times as much as another.
   */
  static final RateLimit TESTS = new RateLimit(1, 30);

  private static final Wanted<JsonNode> DATA = new Wanted.Storable(64 * 1024);

  /** What a configuration asks for. */
  private record Request(List<String> types, String url, boolean enabled) {
    static Request read(Call call) {
      Members body = Reader.body(call);
      return new Request(
          body.all("event_types", 1, EventType.KNOWN.size(), new Wanted.OneOf(EventType.KNOWN)),
          body.required("url", Reader.URL),
          body.required("enabled", new Wanted.Flag()));
    }

    EndpointStatus status() {
      return enabled ? EndpointStatus.ACTIVE : EndpointStatus.DISABLED;
    }
  }

  /** Also waits until every gateway knows of it, so that nothing is missed from now on. */
  Future<Answer> create(Caller caller, Call call) {
    Request request = Request.read(call);
    Instant now = services.now();
    var endpoint =
        new Endpoint(
            caller.tenant(),
            services.ids().next(),
            Names.DIALECT,
            request.status(),
            request.url(),
            EventType.expanded(request.types()),
            Optional.empty(),
            detail(request, caller.client().toString(), caller),
            now,
            now);
    return requireGood(caller.tenant(), request.url())
        .compose(good -> parts.endpoints().insert(endpoint))
        .compose(inserted -> inserted ? one(endpoint) : Future.succeededFuture(tooMany()));
  }

  private static Answer tooMany() {
    return Errors.badRequest(
        "there are " + EndpointStore.MAX_LIVE + " webhook configurations; delete one first");
  }

  private Future<Void> requireGood(TenantId tenant, String url) {
    return parts
        .receivers()
        .objection(tenant, url)
        .map(
            objection -> {
              if (objection.isPresent()) {
                throw new ApiException(WebhookErrors.invalidUrl(objection.get()));
              }
              return null;
            });
  }

  private static String detail(Request request, String createdBy, Caller caller) {
    return JsonWriter.object()
        .texts("event_types", request.types())
        .text("data_version", Names.VERSION)
        .text("created_by", createdBy)
        .text("updated_by", caller.client().toString())
        .toText();
  }

  Future<Answer> list(Caller caller, Call call) {
    TenantId tenant = caller.tenant();
    return parts
        .endpoints()
        .list(tenant, Names.DIALECT, Optional.empty(), Optional.empty(), EndpointStore.MAX_LIVE)
        .compose(found -> enterpriseName(tenant).map(name -> many(found, name)));
  }

  private static Answer many(List<Endpoint> found, String enterprise) {
    return JsonWriter.object()
        .objects(
            "webhook_configurations", found, (json, endpoint) -> write(json, endpoint, enterprise))
        .toAnswer(200);
  }

  Future<Answer> replace(Caller caller, Call call) {
    UUID id = id(call);
    Request request = Request.read(call);
    return requireGood(caller.tenant(), request.url())
        .compose(
            good ->
                parts
                    .endpoints()
                    .change(
                        caller.tenant(),
                        Names.DIALECT,
                        id,
                        old -> isLive(old) ? replaced(old, request, caller) : old))
        .compose(
            found ->
                one(
                    found
                        .filter(Webhooks::isLive)
                        .orElseThrow(
                            () -> new ApiException(WebhookErrors.unknownConfiguration()))));
  }

  private static Endpoint replaced(Endpoint old, Request request, Caller caller) {
    String createdBy = Json.parse(old.detail()).get("created_by").textValue();
    return new Endpoint(
        old.tenant(),
        old.id(),
        old.dialect(),
        request.status(),
        request.url(),
        EventType.expanded(request.types()),
        old.secret(),
        detail(request, createdBy, caller),
        old.createdAt(),
        old.updatedAt());
  }

  Future<Answer> delete(Caller caller, Call call) {
    UUID id = id(call);
    return parts
        .endpoints()
        .find(caller.tenant(), Names.DIALECT, id)
        .compose(
            found ->
                found.filter(Webhooks::isLive).isEmpty()
                    ? Future.succeededFuture(WebhookErrors.unknownConfiguration())
                    : archive(caller, id));
  }

  private Future<Answer> archive(Caller caller, UUID id) {
    return parts
        .endpoints()
        .change(caller.tenant(), Names.DIALECT, id, old -> old.withStatus(EndpointStatus.ARCHIVED))
        .map(archived -> Answer.empty(204));
  }

  private static boolean isLive(Endpoint endpoint) {
    return endpoint.status() != EndpointStatus.ARCHIVED;
  }

  private static UUID id(Call call) {
    return Reader.pathId(call, WebhookErrors::malformedConfigurationId);
  }

  Future<Answer> makeSecret(Caller caller, Call call) {
    return keys.findOrMake(caller.tenant()).compose(this::keyPair);
  }

  Future<Answer> getSecret(Caller caller, Call call) {
    return keys.find(caller.tenant())
        .compose(
            found ->
                found
                    .map(this::keyPair)
                    .orElseGet(() -> Future.succeededFuture(WebhookErrors.noKeyPair())));
  }

  private Future<Answer> keyPair(KeyPair pair) {
    return enterpriseName(pair.tenant())
        .map(
            name ->
                JsonWriter.object()
                    .object("enterprise_keypair")
                    .uuid("id", pair.id())
                    .text("enterprise_name", name)
                    .text("public_key", pair.publicKey())
                    .time("created_at", pair.createdAt())
                    .time("updated_at", pair.createdAt())
                    .toAnswer(200));
  }

  /** Tells of something that has not happened. */
  Future<Answer> invoke(Caller caller, Call call) {
    Members body = Reader.body(call);
    String type = body.required("event_type", new Wanted.OneOf(EventType.RAISED));
    JsonNode data = body.required("data", DATA);
    RateLimiter.Decision decision = tests.acquire(caller.tenant(), TESTS);
    if (!decision.allowed()) {
      return Future.succeededFuture(Errors.tooManyRequests(decision.retryAfter()));
    }
    Instant now = services.now();
    var event =
        events.event(
            type,
            services.ids().next(),
            now,
            json -> data.properties().forEach(it -> json.node(it.getKey(), it.getValue())));
    return store.tell(caller.tenant(), event, now).map(told -> Answer.empty(201));
  }

  private Future<String> enterpriseName(TenantId tenant) {
    return enterprises.find(tenant).map(Enterprises::name);
  }

  private Future<Answer> one(Endpoint endpoint) {
    return enterpriseName(endpoint.tenant())
        .map(
            name -> {
              JsonWriter json = JsonWriter.object().object("webhook_configuration");
              write(json, endpoint, name);
              return json.toAnswer(200);
            });
  }

  private static void write(JsonWriter json, Endpoint endpoint, String enterprise) {
    JsonNode detail = Json.parse(endpoint.detail());
    json.uuid("id", endpoint.id())
        .text("enterprise_name", enterprise)
        .node("event_types", detail.get("event_types"))
        .bool("enabled", endpoint.status() == EndpointStatus.ACTIVE)
        .text("url", endpoint.url())
        .node("data_version", detail.get("data_version"))
        .time("created_at", endpoint.createdAt())
        .node("created_by", detail.get("created_by"))
        .time("updated_at", endpoint.updatedAt())
        .node("updated_by", detail.get("updated_by"));
  }
}
