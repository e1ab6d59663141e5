package io.sluice.dialect.orum;

import io.sluice.dialect.Known;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.store.HolderStore;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds subledgers by the client's reference ids. */
final class Directory {
  private static final int MAX_SUBLEDGERS = 100_000;

  private final Known<String, HolderId> subledgers;

  Directory(HolderStore holders) {
    subledgers =
        new Known<>(
            MAX_SUBLEDGERS,
            (tenant, references) ->
                holders
                    .findByReferences(tenant, Names.SUBLEDGER, references)
                    .map(
                        found ->
                            found.entrySet().stream()
                                .collect(
                                    Collectors.toMap(Map.Entry::getKey, e -> e.getValue().id()))));
  }

  /** The one subledger of this reference id. */
  Future<Optional<HolderId>> find(TenantId tenant, String reference) {
    return subledgers.find(tenant, reference);
  }

  /** Those of the subledgers that exist, by reference id. */
  Future<Map<String, HolderId>> find(TenantId tenant, Set<String> references) {
    return subledgers.find(tenant, references);
  }
}
