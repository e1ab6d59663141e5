package io.sluice.dialect.orum;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.TenantId;
import io.sluice.store.orum.Customer;
import io.sluice.store.orum.CustomerStatus;
import io.sluice.store.orum.CustomerStore;
import io.sluice.testing.Await;
import io.sluice.testing.TestingGateway;
import org.junit.jupiter.api.Test;

class VerificationTest {
  /** As many as a round takes are due for longer, and none of them can be changed. */
  @Test
  void thoseThatAlwaysFailHoldNobodyUp() {
    try (TestingGateway gateway = TestingGateway.start()) {
      // Given
      var store = new CustomerStore(gateway.assembly().pools());
      var events = new Events(tenant -> 0, gateway.services().ids());
      var verification = new Verification(gateway.services(), store, events);
      TenantId tenant = gateway.newTenant();
      gateway
          .database()
          .execute(
              """
              ALTER TABLE orum_customer
                ADD CONSTRAINT refused CHECK (status = 0 OR reference NOT LIKE 'bad%')
              """);
      insert(gateway, tenant, "bad", "2 h", Verification.MAX_AT_ONCE);
      insert(gateway, tenant, "good", "1 h", 1);

      // When
      Await.result(verification.settleDue());
      Await.result(verification.settleDue());

      // Then
      Customer good = Await.result(store.findByReference(tenant, "good1")).orElseThrow();
      assertThat(good.status()).isEqualTo(CustomerStatus.VERIFIED);
      assertThat(Await.result(store.findByReference(tenant, "bad1")).orElseThrow().status())
          .isEqualTo(CustomerStatus.CREATED);
    }
  }

  private static void insert(
      TestingGateway gateway, TenantId tenant, String reference, String ago, int count) {
    gateway
        .database()
        .execute(
            """
            INSERT INTO orum_customer (tenant_id, id, kind, status, reference, name, last_name,
                                       detail, created_at, updated_at, due_at)
            SELECT %d, gen_random_uuid(), 0, 0, '%s' || n, 'ada', 'lovelace', '{}', now(), now(),
                   now() - interval '%s'
              FROM generate_series(1, %d) AS n
            """
                .formatted(tenant.value(), reference, ago, count));
  }
}
