package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.LotId;
import io.sluice.ledger.LotMarks;
import io.sluice.ledger.LotStatus;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PgLotStoreTest extends PgStoreTest {
  private final StoredBooks books = new StoredBooks(test, 1);
  private final StoredBooks foreign = new StoredBooks(test, 2);
  private final LotStore lots = new PgLotStore(pools);
  private final AssetId asset = books.asset(true);
  private final AccountRef issuer = books.account(AccountKind.SYSTEM, asset);
  private final AccountRef alice = books.account(AccountKind.LOT, asset);
  private final AccountRef bob = books.account(AccountKind.LOT, asset);
  private final UUID origin = UUID.randomUUID();

  @Test
  void readsEveryColumn() {
    // Given
    LotId parent = books.issue(issuer, alice, 100, origin);
    LotId left = books.moveSplit(parent, alice, bob, 100, 30);
    books.expire(left, NOW);

    // When
    var found = await(lots.findAll(books.tenant(), List.of(parent, left, new LotId(origin))));

    // Then
    assertThat(found).containsOnlyKeys(parent, left);
    assertThat(found.get(left))
        .isEqualTo(
            new Lot(
                left,
                bob.id(),
                Amount.of(30),
                Amount.of(30),
                LotStatus.ACTIVE,
                StoredBooks.START.plusSeconds(2),
                Optional.of(NOW),
                Optional.of(issuer.holder()),
                Optional.of(origin),
                Optional.of(1000L),
                Optional.of(parent),
                Optional.empty(),
                Optional.empty(),
                LotMarks.NONE));
    assertThat(found.get(parent).status()).isEqualTo(LotStatus.SPLIT);
    assertThat(found.get(parent).remaining()).isEqualTo(Amount.ZERO);
    assertThat(found.get(parent).leftChild()).contains(left);
    assertThat(found.get(parent).rightChild()).isPresent();
  }

  @Test
  void keepsTenantsApart() {
    // Given
    LotId lot = books.issue(issuer, alice, 10, origin);

    // When
    var found = await(lots.findAll(foreign.tenant(), List.of(lot)));

    // Then
    assertThat(found).isEmpty();
  }
}
