package io.sluice.store;

import static io.sluice.store.StoredBooks.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.Posting;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.TransferId;
import io.sluice.store.orum.BookTransferListing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BookTransferListingTest extends PgStoreTest {
  private static final String KIND = BookTransferListing.KIND;

  private final StoredBooks books = new StoredBooks(test, 1);
  private final StoredBooks foreign = new StoredBooks(test, 2);
  private final BookTransferListing listing = new BookTransferListing(pools);
  private final AssetId asset = books.asset(false);
  private final AccountRef system = books.account(AccountKind.SYSTEM, asset);
  private final AccountRef alice = books.account(AccountKind.SIMPLE, asset);
  private final AccountRef bob = books.account(AccountKind.SIMPLE, asset);

  @Test
  void listsAPageNewestFirst() {
    // Given
    books.post(KIND, line(system, -100), line(alice, 100));
    TransferId second = books.post(KIND, line(alice, -10), line(bob, 10));
    TransferId third = books.refuse(KIND, line(alice, -1000), line(bob, 1000));
    books.post(KIND, line(bob, -1), line(alice, 1));
    books.post("other.kind", line(bob, -1), line(alice, 1));

    // When
    List<Receipt> page = list(Optional.empty(), Optional.empty(), 2, 1);

    // Then
    assertThat(page).extracting(Receipt::id).containsExactly(third, second);
    assertThat(page.get(1).postings())
        .containsExactly(
            new Posting(alice.id(), 2, Amount.of(-10), Amount.of(90)),
            new Posting(bob.id(), 1, Amount.of(10), Amount.of(10)));
  }

  /** Whoever makes an id may have another clock than who decides, or none at all. */
  @Test
  void isInTheOrderOfTimeWhateverMadeTheIds() {
    // Given
    TransferId first = books.post(KIND, line(system, -100), line(alice, 100));
    TransferId second = books.refuse(KIND, line(alice, -1000), line(bob, 1000));
    TransferId third = books.post(KIND, line(alice, -10), line(bob, 10));
    test.execute(
        "UPDATE transfer SET created_at = created_at + interval '1 h' WHERE id = '%s'"
            .formatted(first.value()));

    // When
    List<Receipt> page = list(Optional.empty(), Optional.empty(), 9, 0);

    // Then
    assertThat(page).extracting(Receipt::id).containsExactly(first, third, second);
  }

  @Test
  void filtersByStatusAndByParty() {
    // Given
    TransferId first = books.post(KIND, line(system, -100), line(alice, 100));
    TransferId second = books.refuse(KIND, line(alice, -1000), line(bob, 1000));
    TransferId third = books.post(KIND, line(alice, -10), line(bob, 10));
    TransferId fourth = books.refuse(KIND, line(bob, -1000), line(alice, 1000));

    // When
    List<Receipt> ofBob = list(Optional.empty(), Optional.of(bob), 9, 0);

    // Then
    assertThat(ofBob).extracting(Receipt::id).containsExactly(fourth, third, second);
    assertThat(list(Optional.of(true), Optional.empty(), 9, 0))
        .extracting(Receipt::id)
        .containsExactly(third, first);
    assertThat(list(Optional.of(false), Optional.empty(), 9, 0))
        .extracting(Receipt::id)
        .containsExactly(fourth, second);
    assertThat(list(Optional.of(true), Optional.of(bob), 9, 0))
        .extracting(Receipt::id)
        .containsExactly(third);
    assertThat(list(Optional.of(false), Optional.of(bob), 9, 0))
        .extracting(Receipt::id)
        .containsExactly(fourth, second);
  }

  /**
   * Two gateways' clocks differ, so that times do not follow the order of an account's postings.
   */
  @Test
  void neitherRepeatsNorHidesAnyWhenClocksDiffer() {
    // Given
    books.post(KIND, line(system, -100), line(alice, 100));
    for (int i = 0; i < 6; i++) {
      books.post(KIND, line(alice, -1), line(bob, 1));
      books.refuse(KIND, line(bob, -1000), line(alice, 1000));
    }
    test.execute(
        "UPDATE transfer SET created_at = created_at + interval '4 s' WHERE key IN ("
            + "SELECT key FROM transfer WHERE status = 0 ORDER BY id LIMIT 1 OFFSET 2)");

    // When
    List<Receipt> whole = list(Optional.empty(), Optional.of(bob), 99, 0);

    // Then
    var paged = new ArrayList<Receipt>();
    for (int page = 0; page < whole.size(); page++) {
      paged.addAll(list(Optional.empty(), Optional.of(bob), 1, page));
    }
    assertThat(whole).hasSize(12).doesNotHaveDuplicates();
    assertThat(paged).isEqualTo(whole);
  }

  @Test
  void keepsTenantsApart() {
    // Given
    books.post(KIND, line(system, -100), line(alice, 100));
    var theirs =
        new BookTransferListing.Filter(foreign.tenant(), Optional.empty(), Optional.of(alice.id()));

    // When
    List<Receipt> found = await(listing.list(theirs, 9, 0));

    // Then
    assertThat(found).isEmpty();
  }

  private List<Receipt> list(
      Optional<Boolean> posted, Optional<AccountRef> party, int limit, long offset) {
    var filter = new BookTransferListing.Filter(books.tenant(), posted, party.map(AccountRef::id));
    return await(listing.list(filter, limit, offset));
  }
}
