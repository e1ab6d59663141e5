package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.TenantId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PgTenantStoreTest extends PgStoreTest {
  private final TenantStore tenants = new PgTenantStore(pools);

  @Test
  void createsATenant() {
    // When
    Tenant created = await(tenants.create("Acme \u20ac")).orElseThrow();

    // Then
    assertThat(created.name()).isEqualTo("Acme \u20ac");
    assertThat(await(tenants.find(created.id()))).contains(created);
    assertThat(await(tenants.findByName("Acme \u20ac"))).contains(created);
  }

  @Test
  void keepsNamesUnique() {
    // Given
    await(tenants.create("Acme"));

    // When
    Optional<Tenant> again = await(tenants.create("Acme"));

    // Then
    assertThat(again).isEmpty();
    assertThat(await(tenants.list(10, 0))).hasSize(1);
  }

  @Test
  void listsTheOldestFirst() {
    // Given
    Tenant first = await(tenants.create("c")).orElseThrow();
    List.of("a", "b").forEach(name -> await(tenants.create(name)));

    // When
    List<Tenant> page = await(tenants.list(2, first.id().value()));

    // Then
    assertThat(page).extracting(Tenant::name).containsExactly("a", "b");
  }

  @Test
  void findsNoStranger() {
    // When
    Optional<Tenant> found = await(tenants.find(new TenantId(999)));

    // Then
    assertThat(found).isEmpty();
    assertThat(await(tenants.findByName("\0"))).isEmpty();
  }
}
