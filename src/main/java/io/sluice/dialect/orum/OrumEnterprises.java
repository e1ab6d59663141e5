package io.sluice.dialect.orum;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sluice.dialect.Json;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Services;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.TenantId;
import io.sluice.store.Asset;
import io.sluice.store.Holder;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The one enterprise of each tenant. It comes into being with the tenant's first use of this
 * dialect, under a plain name that administration can change.
 */
final class OrumEnterprises {
  private static final int MAX_KNOWN_TENANTS = 10_000;

  private static final String DEFAULT_NAME = "Enterprise";
  static final String DEFAULT_REFERENCE = "enterprise";

  private final Services services;
  private final Cache<TenantId, OrumBooks> opened =
      Caffeine.newBuilder().maximumSize(MAX_KNOWN_TENANTS).build();

  OrumEnterprises(Services services) {
    this.services = services;
  }

  /**
   * What the client calls its enterprise.
   *
   * @param reference the customer reference id of subledgers that are the enterprise's own
   */
  record Identity(String name, String reference) {
    private static Identity ofDetail(String detail) {
      JsonNode json = Json.parse(detail);
      return new Identity(json.get("name").textValue(), json.get("reference").textValue());
    }

    private String toDetail() {
      return JsonWriter.object().text("name", name).text("reference", reference).toText();
    }
  }

  /** The tenant's books, opened if need be. */
  Future<OrumBooks> books(TenantId tenant) {
    OrumBooks known = opened.getIfPresent(tenant);
    return known != null ? Future.succeededFuture(known) : open(new OrumBooks(tenant));
  }

  Future<Identity> identity(TenantId tenant) {
    return books(tenant)
        .compose(books -> services.holders().find(tenant, books.enterprise()))
        .map(found -> Identity.ofDetail(found.orElseThrow().detail()));
  }

  /** Renames the enterprise. What its subledgers say of their owner stays as it is. */
  Future<Holder> rename(TenantId tenant, Identity identity) {
    return books(tenant)
        .compose(
            books -> services.holders().setDetail(tenant, books.enterprise(), identity.toDetail()))
        .map(Optional::orElseThrow);
  }

  private Future<OrumBooks> open(OrumBooks books) {
    Instant now = services.clock().instant().truncatedTo(ChronoUnit.MICROS);
    String detail = new Identity(DEFAULT_NAME, DEFAULT_REFERENCE).toDetail();
    Holder enterprise = holder(books, books.enterprise(), OrumBooks.ENTERPRISE_KIND, detail, now);
    Holder system = holder(books, books.system(), OrumBooks.SYSTEM_KIND, "{}", now);
    // Each step does nothing where another process was faster.
    return services
        .assets()
        .insert(currency(books, now))
        .compose(done -> insert(system, books.systemAccount(), OrumBooks.MAX_TOTAL_CENTS.negated()))
        .compose(done -> insert(enterprise, books.enterpriseAccount(), Amount.ZERO))
        .map(
            done -> {
              opened.put(books.tenant(), books);
              return books;
            });
  }

  private Future<Boolean> insert(Holder holder, AccountRef account, Amount floor) {
    return services.holders().insertWithAccount(holder, account, floor);
  }

  private static Asset currency(OrumBooks books, Instant now) {
    return new Asset(
        books.tenant(),
        books.currency(),
        OrumBooks.CURRENCY_KIND,
        OrumBooks.CURRENCY,
        OrumBooks.CURRENCY_SCALE,
        false,
        HolderStatus.ACTIVE,
        "{}",
        now,
        now);
  }

  // One per tenant and kind: the reference is the same for every tenant, so a second is refused.
  private static Holder holder(
      OrumBooks books, HolderId id, String kind, String detail, Instant now) {
    return new Holder(books.tenant(), id, kind, kind, HolderStatus.ACTIVE, detail, now, now);
  }
}
