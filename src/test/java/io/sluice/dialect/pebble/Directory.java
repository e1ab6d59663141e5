package io.sluice.dialect.pebble;

import io.sluice.dialect.Known;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.store.HolderStore;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Finds jars by their names. */
final class Directory {
  private static final int MAX_JARS = 1_000;

  private final Known<String, HolderId> jars;

  Directory(HolderStore holders) {
    jars = new Known<>(MAX_JARS, (tenant, names) -> find(holders, tenant, names));
  }

  /** Those of the jars that there are. */
  Future<Map<String, HolderId>> find(TenantId tenant, Collection<String> names) {
    return jars.find(tenant, names);
  }

  private static Future<Map<String, HolderId>> find(
      HolderStore holders, TenantId tenant, Collection<String> names) {
    return holders
        .findByReferences(tenant, Names.JAR, names)
        .map(
            found -> {
              Map<String, HolderId> ids = new HashMap<>();
              found.forEach((name, holder) -> ids.put(name, holder.id()));
              return ids;
            });
  }
}
