package io.sluice.store;

import static io.sluice.store.StoredBooks.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.TransferId;
import io.sluice.store.isometric.MovementListing;
import io.sluice.store.isometric.MovementListing.Filter;
import io.sluice.store.isometric.MovementListing.Kind;
import io.sluice.store.isometric.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MovementListingTest extends PgStoreTest {
  private final StoredBooks books = new StoredBooks(test, 1);
  private final MovementListing listing = new MovementListing(pools);
  private final AssetId asset = books.asset(false);
  private final AccountRef system = books.account(AccountKind.SYSTEM, asset);
  private final AccountRef alice = books.account(AccountKind.SIMPLE, asset);

  /** Whoever makes an id may have another clock than who decides, or none at all. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void isInTheOrderOfTimeWhateverMadeTheIds(boolean forwards) {
    // Given
    TransferId first = post();
    TransferId second = post();
    TransferId third = post();
    test.execute(
        "UPDATE transfer SET created_at = created_at + interval '1 h' WHERE id = '%s'"
            .formatted(first.value()));

    // When
    List<TransferId> read = pages(forwards);

    // Then
    List<TransferId> newestFirst = List.of(first, third, second);
    assertThat(read).isEqualTo(forwards ? newestFirst : newestFirst.reversed());
  }

  private TransferId post() {
    return books.post(Kind.TRANSFER.text(), line(system, -1), line(alice, 1));
  }

  /** One by one. */
  private List<TransferId> pages(boolean forwards) {
    var ids = new ArrayList<TransferId>();
    Optional<Place> beyond = Optional.empty();
    do {
      var window = new Window(books.tenant(), beyond, forwards, 1);
      List<Receipt> page = await(listing.list(Filter.of(Kind.TRANSFER), window));
      page.forEach(receipt -> ids.add(receipt.id()));
      beyond =
          page.stream()
              .findFirst()
              .map(receipt -> Place.of(receipt.createdAt(), receipt.id().value()));
    } while (beyond.isPresent());
    return ids;
  }
}
