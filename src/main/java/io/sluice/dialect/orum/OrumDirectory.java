package io.sluice.dialect.orum;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.sluice.dialect.Services;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.store.Holder;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds subledgers by the client's reference ids. What was found never changes, so it is kept; what
 * was not found may come into being any moment, so it is asked for each time.
 */
final class OrumDirectory {
  private static final int MAX_KNOWN_SUBLEDGERS = 100_000;

  private record Key(TenantId tenant, String reference) {}

  private final Services services;
  private final Cache<Key, HolderId> known =
      Caffeine.newBuilder().maximumSize(MAX_KNOWN_SUBLEDGERS).build();

  OrumDirectory(Services services) {
    this.services = services;
  }

  /** The one subledger of this reference id. */
  Future<Optional<HolderId>> find(TenantId tenant, String reference) {
    return find(tenant, Set.of(reference)).map(found -> Optional.ofNullable(found.get(reference)));
  }

  /** Those of the subledgers that exist, by reference id. */
  Future<Map<String, HolderId>> find(TenantId tenant, Set<String> references) {
    Map<String, HolderId> found = new HashMap<>();
    Set<String> open = new HashSet<>();
    for (String reference : references) {
      HolderId holder = known.getIfPresent(new Key(tenant, reference));
      if (holder == null) {
        open.add(reference);
      } else {
        found.put(reference, holder);
      }
    }
    return open.isEmpty()
        ? Future.succeededFuture(found)
        : services
            .holders()
            .findByReferences(tenant, OrumBooks.SUBLEDGER_KIND, open)
            .map(
                holders -> {
                  holders.values().forEach(this::keep);
                  holders.forEach((reference, holder) -> found.put(reference, holder.id()));
                  return found;
                });
  }

  private void keep(Holder holder) {
    known.put(new Key(holder.tenant(), holder.reference()), holder.id());
  }
}
