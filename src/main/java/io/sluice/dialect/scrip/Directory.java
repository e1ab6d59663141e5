package io.sluice.dialect.scrip;

import io.sluice.dialect.Known;
import io.sluice.dialect.Services;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.Digest;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.TenantId;
import io.sluice.store.Holder;
import io.sluice.store.scrip.ProgramAssets;
import io.sluice.store.scrip.ProgramAssets.Link;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Finds what requests name, as far as it can never change: who a name stands for, what an asset is,
 * which assets a programme may use. A status is never kept.
 */
final class Directory {
  private static final int MAX_PARTIES = 100_000;
  private static final int MAX_OTHERS = 10_000;

  private final Services services;
  private final ProgramAssets programAssets;
  private final Known<Party, HolderId> parties = new Known<>(MAX_PARTIES, this::findParties);
  private final Known<UUID, AssetRules> assets = new Known<>(MAX_OTHERS, this::findAssets);
  private final Known<UUID, HolderId> programs = new Known<>(MAX_OTHERS, this::findPrograms);
  private final Known<Link, Link> links = new Known<>(MAX_OTHERS, this::findLinks);
  private final Known<String, HolderId> systems = new Known<>(MAX_OTHERS, this::openSystems);

  Directory(Services services, ProgramAssets programAssets) {
    this.services = services;
    this.programAssets = programAssets;
  }

  Future<ProgramAsset> programAsset(TenantId tenant, UUID programId, UUID assetId) {
    var program = programs.find(tenant, programId);
    var asset = assets.find(tenant, assetId);
    var link = links.find(tenant, new Link(new HolderId(programId), new AssetId(assetId)));
    return Future.all(program, asset, link)
        .map(
            all ->
                new ProgramAsset(
                    programId,
                    assetId,
                    program.result(),
                    asset.result(),
                    link.result().isPresent()));
  }

  Future<Optional<AssetRules>> asset(TenantId tenant, UUID id) {
    return assets.find(tenant, id);
  }

  /** Those of the parties that exist. */
  Future<Map<Party, HolderId>> parties(TenantId tenant, Collection<Party> wanted) {
    return parties.find(tenant, wanted);
  }

  /** One of the tenant's system holders, which is made when it is first needed. */
  Future<HolderId> system(TenantId tenant, String name) {
    return systems.find(tenant, name).map(Optional::orElseThrow);
  }

  private Future<Map<UUID, HolderId>> findPrograms(TenantId tenant, Collection<UUID> ids) {
    return services
        .holders()
        .findAll(tenant, ids.stream().map(HolderId::new).toList())
        .map(
            found ->
                found.values().stream()
                    .filter(holder -> holder.kind().equals(Names.PROGRAM))
                    .map(Holder::id)
                    .collect(Collectors.toMap(HolderId::value, Function.identity())));
  }

  private Future<Map<UUID, AssetRules>> findAssets(TenantId tenant, Collection<UUID> ids) {
    return services
        .assets()
        .findAll(tenant, ids.stream().map(AssetId::new).toList())
        .map(
            found ->
                found.values().stream()
                    .filter(asset -> asset.kind().equals(Names.ASSET))
                    .collect(Collectors.toMap(asset -> asset.id().value(), AssetRules::of)));
  }

  private Future<Map<Link, Link>> findLinks(TenantId tenant, Collection<Link> wanted) {
    return programAssets
        .find(tenant, wanted)
        .map(
            found ->
                found.stream().collect(Collectors.toMap(Function.identity(), Function.identity())));
  }

  /** At most two queries. */
  private Future<Map<Party, HolderId>> findParties(TenantId tenant, Collection<Party> wanted) {
    Map<String, Party> named = new HashMap<>();
    Map<Party, HolderId> numbered = new HashMap<>();
    for (Party party : wanted) {
      party
          .uuid()
          .ifPresentOrElse(
              id -> numbered.put(party, new HolderId(id)),
              () -> named.put(party.reference(), party));
    }
    var byExternalId = findNamed(tenant, named);
    var byId = findNumbered(tenant, numbered);
    return byExternalId.compose(
        some ->
            byId.map(
                others -> {
                  Map<Party, HolderId> all = new HashMap<>(some);
                  all.putAll(others);
                  return all;
                }));
  }

  private Future<Map<Party, HolderId>> findNamed(TenantId tenant, Map<String, Party> wanted) {
    return wanted.isEmpty()
        ? Future.succeededFuture(Map.of())
        : services
            .holders()
            .findByReferences(tenant, Names.PARTICIPANT, wanted.keySet())
            .map(
                found ->
                    found.entrySet().stream()
                        .collect(
                            Collectors.toMap(
                                entry -> wanted.get(entry.getKey()),
                                entry -> entry.getValue().id())));
  }

  private Future<Map<Party, HolderId>> findNumbered(TenantId tenant, Map<Party, HolderId> wanted) {
    return wanted.isEmpty()
        ? Future.succeededFuture(Map.of())
        : services
            .holders()
            .findAll(tenant, wanted.values())
            .map(
                found -> {
                  Map<Party, HolderId> known = new HashMap<>(wanted);
                  known
                      .entrySet()
                      .removeIf(entry -> !isA(entry.getKey(), found.get(entry.getValue())));
                  return known;
                });
  }

  private static boolean isA(Party party, Holder holder) {
    return holder != null && holder.kind().equals(party.kind().holder());
  }

  private Future<Map<String, HolderId>> openSystems(TenantId tenant, Collection<String> names) {
    Map<String, HolderId> ids =
        names.stream().collect(Collectors.toMap(Function.identity(), Directory::systemId));
    List<Future<Boolean>> opened =
        ids.entrySet().stream()
            .map(
                entry ->
                    services.holders().insert(system(tenant, entry.getKey(), entry.getValue())))
            .toList();
    return Future.all(opened).map(ids);
  }

  private static HolderId systemId(String name) {
    return new HolderId(Digest.start().add(Names.SYSTEM).add(name).toUuid());
  }

  private Holder system(TenantId tenant, String name, HolderId id) {
    Instant now = services.now();
    return new Holder(tenant, id, Names.SYSTEM, name, HolderStatus.ACTIVE, "{}", now, now);
  }
}
