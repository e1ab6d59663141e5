package io.sluice.dialect.isometric;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.ListChecks;
import io.sluice.dialect.Listed;
import io.sluice.dialect.Operations;
import io.sluice.dialect.Paging;
import io.sluice.ledger.TenantId;
import io.sluice.testing.Reply;
import io.sluice.testing.TestingGateway;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every list of what the administrator has entered for a registry, read page by page. */
class EnteredListsTest {
  private static final TestingGateway GATEWAY = TestingGateway.shared();

  private final IsometricWorld world = IsometricWorld.create();
  private final String base = "/admin/tenants/" + world.tenant().value() + "/isometric";
  private final ListChecks checks = new ListChecks(GATEWAY.admin(), all());

  private List<Listed> all() {
    return List.of(
        list("isometricListOrganisations", "/organisations", this::addOrganisation),
        list("isometricListTransferees", seller("/transferees"), this::addOrganisation),
        list("isometricListBeneficiaries", seller("/beneficiaries"), this::addBeneficiary),
        list("isometricListSuppliers", "/suppliers", this::addSupplier),
        list("isometricListProjects", "/projects", this::addProject),
        list("isometricListProjectDocuments", documents(), this::addDocument),
        list("isometricListIssuances", "/issuances", () -> world.issue(5)),
        list("isometricListOrders", "/orders", () -> world.newOrder(5, "2025-01-31")),
        list("isometricListRefunds", "/refunds", this::refund),
        list("isometricListRetirements", "/retirements", this::retire));
  }

  private Listed list(String operation, String path, Runnable add) {
    return new Listed(operation, base + path, Paging.RELAY_FORWARDS, "/nodes", "/id", add)
        .also(Paging.RELAY_BACKWARDS);
  }

  private String seller(String rest) {
    return "/organisations/" + world.seller().id() + rest;
  }

  private void addBeneficiary() {
    String other = world.newOrganisation("One more", UUID.randomUUID() + ".example").id();
    made(world.administer(seller("/beneficiaries"), "{\"organisation_ids\":[\"" + other + "\"]}"));
  }

  private void addSupplier() {
    world.newSupplier(world.newOrganisation("One more", UUID.randomUUID() + ".example"));
  }

  private void addProject() {
    String code = UUID.randomUUID().toString().substring(0, 4).toUpperCase(Locale.ROOT);
    world.newProject(world.supplier(), code);
  }

  private String documents() {
    return "/projects/" + world.project() + "/documents";
  }

  private void addDocument() {
    made(
        world.administer(
            documents(),
            "{\"display_name\":\"%s\",\"url\":\"https://a.example\"}"
                .formatted(UUID.randomUUID())));
  }

  private void addOrganisation() {
    world.newOrganisation("One more", UUID.randomUUID() + ".example");
  }

  private void refund() {
    String batch = world.issueBuffered(1, 5).at("/buffer_pool_credit_batches/0/id").textValue();
    made(world.refund(UUID.randomUUID().toString(), batch, 5));
  }

  private void retire() {
    String batch = world.issue(5).getFirst();
    made(
        world.administer(
            "/retirements",
            """
            {"reference":"%1$s","owner_organisation_id":"%2$s","beneficiary_organisation_id":"%2$s",
             "supplier_id":"%3$s","retirement_purposes":["other"],"notes":null,
             "credit_batch_quantities":[{"credit_batch_id":"%4$s","credit_quantity_kg":5}]}
            """
                .formatted(UUID.randomUUID(), world.seller().id(), world.supplier(), batch)));
  }

  private static void made(Reply reply) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
  }

  @Test
  void knowsEveryOperationThatLists() {
    // When
    Operations<TenantId> operations = GATEWAY.dialect("isometric").administration();

    // Then
    assertThat(operations.behind((call, operation) -> Future.failedFuture("nobody calls")))
        .filteredOn(endpoint -> endpoint.method() == HttpMethod.GET)
        .filteredOn(endpoint -> !endpoint.operation().equals("isometricGetBufferPool"))
        .extracting(endpoint -> endpoint.operation())
        .containsExactlyInAnyOrderElementsOf(
            checks.lists().stream().map(Listed::operation).toList());
  }

  @Test
  void listsWhomAnOrganisationMayTransferToOnceThatIsSet() {
    // Given
    String path = seller("/transferees");
    world.newOrganisation("Somebody else", "else.example");

    // When
    made(world.administer("PUT", path, "{\"organisation_ids\":[\"" + world.buyer().id() + "\"]}"));

    // Then
    assertThat(IsometricWorld.ids(read(path))).containsExactly(world.buyer().id());
    for (String list : List.of("/transferees", "/beneficiaries")) {
      String ofNobody = base + "/organisations/org" + IsometricWorld.NOBODY + list;
      assertThat(GATEWAY.admin().get(ofNobody).status()).isEqualTo(400);
    }
  }

  @Test
  void showsTheBufferPoolOnceThereIsOne() {
    // Given
    JsonNode none = read("/buffer_pool");

    // When
    String pool = world.bufferPool();

    // Then
    assertThat(none.isNull()).isTrue();
    assertThat(read("/buffer_pool").path("id").textValue()).isEqualTo(pool);
  }

  private JsonNode read(String path) {
    Reply reply = GATEWAY.admin().get(base + path);
    made(reply);
    return reply.json();
  }

  @TestFactory
  Stream<DynamicTest> skipsNothingWhileMoreIsAdded() {
    return checks.skipNothingWhileMoreIsAdded();
  }
}
