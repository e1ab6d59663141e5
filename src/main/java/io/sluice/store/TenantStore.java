package io.sluice.store;

import io.sluice.ledger.TenantId;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Tenants. */
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

  /**
   * Says whether anybody is let in for a tenant.
   *
   * @return the tenant as it is then; empty when there is none, or when it is closed and would not
   *     be any more
   */
  Future<Optional<Tenant>> setStatus(TenantId id, TenantStatus status);

  /**
   * Gives a tenant another name.
   *
   * @param name not empty, without NUL
   * @return false when another tenant has that name; nothing changed then
   */
  Future<Boolean> rename(TenantId id, String name);
}
