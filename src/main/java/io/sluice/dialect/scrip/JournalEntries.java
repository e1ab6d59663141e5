package io.sluice.dialect.scrip;

import io.sluice.dialect.ApiException;
import io.sluice.dialect.Fault;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Known;
import io.sluice.dialect.Services;
import io.sluice.dialect.scrip.JournalEntry.Part;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferId;
import io.sluice.store.Asset;
import io.sluice.store.Holder;
import io.sluice.store.scrip.JournalStore;
import io.sluice.store.scrip.JournalStore.Entry;
import io.sluice.store.scrip.JournalStore.Line;
import io.sluice.store.scrip.JournalStore.Side;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** Makes entries of the journal out of what is stored, and shows them. */
final class JournalEntries {
  /** What accounts are never changes. */
  private static final int MAX_SIDES = 100_000;

  private final Services services;
  private final Known<Long, Side> sides;

  JournalEntries(Services services, JournalStore journal) {
    this.services = services;
    this.sides = new Known<>(MAX_SIDES, journal::sides);
  }

  /** The entries that stored ones of this dialect are, in their order; others are left out. */
  Future<List<JournalEntry>> of(TenantId tenant, List<Entry> stored) {
    List<Entry> own = stored.stream().filter(entry -> Action.of(entry.kind()).isPresent()).toList();
    Set<Long> accounts =
        own.stream()
            .flatMap(entry -> entry.lines().stream().map(Line::account))
            .collect(Collectors.toSet());
    return sides
        .find(tenant, accounts)
        .compose(
            known ->
                assets(tenant, known.values())
                    .map(
                        assets -> own.stream().map(entry -> entry(entry, known, assets)).toList()));
  }

  private Future<Map<AssetId, Asset>> assets(TenantId tenant, Collection<Side> known) {
    List<AssetId> ids = known.stream().map(Side::asset).distinct().toList();
    return ids.isEmpty()
        ? Future.succeededFuture(Map.of())
        : services.assets().findAll(tenant, ids);
  }

  private static JournalEntry entry(
      Entry stored, Map<Long, Side> sides, Map<AssetId, Asset> assets) {
    List<Part> parts =
        stored.lines().stream()
            .map(line -> part(line, sides.get(line.account()), assets))
            .filter(part -> Names.isShown(part.side().kind()))
            .toList();
    return new JournalEntry(
        stored, Action.of(stored.kind()).orElseThrow(), EntryDetail.parse(stored.detail()), parts);
  }

  private static Part part(Line line, Side side, Map<AssetId, Asset> assets) {
    return new Part(line, side, assets.get(side.asset()));
  }

  /**
   * How entries are shown, with what is looked up for that. Fails when one of them cannot be sealed
   * for now.
   */
  Future<BiConsumer<JsonWriter, JournalEntry>> writer(
      TenantId tenant, Collection<JournalEntry> entries) {
    List<HolderId> programs =
        entries.stream().map(entry -> new HolderId(entry.detail().program())).distinct().toList();
    List<TransferId> ids = entries.stream().map(entry -> entry.stored().id()).toList();
    return services
        .holders()
        .findAll(tenant, programs)
        .compose(
            found ->
                services
                    .seals()
                    .hashes(tenant, ids)
                    .map(
                        hashes ->
                            (json, entry) ->
                                entry.write(json, name(found, entry), hash(hashes, entry))));
  }

  private static String name(Map<HolderId, Holder> programs, JournalEntry entry) {
    Holder program = programs.get(new HolderId(entry.detail().program()));
    return ProgramDetail.parse(program.detail()).name();
  }

  private static String hash(Map<TransferId, String> hashes, JournalEntry entry) {
    String hash = hashes.get(entry.stored().id());
    if (hash == null) {
      throw new ApiException(Errors.fault(new Fault.NothingDone()));
    }
    return hash;
  }
}
