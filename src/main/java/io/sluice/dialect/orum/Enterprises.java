package io.sluice.dialect.orum;

import io.sluice.dialect.Json;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Known;
import io.sluice.dialect.Services;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.loop.Chain;
import io.sluice.store.Asset;
import io.sluice.store.Holder;
import io.sluice.store.orum.Customer;
import io.sluice.store.orum.CustomerKind;
import io.sluice.store.orum.CustomerStatus;
import io.sluice.store.orum.CustomerStore;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
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
  private final CustomerStore customers;
  private final Known<String, Accounts> opened;

  Enterprises(Services services, CustomerStore customers) {
    this.services = services;
    this.customers = customers;
    this.opened =
        new Known<>(
            MAX_KNOWN_TENANTS,
            (tenant, kinds) ->
                open(new Accounts(tenant)).map(accounts -> Map.of(Names.ENTERPRISE, accounts)));
  }

  /** The tenant's accounts, opened if need be. */
  Future<Accounts> accounts(TenantId tenant) {
    return Chain.map(opened.find(tenant, Names.ENTERPRISE), Optional::orElseThrow);
  }

  /**
   * Renames the enterprise. What its subledgers say of their owner stays as it is.
   *
   * @param reference the customer reference id of subledgers that are the enterprise's own
   * @return empty when that is a person's or a business's
   */
  Future<Optional<Customer>> rename(TenantId tenant, String name, String reference) {
    Instant now = services.now();
    return accounts(tenant)
        .compose(
            accounts ->
                customers.change(
                    tenant,
                    accounts.enterprise().value(),
                    old -> old.described(reference, old.names(), old.identity(), detail(name), now),
                    (old, changed) -> List.of()));
  }

  /** The enterprise as an owner of subledgers. */
  Future<Customer> find(TenantId tenant) {
    return accounts(tenant)
        .compose(accounts -> customers.find(tenant, accounts.enterprise().value()))
        .map(Optional::orElseThrow);
  }

  /** What the client calls the enterprise. */
  static String name(Customer enterprise) {
    return Json.parse(enterprise.detail()).get("name").textValue();
  }

  private static String detail(String name) {
    return JsonWriter.object().text("name", name).toText();
  }

  private Future<Accounts> open(Accounts accounts) {
    Instant now = services.now();
    Holder enterprise = holder(accounts, accounts.enterprise(), Names.ENTERPRISE, now);
    Holder system = holder(accounts, accounts.system(), Names.SYSTEM, now);
    // Each step does nothing where another process was faster.
    return services
        .assets()
        .insert(currency(accounts, now))
        .compose(
            done -> insert(system, accounts.systemAccount(), Accounts.MAX_TOTAL_CENTS.negated()))
        .compose(done -> insert(enterprise, accounts.enterpriseAccount(), Amount.ZERO))
        .compose(done -> customers.insert(customer(accounts, now), List.of()))
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
  private static Holder holder(Accounts accounts, HolderId id, String kind, Instant now) {
    return Holder.active(accounts.tenant(), id, kind, kind, "{}", now);
  }

  /** The enterprise as an owner of subledgers. */
  private static Customer customer(Accounts accounts, Instant now) {
    return new Customer(
        accounts.tenant(),
        accounts.enterprise().value(),
        CustomerKind.ENTERPRISE,
        CustomerStatus.VERIFIED,
        DEFAULT_REFERENCE,
        new Customer.Names("", ""),
        Optional.empty(),
        detail(DEFAULT_NAME),
        now,
        now,
        Optional.empty(),
        Optional.empty());
  }
}
