package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.LotId;
import io.sluice.ledger.LotStatus;
import io.sluice.store.LotStore.Order;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PgLotStoreTest extends PgStoreTest {
  private final StoredBooks books = new StoredBooks(test, 1);
  private final StoredBooks foreign = new StoredBooks(test, 2);
  private final LotStore lots = new PgLotStore(pool);
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
                Optional.empty()));
    assertThat(found.get(parent).status()).isEqualTo(LotStatus.SPLIT);
    assertThat(found.get(parent).remaining()).isEqualTo(Amount.ZERO);
    assertThat(found.get(parent).leftChild()).contains(left);
    assertThat(found.get(parent).rightChild()).isPresent();
  }

  @Test
  void listsInOrderAndInPages() {
    // Given
    LotId first = books.issue(issuer, alice, 1, origin);
    LotId second = books.issue(issuer, alice, 2, origin);
    LotId third = books.issue(issuer, bob, 3, origin);
    LotFilter filter = LotFilter.heldBy(books.tenant(), List.of(alice.id(), bob.id()));

    // When
    List<Lot> oldest = await(lots.list(filter, Order.OLDEST_FIRST, 2, 0));
    List<Lot> newest = await(lots.list(filter, Order.NEWEST_FIRST, 2, 1));

    // Then
    assertThat(oldest).extracting(Lot::id).containsExactly(first, second);
    assertThat(newest).extracting(Lot::id).containsExactly(second, first);
    assertThat(await(lots.count(filter))).isEqualTo(3);
    assertThat(third).isNotNull();
  }

  @Test
  void filters() {
    // Given
    LotId first = books.issue(issuer, alice, 10, origin);
    LotId second = books.issue(issuer, alice, 10, UUID.randomUUID());
    books.moveSplit(first, alice, bob, 10, 4);
    LotFilter held = LotFilter.heldBy(books.tenant(), List.of(alice.id()));
    Instant start = StoredBooks.START;

    // When
    List<Lot> split = list(held.withStatuses(Set.of(LotStatus.SPLIT)));
    List<Lot> active = list(held.withStatuses(Set.of(LotStatus.ACTIVE, LotStatus.RETIRED)));
    List<Lot> remaining = list(held.withRemainingOnly());
    List<Lot> after = list(held.withCreated(Optional.of(start.plusSeconds(2)), Optional.empty()));
    List<Lot> before = list(held.withCreated(Optional.empty(), Optional.of(start.plusSeconds(2))));
    List<Lot> ofOrigin = list(held.withOrigins(Set.of(origin)));
    List<Lot> ofIssuer = list(held.withIssuer(alice.holder()));

    // Then
    assertThat(split).extracting(Lot::id).containsExactly(first);
    assertThat(active).hasSize(2).extracting(Lot::id).contains(second).doesNotContain(first);
    assertThat(remaining).extracting(Lot::remaining).containsExactly(Amount.of(10), Amount.of(6));
    assertThat(after).extracting(Lot::amount).containsExactly(Amount.of(6));
    assertThat(before).extracting(Lot::id).containsExactly(first);
    assertThat(ofOrigin).hasSize(2);
    assertThat(ofIssuer).isEmpty();
    assertThat(await(lots.count(held.withRemainingOnly()))).isEqualTo(2);
  }

  @Test
  void keepsTenantsApart() {
    // Given
    LotId lot = books.issue(issuer, alice, 10, origin);

    // When
    var found = await(lots.findAll(foreign.tenant(), List.of(lot)));

    // Then
    assertThat(found).isEmpty();
    assertThat(list(LotFilter.heldBy(foreign.tenant(), List.of(alice.id())))).isEmpty();
  }

  private List<Lot> list(LotFilter filter) {
    return await(lots.list(filter, Order.OLDEST_FIRST, 100, 0));
  }
}
