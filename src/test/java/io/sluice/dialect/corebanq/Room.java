package io.sluice.dialect.corebanq;

import io.sluice.dialect.Dialect;
import io.sluice.dialect.Services;
import io.sluice.ledger.TenantId;
import io.sluice.testing.TestClient;
import io.sluice.testing.TestingGateway;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/** What the tests of this dialect want of a gateway. */
record Room(TestingGateway gateway) {
  static Room shared() {
    return new Room(TestingGateway.shared());
  }

  TenantId newTenant() {
    return gateway.newTenant();
  }

  /** Somebody of a tenant, with a token that carries these scopes. */
  User user(TenantId tenant, String... scopes) {
    UUID id = UUID.randomUUID();
    Instant later = Instant.now().plus(Duration.ofHours(1));
    return new User(id, bearer(token("corebanq", tenant, id, later, scopes)));
  }

  String token(String dialect, TenantId tenant, UUID user, Instant until, String... scopes) {
    return gateway.token(tenant, dialect, user, Set.of(scopes), until);
  }

  TestClient bearer(String token) {
    return anonymous().with("Authorization", "Bearer " + token);
  }

  TestClient anonymous() {
    return gateway.client();
  }

  Dialect dialect() {
    return gateway.dialect("corebanq");
  }

  Services services() {
    return gateway.services();
  }
}
