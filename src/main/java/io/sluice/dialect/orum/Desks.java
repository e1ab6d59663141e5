package io.sluice.dialect.orum;

import io.sluice.access.TokenBuckets;
import io.sluice.dialect.DemoIds;
import io.sluice.dialect.Demonstration;
import io.sluice.dialect.EventParts;
import io.sluice.dialect.Services;
import io.sluice.store.orum.OrumStores;

/** Who answers what, all put together. */
record Desks(
    Directory directory,
    AccessTokens tokens,
    Customers persons,
    CustomerList personList,
    Customers businesses,
    CustomerList businessList,
    Verification verification,
    Transfers transfers,
    TransferList transferList,
    Subledgers subledgers,
    Balances balances,
    Reports reports,
    BalanceSummary balanceSummary,
    Webhooks webhooks,
    WebhookCourier courier,
    Administration administration,
    TransferReversals reversals) {
  static Desks of(Services services, OrumStores stores, EventParts parts) {
    var events =
        new Events(tenant -> services.listeners().audience(tenant, Names.DIALECT), services.ids());
    var keys = new SigningPair(services.ids(), services::now, stores.webhooks(), parts.secrets());
    var enterprises = new Enterprises(services, stores.customers());
    var directory = new Directory(services);
    var verification = new Verification(services, stores.customers(), events);
    var reports = new Reports(services, enterprises, directory, stores.reports());
    var subledgers = new Subledgers(services, enterprises, stores.customers(), events);
    return new Desks(
        directory,
        new AccessTokens(services),
        new Customers(
            services, enterprises, stores.customers(), verification, events, CustomerForm.PERSON),
        new CustomerList(stores.customers(), CustomerForm.PERSON),
        new Customers(
            services, enterprises, stores.customers(), verification, events, CustomerForm.BUSINESS),
        new CustomerList(stores.customers(), CustomerForm.BUSINESS),
        verification,
        new Transfers(services, enterprises, directory, events),
        new TransferList(services.transfers(), stores.transfers(), directory),
        subledgers,
        new Balances(services.holders(), enterprises, subledgers),
        reports,
        new BalanceSummary(reports, stores.reports()),
        new Webhooks(
            services,
            parts,
            enterprises,
            events,
            keys,
            stores.webhooks(),
            new TokenBuckets(services.clock())),
        new WebhookCourier(keys),
        new Administration(services, enterprises, stores.history()),
        new TransferReversals(services, events));
  }

  /** Customers and subledgers of the demo have ids of its own, from the first on. */
  static Demo demo(
      Demonstration demonstration, Services services, OrumStores stores, EventParts parts) {
    Desks usual = of(services, stores, parts);
    Desks fixed =
        demonstration.isDemo()
            ? of(services.withIds(new DemoIds(Demo.SERIES)), stores, parts)
            : usual;
    return new Demo(
        services,
        usual.administration(),
        fixed.businesses(),
        fixed.subledgers(),
        usual.transfers());
  }
}
