package io.sluice.store.scrip;

import io.sluice.store.AccountHistory;
import io.sluice.store.LotStore;
import io.sluice.store.PgLotStore;
import io.sluice.store.Pools;

/** The stores of what only the Scrip dialect knows. */
public record ScripStores(
    ProgramAssets programAssets,
    ParticipantNames names,
    Enrolments enrolments,
    GroupMembers groups,
    Listings listings,
    Answers answers,
    DueLots dueLots,
    RedemptionListing redemptions,
    LotStore lots,
    JournalStore journal,
    AccountHistory history,
    Expirations expirations) {
  public static ScripStores on(Pools pools) {
    return new ScripStores(
        new ProgramAssets(pools),
        new ParticipantNames(pools),
        new Enrolments(pools),
        new GroupMembers(pools),
        new Listings(pools),
        new Answers(pools),
        new DueLots(pools),
        new RedemptionListing(pools),
        new PgLotStore(pools),
        new JournalStore(pools),
        new AccountHistory(pools),
        new Expirations(pools));
  }
}
