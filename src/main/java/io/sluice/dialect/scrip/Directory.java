package io.sluice.dialect.scrip;

import io.sluice.dialect.Chore;
import io.sluice.dialect.Known;
import io.sluice.dialect.NameIndex;
import io.sluice.dialect.NamesAhead;
import io.sluice.dialect.Services;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.Digest;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.loop.Chain;
import io.sluice.store.Holder;
import io.sluice.store.scrip.ProgramAssets;
import io.sluice.store.scrip.ProgramAssets.Link;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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
  private final Known<Party, HolderId> parties;
  private final Known<UUID, AssetRules> assets = new Known<>(MAX_OTHERS, this::findAssets);
  private final Known<UUID, HolderId> programs = new Known<>(MAX_OTHERS, this::findPrograms);
  private final Known<Link, Boolean> links = new Known<>(MAX_OTHERS, this::findLinks);
  private final Known<String, HolderId> systems = new Known<>(MAX_OTHERS, this::openSystems);

  Directory(Services services, ProgramAssets programAssets) {
    this.services = services;
    this.programAssets = programAssets;
    parties =
        new Known<>(
            MAX_PARTIES,
            services
                .names()
                .names(
                    Names.PARTICIPANT,
                    NameIndex.ofHolders(
                        (digest, party) ->
                            digest.add(party.kind().ordinal()).add(party.reference()))),
            this::findParties);
  }

  /** Learns of participants before anybody names them by their external ids. */
  Chore ahead() {
    return new NamesAhead<>(services.holders(), Names.PARTICIPANT, parties, Directory::named)
        .chore();
  }

  private static Map<Party, HolderId> named(Collection<Holder> participants) {
    return participants.stream()
        .collect(
            Collectors.toMap(
                participant -> new Party(Party.Kind.EXTERNAL_ID, participant.reference()),
                FormerName::participant));
  }

  Future<ProgramAsset> programAsset(TenantId tenant, UUID programId, UUID assetId) {
    var program = programs.find(tenant, programId);
    var asset = assets.find(tenant, assetId);
    var link = links.find(tenant, new Link(new HolderId(programId), new AssetId(assetId)));
    return Chain.compose(
        program,
        holder ->
            Chain.compose(
                asset,
                rules ->
                    Chain.map(
                        link,
                        linked ->
                            new ProgramAsset(
                                programId, assetId, holder, rules, linked.isPresent()))));
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
                    .collect(Collectors.toMap(holder -> holder.id().value(), Holder::id)));
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

  private Future<Map<Link, Boolean>> findLinks(TenantId tenant, Collection<Link> wanted) {
    return programAssets
        .use(tenant, wanted, services.now())
        .map(found -> found.stream().collect(Collectors.toMap(link -> link, link -> true)));
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
    return findNumbered(tenant, numbered)
        .compose(
            found ->
                byExternalId.map(
                    others -> {
                      others.forEach(
                          (name, holder) ->
                              found.put(named.get(name), FormerName.participant(holder)));
                      return found;
                    }));
  }

  private Future<Map<String, Holder>> findNamed(TenantId tenant, Map<String, Party> wanted) {
    return wanted.isEmpty()
        ? Future.succeededFuture(Map.of())
        : services.holders().findByReferences(tenant, Names.PARTICIPANT, wanted.keySet());
  }

  /** What is no number of the kind of holder that it should be is taken out of what is wanted. */
  private Future<Map<Party, HolderId>> findNumbered(TenantId tenant, Map<Party, HolderId> wanted) {
    if (wanted.isEmpty()) {
      return Future.succeededFuture(wanted);
    }
    return services
        .holders()
        .findAll(tenant, wanted.values())
        .map(
            found -> {
              wanted
                  .entrySet()
                  .removeIf(entry -> !isA(entry.getKey(), found.get(entry.getValue())));
              return wanted;
            });
  }

  private static boolean isA(Party party, Holder holder) {
    return holder != null && holder.kind().equals(party.kind().holder());
  }

  private Future<Map<String, HolderId>> openSystems(TenantId tenant, Collection<String> names) {
    List<Holder> systems = names.stream().map(name -> systemHolder(tenant, name)).toList();
    return Future.all(systems.stream().map(services.holders()::insert).toList())
        .map(done -> systems.stream().collect(Collectors.toMap(Holder::reference, Holder::id)));
  }

  private Holder systemHolder(TenantId tenant, String name) {
    var id = new HolderId(Digest.start().add(Names.SYSTEM).add(name).toUuid());
    return Holder.active(tenant, id, Names.SYSTEM, name, "{}", services.now());
  }
}
