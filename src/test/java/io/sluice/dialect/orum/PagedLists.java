package io.sluice.dialect.orum;

import static io.sluice.dialect.orum.OrumTenant.BALANCE;
import static io.sluice.dialect.orum.OrumTenant.BUSINESSES;
import static io.sluice.dialect.orum.OrumTenant.PERSONS;
import static io.sluice.dialect.orum.OrumTenant.SUBLEDGERS;
import static io.sluice.dialect.orum.OrumTenant.TRANSFERS;

import io.sluice.dialect.DialectFixture.Lists;
import io.sluice.dialect.Listed;
import io.sluice.dialect.Paging;
import io.sluice.testing.TestingGateway;
import java.util.List;
import java.util.UUID;

/** Every list of one enterprise of its own. */
final class PagedLists {
  private static final String PAST = "2020-01-01T00:00:00Z";
  private static final String FUTURE = "2999-01-01T00:00:00Z";

  private final OrumTenant tenant;
  private final String name = newName();
  private final String unused = newName();
  private final String person;
  private final String business;

  private PagedLists(TestingGateway gateway) {
    var fixture = new OrumFixture(gateway);
    tenant = fixture.tenant();
    fixture.fund(tenant, 1_000_000);
    tenant.subledger(name);
    tenant.subledger(unused);
    person = tenant.person("person-" + name, "Ada", "L");
    business = tenant.business("business-" + name, "Ada Inc.");
    tenant.transfer(name, 1, null, name);
    tenant.transfer(1_000_000_000, name, null);
  }

  static Lists of(TestingGateway gateway) {
    var lists = new PagedLists(gateway);
    return new Lists(lists.tenant.client(), lists.all());
  }

  private List<Listed> all() {
    return List.of(
        list("listBookTransfers", TRANSFERS, "/book_transfers", this::transfer)
            .filter("book_transfer_reference_id", name)
            .filter("status", "completed", "failed")
            .filter("subledger_reference_id", name)
            .none("subledger_reference_id", unused),
        customers("listPersons", PERSONS, person, this::addPerson)
            .filter("customer_reference_id", "person-" + name)
            .filter("first_name", "ada")
            .none("first_name", "grace")
            .filter("last_name", "l")
            .none("last_name", "m"),
        customers("listBusinesses", BUSINESSES, business, this::addBusiness)
            .filter("customer_reference_id", "business-" + name)
            .filter("legal_name", "ada%20inc.")
            .none("legal_name", "ada"),
        list("listSubledgers", SUBLEDGERS, "/subledgers", this::addSubledger)
            .filter("subledger_reference_id", name),
        new Listed(
            "listSubledgerBalances",
            BALANCE + "/subledgers",
            Paging.INDEX,
            "/balances",
            "/subledger_reference_id",
            this::addSubledger));
  }

  private static Listed list(String operation, String target, String elements, Runnable add) {
    return new Listed(operation, target, Paging.INDEX, elements, "/id", add);
  }

  private static Listed customers(String operation, String target, String id, Runnable add) {
    String elements = target.substring(target.lastIndexOf('/'));
    return list(operation, target, elements, add)
        .filter("status", "verified")
        .none("status", "closed")
        .filter("start_time", PAST)
        .none("start_time", FUTURE)
        .filter("end_time", FUTURE)
        .none("end_time", PAST)
        .none("account_number", "1234")
        .filter("id", id);
  }

  private void transfer() {
    tenant.transfer(1, null, name).text("/book_transfer/id");
  }

  private void addPerson() {
    tenant.person(newName(), "Ada", "L");
  }

  private void addBusiness() {
    tenant.business(newName(), "Ada Inc.");
  }

  private void addSubledger() {
    tenant.subledger(newName());
  }

  private static String newName() {
    return UUID.randomUUID().toString();
  }
}
