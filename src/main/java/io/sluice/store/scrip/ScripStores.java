package io.sluice.store.scrip;

import io.sluice.store.LotStore;
import io.sluice.store.PgLotStore;
import io.vertx.sqlclient.Pool;

/** The stores of what only the Scrip dialect knows. */
public record ScripStores(
    ProgramAssets programAssets,
    Enrolments enrolments,
    GroupMembers groups,
    Listings listings,
    LotStore lots) {
  public static ScripStores on(Pool pool) {
    return new ScripStores(
        new ProgramAssets(pool),
        new Enrolments(pool),
        new GroupMembers(pool),
        new Listings(pool),
        new PgLotStore(pool));
  }
}
