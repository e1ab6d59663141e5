package io.sluice.dialect.corebanq;

import static io.sluice.dialect.corebanq.User.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.TenantId;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AdministrationTest {
  private final Room room = Room.shared();
  private final TenantId tenant = room.newTenant();
  private final User user = room.user(tenant);

  @Test
  void switchesALedgerOffAndOn() {
    // Given
    UUID ledger = user.ledger(5);

    // When
    String off = administer(tenant, ledger, "{\"active\":false}");

    // Then
    assertThat(off).contains("\"active\":false");
    assertThat(isActive(ledger)).isFalse();
    assertError(user.entry(ledger, "credit", 1), 422, "ledger.inactive");
    assertThat(administer(tenant, ledger, "{\"active\":true}")).contains("\"active\":true");
    assertThat(user.entry(ledger, "credit", 1).status()).isEqualTo(201);
  }

  @Test
  void switchesNoLedgerOfAnotherTenant() {
    UUID ledger = user.ledger(5);

    assertThat(administer(room.newTenant(), ledger, "{\"active\":false}"))
        .contains("ledger.not_found");
    assertThat(isActive(ledger)).isTrue();
  }

  @Test
  void opensNoLedgerAgainThatIsClosed() {
    // Given
    UUID ledger = user.ledger(0);
    user.change(ledger, "{\"closing_date\":\"2026-01-31T12:00:00Z\"}");

    // When
    String answer = administer(tenant, ledger, "{\"active\":true}");

    // Then
    assertThat(answer).contains("ledger.inactive");
    assertThat(isActive(ledger)).isFalse();
  }

  private String administer(TenantId owner, UUID ledger, String body) {
    String path = "/admin/tenants/" + owner.value() + "/corebanq/ledgers/" + ledger;
    return room.gateway().administer("corebanq", "PATCH", path, body).text();
  }

  private boolean isActive(UUID ledger) {
    return user.client().get("/v1/ledgers/" + ledger).json().at("/ledger/active").booleanValue();
  }
}
