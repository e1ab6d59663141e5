package io.sluice.store;

import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.Event;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.TenantId;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Holders and the balances of their accounts. Every call is one transaction. */
public interface HolderStore {
  /**
   * Stores a new holder.
   *
   * @return false when the tenant has a holder of that kind and reference already; nothing changed
   *     then
   */
  Future<Boolean> insert(Holder holder);

  /**
   * The same, with what is told of it in the same commit.
   *
   * @param events none where nothing was stored
   */
  Future<Boolean> insert(Holder holder, List<Event> events);

  /**
   * Stores a new holder together with an account that is open from the start.
   *
   * @param floor the balance that the account may not pass, zero or less
   * @return false when the tenant has a holder of that kind and reference already; nothing changed
   *     then
   */
  Future<Boolean> insertWithAccount(Holder holder, AccountRef account, Amount floor);

  Future<Optional<Holder>> find(TenantId tenant, HolderId id);

  Future<Optional<Holder>> findByReference(TenantId tenant, String kind, String reference);

  /** Those of the references that exist; absent ones are left out. One query. */
  Future<Map<String, Holder>> findByReferences(
      TenantId tenant, String kind, Collection<String> references);

  /** Those of the ids that exist, whatever their kind; absent ones are left out. One query. */
  Future<Map<HolderId, Holder>> findAll(TenantId tenant, Collection<HolderId> ids);

  /**
   * Newest first (by id), at most {@code limit} after skipping {@code offset}. OPENING ones are
   * left out.
   */
  Future<List<Holder>> list(TenantId tenant, String kind, int limit, int offset);

  /**
   * The same without passing what comes before the page, for what is learnt in the background.
   *
   * @param before only those with lesser ids; all where it is empty
   */
  Future<List<Holder>> before(TenantId tenant, String kind, Optional<HolderId> before, int limit);

  /** The tenants that have holders of a kind, for the same. */
  Future<List<TenantId>> tenants(String kind);

  /**
   * Changes a holder's status, and the copy on its accounts, in one transaction.
   *
   * @return the changed holder, or empty when there is none
   */
  Future<Optional<Holder>> setStatus(TenantId tenant, HolderId id, HolderStatus status);

  /** Replaces a holder's detail; returns the changed holder, or empty when there is none. */
  Future<Optional<Holder>> setDetail(TenantId tenant, HolderId id, String detail);

  /**
   * Changes a holder's status, with the copy on its accounts, and detail in one transaction, so
   * that of two changes at once none is lost.
   *
   * @param change makes the holder as it is to be from what it is by then; one that is equal
   *     changes nothing
   * @return the holder as it is afterwards, or empty when there is none
   */
  Future<Optional<Holder>> change(TenantId tenant, HolderId id, UnaryOperator<Holder> change);

  /** A holder's accounts, in no particular order. */
  Future<List<AccountBalance>> balances(TenantId tenant, HolderId holder);

  /** The accounts of several holders in one query, in no particular order. */
  Future<List<AccountBalance>> balances(TenantId tenant, Collection<HolderId> holders);
}
