package io.sluice.dialect.corebanq;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.TenantId;
import io.sluice.store.Holder;
import io.sluice.store.HolderStore;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Finds the ledgers that requests name. What it remembers of a ledger never changes; whether the
 * ledger is active does, so that is asked in the transaction that moves value.
 */
final class LedgerDirectory {
  private static final int MAX_REMEMBERED = 200_000;

  private final HolderStore holders;
  private final Cache<Key, Entry> remembered =
      Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).build();

  LedgerDirectory(HolderStore holders) {
    this.holders = holders;
  }

  private record Key(TenantId tenant, UUID id) {}

  /** What a transfer needs to know of a ledger. */
  record Entry(UUID id, AccountRef account, String currencyCode) {}

  /** Two ledgers of one tenant, each where it exists. */
  record Pair(Optional<Entry> source, Optional<Entry> destination) {}

  Future<Optional<Entry>> find(TenantId tenant, UUID id) {
    Optional<Entry> known = known(tenant, id);
    return known.isPresent()
        ? Future.succeededFuture(known)
        : load(tenant, List.of(id)).map(loaded -> Optional.ofNullable(loaded.get(id)));
  }

  Future<Pair> find(TenantId tenant, UUID source, UUID destination) {
    Pair known = new Pair(known(tenant, source), known(tenant, destination));
    return known.source().isPresent() && known.destination().isPresent()
        ? Future.succeededFuture(known)
        : load(tenant, List.of(source, destination))
            .map(
                loaded ->
                    new Pair(
                        Optional.ofNullable(loaded.get(source)),
                        Optional.ofNullable(loaded.get(destination))));
  }

  /** The holder behind a ledger's id: of the right kind, and no longer being set up. */
  Future<Optional<Holder>> holder(TenantId tenant, UUID id) {
    return holders.find(tenant, new HolderId(id)).map(h -> h.filter(LedgerDirectory::isLedger));
  }

  private Optional<Entry> known(TenantId tenant, UUID id) {
    return Optional.ofNullable(remembered.getIfPresent(new Key(tenant, id)));
  }

  private Future<Map<UUID, Entry>> load(TenantId tenant, List<UUID> ids) {
    return holders
        .findAll(tenant, ids.stream().map(HolderId::new).toList())
        .map(found -> remember(tenant, found.values()));
  }

  private Map<UUID, Entry> remember(TenantId tenant, Collection<Holder> found) {
    Map<UUID, Entry> entries = new HashMap<>();
    for (Holder holder : found) {
      if (isLedger(holder)) {
        Entry entry = entry(holder);
        entries.put(entry.id(), entry);
        remembered.put(new Key(tenant, entry.id()), entry);
      }
    }
    return entries;
  }

  private static boolean isLedger(Holder holder) {
    return holder.kind().equals(Ledger.KIND) && holder.status() != HolderStatus.OPENING;
  }

  private static Entry entry(Holder holder) {
    Ledger ledger = Ledger.ofDetail(holder.detail());
    AccountRef account = Ledger.account(holder.id(), ledger.asset());
    return new Entry(holder.id().value(), account, ledger.currencyCode());
  }
}
