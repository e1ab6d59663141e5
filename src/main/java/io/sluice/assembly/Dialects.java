package io.sluice.assembly;

import io.sluice.access.RateLimit;
import io.sluice.dialect.Dialect;
import io.sluice.dialect.Services;
import io.sluice.dialect.corebanq.CorebanqDialect;
import io.sluice.dialect.isometric.Environment;
import io.sluice.dialect.isometric.IsometricDialect;
import io.sluice.dialect.orum.OrumDialect;
import io.sluice.dialect.scrip.ScripDialect;
import io.sluice.store.corebanq.LedgerTree;
import io.sluice.store.isometric.IsometricStores;
import io.sluice.store.scrip.ScripStores;
import io.vertx.sqlclient.Pool;
import java.util.List;

/** The one list of dialects. A further provider is a room of its own and one line here. */
public final class Dialects {
  private Dialects() {}

  /** All dialects, in the order in which they are listed and printed. */
  public static List<Dialect> all(
      Services services, Pool pool, Environment isometric, RateLimit scrip) {
    return List.of(
        new IsometricDialect(services, IsometricStores.on(pool), isometric),
        new OrumDialect(services),
        new ScripDialect(services, ScripStores.on(pool), scrip),
        new CorebanqDialect(services, new LedgerTree(pool)));
  }
}
