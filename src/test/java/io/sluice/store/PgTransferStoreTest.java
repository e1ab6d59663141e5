package io.sluice.store;

import static io.sluice.store.StoredBooks.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.LotId;
import io.sluice.ledger.LotMovement;
import io.sluice.ledger.Posting;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.TransferId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PgTransferStoreTest extends PgStoreTest {
  private final StoredBooks books = new StoredBooks(test, 1);
  private final StoredBooks foreign = new StoredBooks(test, 2);
  private final TransferStore transfers = new PgTransferStore(pools);
  private final AssetId asset = books.asset(false);
  private final AccountRef system = books.account(AccountKind.SYSTEM, asset);
  private final AccountRef alice = books.account(AccountKind.SIMPLE, asset);
  private final AccountRef bob = books.account(AccountKind.SIMPLE, asset);

  @Test
  void readsAReceiptWithItsPostingsInTheirOrder() {
    // Given
    books.post(line(system, -100), line(alice, 100));
    TransferId id = books.post(line(alice, -70), line(system, 30), line(bob, 40));

    // When
    Optional<Receipt> found = await(transfers.find(books.tenant(), id));

    // Then
    assertThat(found)
        .contains(
            new Receipt(
                id,
                "test.transfer",
                true,
                StoredBooks.START.plusSeconds(2),
                "{\"number\":2}",
                List.of(
                    posting(alice, 2, -70, 30),
                    posting(system, 2, 30, -70),
                    posting(bob, 1, 40, 40))));
    assertThat(await(transfers.findByKey(books.tenant(), StoredBooks.key(2)))).isEqualTo(found);
    assertThat(await(transfers.findByKey(books.tenant(), StoredBooks.key(3)))).isEmpty();
  }

  @Test
  void readsTheLargestAmountsExactly() {
    // Given
    TransferId id =
        books.post(
            new StoredBooks.Line(system, Amount.MAX.units().negate()),
            new StoredBooks.Line(alice, Amount.MAX.units()));

    // When
    Receipt receipt = await(transfers.find(books.tenant(), id)).orElseThrow();

    // Then
    assertThat(receipt.postings())
        .extracting(Posting::amount)
        .containsExactly(Amount.MAX.negated(), Amount.MAX);
  }

  @Test
  void readsARefusalWithoutPostings() {
    // Given
    TransferId id = books.refuse(line(alice, -5), line(bob, 5));

    // When
    Receipt receipt = await(transfers.find(books.tenant(), id)).orElseThrow();

    // Then
    assertThat(receipt.posted()).isFalse();
    assertThat(receipt.postings()).isEmpty();
  }

  @Test
  void readsWhatATransferDidToLots() {
    // Given
    AssetId credits = books.asset(true);
    AccountRef issuer = books.account(AccountKind.SYSTEM, credits);
    AccountRef from = books.account(AccountKind.LOT, credits);
    AccountRef to = books.account(AccountKind.LOT, credits);
    LotId lot = books.issue(issuer, from, 50, UUID.randomUUID());
    TransferId id = books.moveWhole(lot, from, to, 50);

    // When
    List<LotMovement> movements = await(transfers.lotMovements(books.tenant(), id));

    // Then
    assertThat(movements)
        .containsExactlyInAnyOrder(
            new LotMovement(lot, from.id(), Amount.of(-50)),
            new LotMovement(lot, to.id(), Amount.of(50)));
  }

  @Test
  void keepsTenantsApart() {
    // Given
    TransferId id = books.post(line(system, -100), line(alice, 100));

    // When
    Optional<Receipt> found = await(transfers.find(foreign.tenant(), id));

    // Then
    assertThat(found).isEmpty();
    assertThat(await(transfers.findByKey(foreign.tenant(), StoredBooks.key(1)))).isEmpty();
    assertThat(await(transfers.lotMovements(foreign.tenant(), id))).isEmpty();
  }

  @Test
  void refusesToShowATransferWhosePostingsAreGone() {
    // Given
    TransferId id = books.post(line(system, -100), line(alice, 70), line(bob, 30));
    test.execute("DELETE FROM listed_posting WHERE amount = 30");

    // When
    var reading = transfers.find(books.tenant(), id);

    // Then
    assertThatThrownBy(() -> await(reading))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.DEFECT));
  }

  @Test
  void refusesToShowAPostedTransferThatNamesNoAccount() {
    // Given
    TransferId id = books.post(line(system, -100), line(alice, 70), line(bob, 30));
    test.execute(
        "UPDATE transfer SET accounts = '{}', sequences = '{}' WHERE id = '" + id.value() + "'");

    // When
    var reading = transfers.find(books.tenant(), id);

    // Then
    assertThatThrownBy(() -> await(reading)).hasMessage("database: IllegalStateException");
  }

  private static Posting posting(AccountRef account, long sequence, long amount, long balance) {
    return new Posting(account.id(), sequence, Amount.of(amount), Amount.of(balance));
  }
}
