package io.sluice.dialect.orum;

import io.sluice.dialect.Chore;
import io.sluice.dialect.Known;
import io.sluice.dialect.NameIndex;
import io.sluice.dialect.NamesAhead;
import io.sluice.dialect.Services;
import io.sluice.ledger.Digest;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.store.Holder;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds subledgers by the client's reference ids. */
final class Directory {
  private static final int MAX_SUBLEDGERS = 100_000;

  private final Services services;
  private final Known<String, HolderId> subledgers;

  Directory(Services services) {
    this.services = services;
    subledgers =
        new Known<>(
            MAX_SUBLEDGERS,
            services.names().names(Names.SUBLEDGER, NameIndex.ofHolders(Digest::add)),
            (tenant, references) ->
                services
                    .holders()
                    .findByReferences(tenant, Names.SUBLEDGER, references)
                    .map(found -> ids(found.values())));
  }

  private static Map<String, HolderId> ids(Collection<Holder> found) {
    return found.stream().collect(Collectors.toMap(Holder::reference, Holder::id));
  }

  /** Learns of subledgers before anybody names them. */
  Chore ahead() {
    return new NamesAhead<>(services.holders(), Names.SUBLEDGER, subledgers, Directory::ids)
        .chore();
  }

  /** The one subledger of this reference id. */
  Future<Optional<HolderId>> find(TenantId tenant, String reference) {
    return subledgers.find(tenant, reference);
  }

  /** Those of the subledgers that exist, by reference id. */
  Future<Map<String, HolderId>> find(TenantId tenant, Collection<String> references) {
    return subledgers.find(tenant, references);
  }
}
