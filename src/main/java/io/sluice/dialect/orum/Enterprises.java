package io.sluice.dialect.orum;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Json;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Known;
import io.sluice.dialect.Services;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.store.Asset;
import io.sluice.store.Holder;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The one enterprise of each tenant. It comes into being with the tenant's first use of this
 * dialect, under a plain name that administration can change.
 */
final class Enterprises {
  private static final int MAX_KNOWN_TENANTS = 10_000;

  private static final String DEFAULT_NAME = "Enterprise";
  static final String DEFAULT_REFERENCE = "enterprise";

  private final Services services;
  private final Known<String, Accounts> opened;

  Enterprises(Services services) {
    this.services = services;
    this.opened =
        new Known<>(
            MAX_KNOWN_TENANTS,
            (tenant, kinds) ->
                open(new Accounts(tenant)).map(accounts -> Map.of(Names.ENTERPRISE, accounts)));
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

  /** The tenant's accounts, opened if need be. */
  Future<Accounts> accounts(TenantId tenant) {
    return opened.find(tenant, Names.ENTERPRISE).map(Optional::orElseThrow);
  }

  Future<Identity> identity(TenantId tenant) {
    return accounts(tenant)
        .compose(accounts -> services.holders().find(tenant, accounts.enterprise()))
        .map(found -> Identity.ofDetail(found.orElseThrow().detail()));
  }

  /** Renames the enterprise. What its subledgers say of their owner stays as it is. */
  Future<Holder> rename(TenantId tenant, Identity identity) {
    return accounts(tenant)
        .compose(
            accounts ->
                services.holders().setDetail(tenant, accounts.enterprise(), identity.toDetail()))
        .map(Optional::orElseThrow);
  }

  private Future<Accounts> open(Accounts accounts) {
    Instant now = services.now();
    String detail = new Identity(DEFAULT_NAME, DEFAULT_REFERENCE).toDetail();
    Holder enterprise = holder(accounts, accounts.enterprise(), Names.ENTERPRISE, detail, now);
    Holder system = holder(accounts, accounts.system(), Names.SYSTEM, "{}", now);
    // Each step does nothing where another process was faster.
    return services
        .assets()
        .insert(currency(accounts, now))
        .compose(
            done -> insert(system, accounts.systemAccount(), Accounts.MAX_TOTAL_CENTS.negated()))
        .compose(done -> insert(enterprise, accounts.enterpriseAccount(), Amount.ZERO))
        .map(done -> accounts);
  }

  private Future<Boolean> insert(Holder holder, AccountRef account, Amount floor) {
    return services.holders().insertWithAccount(holder, account, floor);
  }

  private static Asset currency(Accounts accounts, Instant now) {
    TenantId tenant = accounts.tenant();
    AssetId id = accounts.currency();
    int scale = Names.CURRENCY_SCALE;
    return Asset.active(tenant, id, Names.USD, Names.CURRENCY, scale, false, "{}", now);
  }

  // One per tenant and kind: the reference is the same for every tenant, so a second is refused.
  private static Holder holder(
      Accounts accounts, HolderId id, String kind, String detail, Instant now) {
    return Holder.active(accounts.tenant(), id, kind, kind, detail, now);
  }
}
