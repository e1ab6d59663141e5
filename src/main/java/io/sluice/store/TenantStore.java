package io.sluice.store;

import io.sluice.ledger.TenantId;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Tenants. Id and name never change, so they may be cached. */
public interface TenantStore {
  /**
   * Creates a tenant.
   *
   * @param name not empty, without NUL
   * @return empty when another tenant has that name; nothing changed then
   */
  Future<Optional<Tenant>> create(String name);

  Future<Optional<Tenant>> find(TenantId id);

  Future<Optional<Tenant>> findByName(String name);

  /**
   * Oldest first.
   *
   * @param after only tenants with greater ids; 0 for all
   */
  Future<List<Tenant>> list(int limit, int after);
}
