package io.sluice.dialect.corebanq;

import static io.sluice.dialect.corebanq.User.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.TenantId;
import io.sluice.testing.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {
  private final Room room = Room.shared();
  private final TenantId tenant = room.newTenant();

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Bearer", "Bearer ", "Bearer nonsense", "Basic YTpi", "bearer a.b.c", "x"})
  void refusesARequestWithoutAToken(String header) {
    Reply reply = room.anonymous().with("Authorization", header).get("/v1/ledgers");

    assertError(reply, 401, "auth.unauthorized");
    assertThat(reply.header("WWW-Authenticate")).contains("Bearer");
  }

  @Test
  void refusesATokenOfAnotherDialectAndOneThatExpired() {
    // Given
    Instant now = Instant.now();
    Instant later = now.plus(Duration.ofHours(1));
    UUID id = UUID.randomUUID();

    // When
    String foreign = room.token("orum", tenant, id, later);
    String expired = room.token("corebanq", tenant, id, now.minus(Duration.ofSeconds(1)));

    // Then
    assertError(room.bearer(foreign).get("/v1/ledgers"), 401, "auth.unauthorized");
    assertError(room.bearer(expired).get("/v1/ledgers"), 401, "auth.unauthorized");
  }

  @Test
  void holdsATokenToItsScopes() {
    // Given
    User writer = room.user(tenant, Names.WRITE);
    User reader = room.user(tenant, Names.READ);
    User other = room.user(tenant, "something:else");
    UUID ledger = writer.ledger(10);

    // When
    Reply refused = reader.transfer(ledger, UUID.randomUUID(), 1);

    // Then
    assertError(refused, 403, "auth.unauthorized_role");
    assertError(reader.entry(ledger, "credit", 1), 403, "auth.unauthorized_role");
    assertError(reader.client().post("/v1/ledgers", "{}"), 403, "auth.unauthorized_role");
    assertThat(reader.balance(ledger)).isEqualTo(10);
    assertThat(writer.balance(ledger)).isEqualTo(10);
    assertError(other.client().get("/v1/ledgers"), 403, "auth.unauthorized_role");
  }
}
