package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.AccountId;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.LotStatus;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferId;
import io.sluice.store.corebanq.EntryList;
import io.sluice.store.corebanq.LedgerList;
import io.sluice.store.corebanq.Slice;
import io.sluice.store.isometric.BatchFilter;
import io.sluice.store.isometric.BatchStore;
import io.sluice.store.isometric.MovementListing;
import io.sluice.store.isometric.PartyStore;
import io.sluice.store.isometric.Window;
import io.sluice.store.orum.BookTransferListing;
import io.sluice.store.scrip.AssetQuery;
import io.sluice.store.scrip.HolderQuery;
import io.sluice.store.scrip.Listings;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ListPoolTest {
  private static final TenantId TENANT = new TenantId(1);
  private static final AccountId ACCOUNT = new AccountId(new UUID(1, 1));
  private static final HolderId HOLDER = new HolderId(new UUID(1, 2));
  private static final BookTransferListing.Filter BOOK_TRANSFERS =
      new BookTransferListing.Filter(TENANT, Optional.empty(), Optional.empty());
  private static final Window WINDOW = new Window(TENANT, Optional.empty(), true, 10);
  private static final PartyStore.Filter PARTIES =
      new PartyStore.Filter("kind", Optional.empty(), Set.of());
  private static final HolderQuery HOLDERS =
      new HolderQuery(
          HolderQuery.Kind.GROUP,
          List.of(HolderStatus.ACTIVE),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          new HolderQuery.Order(HolderQuery.Column.NAME, false),
          Optional.empty());
  private static final AssetQuery ASSETS =
      new AssetQuery(
          List.of(HolderStatus.ACTIVE), Optional.empty(), Optional.empty(), Optional.empty());
  private static final MovementListing.Filter LISTED =
      MovementListing.Filter.of(MovementListing.Kind.TRANSFER);
  private static final LedgerList.Filter LEDGERS =
      new LedgerList.Filter(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          false,
          false);
  private static final EntryList.Filter ENTRIES =
      new EntryList.Filter(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
  private static final BatchFilter BATCHES =
      new BatchFilter(
          HOLDER,
          ACCOUNT,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Set.of(LotStatus.ACTIVE),
          Optional.empty(),
          Optional.empty());

  private final Pools pools = Pools.of(new Telling("lookups"), new Telling("lists"));

  /** A pool that only tells who was asked. */
  private record Telling(String name) implements ConnectionPool {
    @Override
    public <T> Future<T> call(Object party, Function<SqlConnection, Future<T>> work) {
      return Future.failedFuture(StoreException.unavailable(name));
    }
  }

  private static String asked(Future<?> call) {
    return ((StoreException) call.cause()).reason();
  }

  @Test
  void listsWaitForConnectionsOfTheirOwn() {
    // Given
    var listings = new Listings(pools);
    var batches = new BatchStore(pools);
    var parties = new PartyStore(pools);
    var listing = new MovementListing(pools);

    // When
    Stream<Future<?>> lists =
        Stream.of(
            new BookTransferListing(pools).list(BOOK_TRANSFERS, 10, 0),
            new LedgerList(pools)
                .find(TENANT, LEDGERS, new Slice<>(LedgerList.Sort.CODE, true, 10, 0)),
            new EntryList(pools)
                .find(TENANT, ACCOUNT, ENTRIES, new Slice<>(EntryList.Sort.AMOUNT, true, 10, 0)),
            new PgHolderStore(pools, java.time.Clock.systemUTC()).list(TENANT, "kind", 10, 0),
            listings.holders(TENANT, HOLDERS, 10),
            listings.assets(TENANT, ASSETS, 10),
            batches.list(BATCHES, WINDOW, true),
            batches.count(TENANT, BATCHES),
            batches.totals(TENANT, ACCOUNT),
            parties.list(PARTIES, WINDOW),
            parties.count(TENANT, PARTIES),
            listing.list(LISTED, WINDOW),
            listing.count(TENANT, LISTED));

    // Then
    assertThat(lists.map(ListPoolTest::asked)).containsOnly("lists");
  }

  @Test
  void whatTransfersNeedDoesNot() {
    // Given
    var holders = new PgHolderStore(pools, java.time.Clock.systemUTC());

    // When
    Stream<Future<?>> lookUps =
        Stream.of(
            new PgTransferStore(pools).find(TENANT, new TransferId(new UUID(1, 3))),
            holders.find(TENANT, HOLDER),
            holders.balances(TENANT, HOLDER),
            new BatchStore(pools).findAll(TENANT, List.of()));

    // Then
    assertThat(lookUps.map(ListPoolTest::asked)).containsOnly("lookups");
  }
}
