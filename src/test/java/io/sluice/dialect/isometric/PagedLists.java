package io.sluice.dialect.isometric;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dialect.DialectFixture.Lists;
import io.sluice.dialect.Listed;
import io.sluice.dialect.Paging;
import io.sluice.dialect.isometric.IsometricWorld.Organisation;
import io.sluice.testing.Reply;
import io.sluice.testing.TestClient;
import io.sluice.testing.TestingGateway;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Every list of one registry of its own. */
final class PagedLists {
  private static final String BASE = "/registry/v0";
  private static final String PAST = "2020-01-01T00:00:00Z";
  private static final String FUTURE = "2999-01-01T00:00:00Z";

  private final IsometricWorld world;
  private final TestClient seller;
  private final String order;
  private final String delivery;
  private final String issuance;
  private final String retirement;
  private final String otherSupplier;
  private final String otherProject;
  private int added;

  private PagedLists(TestingGateway gateway) {
    world = new IsometricWorld(gateway);
    seller = world.as(world.seller());
    order = world.newOrder(1_000_000, "2025-01-31");
    delivery = deliver();
    String batch = transfer();
    issuance = world.batch(batch).get("issuance_id").textValue();
    retirement = retire(world.buyer(), batch);
    otherSupplier = world.newSupplier(addOrganisation());
    otherProject = world.newProject(otherSupplier, "ZZ99");
  }

  static Lists of(TestingGateway gateway) {
    var lists = new PagedLists(gateway);
    return new Lists(lists.seller, lists.all());
  }

  private List<Listed> all() {
    String supplier = BASE + "/suppliers/" + world.supplier();
    String buyer = BASE + "/organisations/" + world.buyer().id();
    return List.of(
        list("listTransfers", BASE + "/transfers", this::transfer)
            .filter("from_organisation_id", world.seller().id())
            .none("from_organisation_id", world.buyer().id())
            .filter("to_organisation_id", world.buyer().id())
            .none("to_organisation_id", world.seller().id()),
        list("listTransferees", BASE + "/transferees", this::addOrganisation),
        batches(buyer),
        list("listSuppliers", BASE + "/suppliers", () -> world.newSupplier(addOrganisation())),
        list("listRetirements", BASE + "/retirements", this::retire)
            .filter("owner_org_id", world.seller().id(), world.buyer().id())
            .filter("beneficiary_org_id", world.seller().id()),
        list("listBeneficiaries", BASE + "/beneficiaries", this::addBeneficiary),
        list("listDeliveries", BASE + "/deliveries", this::deliver)
            .filter("from_supplier_id", world.supplier())
            .none("from_supplier_id", otherSupplier)
            .filter("to_organisation_id", world.buyer().id())
            .none("to_organisation_id", world.seller().id()),
        list("listOrderDeliveries", BASE + "/orders/" + order + "/deliveries", this::deliver),
        list("listSupplierDeliveries", supplier + "/deliveries", this::deliver),
        list("listProjects", BASE + "/projects", this::addProject),
        list("listSupplierProjects", supplier + "/projects", this::addProject),
        list(
            "listProjectDocuments",
            BASE + "/projects/" + world.project() + "/documents",
            this::addDocument),
        list("listIssuances", BASE + "/issuances", () -> world.issue(5)),
        list("listSupplierIssuances", supplier + "/issuances", () -> world.issue(5)),
        list("listOrganisationOrders", buyer + "/orders", this::addOrder),
        list("listSupplierOrders", supplier + "/orders", this::addOrder));
  }

  private Listed batches(String buyer) {
    // There is but one field to sort by.
    String target = buyer + "/credit_batches?sort_field=issued_at";
    return list("listOrganisationCreditBatches", target, this::transfer)
        .filter("supplier_id", world.supplier())
        .none("supplier_id", otherSupplier)
        .filter("project_id", world.project())
        .none("project_id", otherProject)
        .filter("issuance_id", issuance)
        .filter("delivery_id", delivery)
        .filter("order_id", order)
        .filter("retirement_id", retirement)
        .filter("status", "active", "retired", "active&status=retired")
        .filter("issued_after", PAST)
        .none("issued_after", FUTURE)
        .filter("issued_before", FUTURE)
        .none("issued_before", PAST)
        .filter("sort_direction", "asc", "desc");
  }

  private static Listed list(String operation, String target, Runnable add) {
    return new Listed(operation, target, Paging.RELAY_FORWARDS, "/nodes", "/id", add)
        .also(Paging.RELAY_BACKWARDS);
  }

  /** A batch that the buyer has got of the seller. */
  private String transfer() {
    String batch = world.issue(5).getFirst();
    id(world.transfer(world.request().of(batch, 5)));
    return batch;
  }

  private String deliver() {
    String batch = world.issue(5).getFirst();
    return id(
        seller.post(
            BASE + "/deliveries",
            """
            {"order_id":"%s","notes":null,
             "credit_batch_quantities":[{"credit_batch_id":"%s","credit_quantity_kg":5}]}
            """
                .formatted(order, batch)));
  }

  private void retire() {
    retire(world.seller(), world.issue(5).getFirst());
  }

  private String retire(Organisation owner, String batch) {
    return id(
        world
            .as(owner)
            .post(
                BASE + "/retirements",
                """
                {"owner_organisation_id":"%1$s","beneficiary_organisation_id":"%1$s",
                 "supplier_id":"%2$s","retirement_purposes":["other"],"notes":null,
                 "credit_batch_quantities":[{"credit_batch_id":"%3$s","credit_quantity_kg":5}]}
                """
                    .formatted(owner.id(), world.supplier(), batch)));
  }

  private Organisation addOrganisation() {
    return world.newOrganisation("One more", UUID.randomUUID() + ".example");
  }

  private void addBeneficiary() {
    id(
        seller.post(
            BASE + "/beneficiary",
            "{\"beneficiary_name\":\"A\",\"beneficiary_domain\":\"%s.example\"}"
                .formatted(UUID.randomUUID())));
  }

  /** In no order of their names, of which several have the same, so that their ids decide. */
  private void addProject() {
    String code = UUID.randomUUID().toString().substring(0, 4).toUpperCase(Locale.ROOT);
    world.newProject(world.supplier(), code, "Rocks " + 7 * added++ % 4);
  }

  private void addDocument() {
    id(
        world.administer(
            "/projects/" + world.project() + "/documents",
            "{\"display_name\":\"%s\",\"url\":\"https://a.example\"}"
                .formatted(UUID.randomUUID())));
  }

  /** In no order of their days, of which several have the same, so that their ids decide. */
  private void addOrder() {
    world.newOrder(10, "2025-02-0" + (1 + 7 * added++ % 4));
  }

  private static String id(Reply reply) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    return reply.json().get("id").textValue();
  }
}
