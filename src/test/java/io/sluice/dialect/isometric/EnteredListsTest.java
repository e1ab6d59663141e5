package io.sluice.dialect.isometric;

import static org.assertj.core.api.Assertions.assertThat;

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
        list("isometricListIssuances", "/issuances", () -> world.issue(5)),
        list("isometricListOrders", "/orders", () -> world.newOrder(5, "2025-01-31")),
        list("isometricListRefunds", "/refunds", this::refund),
        list("isometricListRetirements", "/retirements", this::retire));
  }

  private Listed list(String operation, String path, Runnable add) {
    return new Listed(operation, base + path, Paging.RELAY_FORWARDS, "/nodes", "/id", add)
        .also(Paging.RELAY_BACKWARDS);
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
        .extracting(endpoint -> endpoint.operation())
        .containsExactlyInAnyOrderElementsOf(
            checks.lists().stream().map(Listed::operation).toList());
  }

  @TestFactory
  Stream<DynamicTest> skipsNothingWhileMoreIsAdded() {
    return checks.skipNothingWhileMoreIsAdded();
  }
}
