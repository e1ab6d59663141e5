package io.sluice.dialect.scrip;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.store.AssetStore;
import io.sluice.store.Holder;
import io.sluice.store.HolderStore;
import io.sluice.store.scrip.ProgramAssets;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Finds what requests name. What was found is remembered within bounds, as long as it can never
 * change: who a name stands for, what an asset is, which assets a programme may use. That something
 * is absent, and every status, is never remembered.
 */
final class Directory {
  private static final long MAX_PARTIES = 100_000;
  private static final long MAX_OTHERS = 10_000;

  private final HolderStore holders;
  private final AssetStore assets;
  private final ProgramAssets programAssets;
  private final Cache<Named, HolderId> parties = cache(MAX_PARTIES);
  private final Cache<Tenanted, ScripAsset> knownAssets = cache(MAX_OTHERS);
  private final Cache<Tenanted, HolderId> programs = cache(MAX_OTHERS);
  private final Cache<Link, Boolean> links = cache(MAX_OTHERS);

  Directory(HolderStore holders, AssetStore assets, ProgramAssets programAssets) {
    this.holders = holders;
    this.assets = assets;
    this.programAssets = programAssets;
  }

  private static <K, V> Cache<K, V> cache(long maxEntries) {
    return Caffeine.newBuilder().maximumSize(maxEntries).build();
  }

  private record Named(TenantId tenant, Party.Key name) {}

  private record Tenanted(TenantId tenant, UUID id) {}

  private record Link(TenantId tenant, UUID program, UUID asset) {}

  Future<Optional<HolderId>> program(TenantId tenant, UUID id) {
    var key = new Tenanted(tenant, id);
    HolderId known = programs.getIfPresent(key);
    if (known != null) {
      return Future.succeededFuture(Optional.of(known));
    }
    return holders
        .find(tenant, new HolderId(id))
        .map(found -> found.filter(holder -> holder.kind().equals(Names.PROGRAM)).map(Holder::id))
        .onSuccess(found -> found.ifPresent(holder -> programs.put(key, holder)));
  }

  Future<Optional<ScripAsset>> asset(TenantId tenant, UUID id) {
    var key = new Tenanted(tenant, id);
    ScripAsset known = knownAssets.getIfPresent(key);
    if (known != null) {
      return Future.succeededFuture(Optional.of(known));
    }
    return assets
        .find(tenant, new AssetId(id))
        .map(found -> found.filter(asset -> asset.kind().equals(Names.ASSET)).map(ScripAsset::of))
        .onSuccess(found -> found.ifPresent(asset -> knownAssets.put(key, asset)));
  }

  Future<Boolean> isLinked(TenantId tenant, UUID program, UUID asset) {
    var key = new Link(tenant, program, asset);
    if (links.getIfPresent(key) != null) {
      return Future.succeededFuture(true);
    }
    return programAssets
        .isLinked(tenant, new HolderId(program), new AssetId(asset))
        .onSuccess(
            linked -> {
              if (linked) {
                links.put(key, true);
              }
            });
  }

  /** Those of the parties that exist; absent ones are left out. At most two queries. */
  Future<Map<Party.Key, HolderId>> parties(TenantId tenant, Collection<Party> wanted) {
    Map<Party.Key, HolderId> found = new HashMap<>();
    Set<Party> missing = new HashSet<>();
    for (Party party : wanted) {
      HolderId known = parties.getIfPresent(new Named(tenant, party.key()));
      if (known == null) {
        missing.add(party);
      } else {
        found.put(party.key(), known);
      }
    }
    if (missing.isEmpty()) {
      return Future.succeededFuture(found);
    }
    return Future.all(byExternalId(tenant, missing, found), byId(tenant, missing, found))
        .map(
            done -> {
              found.forEach((name, holder) -> parties.put(new Named(tenant, name), holder));
              return found;
            });
  }

  private Future<?> byExternalId(
      TenantId tenant, Set<Party> wanted, Map<Party.Key, HolderId> found) {
    List<String> references = new ArrayList<>();
    for (Party party : wanted) {
      if (party.kind() == Party.Kind.EXTERNAL_ID) {
        references.add(party.reference());
      }
    }
    if (references.isEmpty()) {
      return Future.succeededFuture();
    }
    return holders
        .findByReferences(tenant, Names.PARTICIPANT, references)
        .onSuccess(
            byReference ->
                byReference.forEach(
                    (reference, holder) ->
                        found.put(new Party.Key(Party.Kind.EXTERNAL_ID, reference), holder.id())));
  }

  private Future<?> byId(TenantId tenant, Set<Party> wanted, Map<Party.Key, HolderId> found) {
    Map<HolderId, Set<Party>> ids = new HashMap<>();
    for (Party party : wanted) {
      party
          .uuid()
          .ifPresent(id -> ids.computeIfAbsent(new HolderId(id), x -> new HashSet<>()).add(party));
    }
    if (ids.isEmpty()) {
      return Future.succeededFuture();
    }
    return holders
        .findAll(tenant, ids.keySet())
        .onSuccess(
            byId ->
                byId.forEach(
                    (id, holder) ->
                        ids.get(id).stream()
                            .filter(party -> holder.kind().equals(kind(party)))
                            .forEach(party -> found.put(party.key(), id))));
  }

  private static String kind(Party party) {
    return party.isGroup() ? Names.GROUP : Names.PARTICIPANT;
  }
}
