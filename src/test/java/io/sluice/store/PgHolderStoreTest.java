package io.sluice.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.Bucket;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.LotId;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TimeOrderedIds;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class PgHolderStoreTest extends PgStoreTest {
  private final StoredBooks books = new StoredBooks(test, 1);
  private final StoredBooks foreign = new StoredBooks(test, 2);
  private final HolderStore holders = new PgHolderStore(pools, clock);
  private final TimeOrderedIds ids = new TimeOrderedIds();

  @Test
  void readsBackWhatItStored() {
    // Given
    Holder holder = holder("a \u20ac \uD83D\uDE00 'reference'");

    // When
    boolean inserted = await(holders.insert(holder));

    // Then
    assertThat(inserted).isTrue();
    assertThat(await(holders.find(books.tenant(), holder.id()))).contains(holder);
    assertThat(await(holders.findByReference(books.tenant(), "kind", holder.reference())))
        .contains(holder);
  }

  @Test
  void keepsKindAndReferenceUniqueWithinATenantOnly() {
    // Given
    Holder first = holder("r");
    await(holders.insert(first));

    // When
    boolean again = await(holders.insert(holder("r")));
    boolean otherKind = await(holders.insert(with(holder("r"), books.tenant(), "other")));
    boolean otherTenant = await(holders.insert(with(holder("r"), foreign.tenant(), "kind")));

    // Then
    assertThat(List.of(again, otherKind, otherTenant)).containsExactly(false, true, true);
    assertThat(await(holders.findByReference(books.tenant(), "kind", "r"))).contains(first);
  }

  @Test
  void letsOneOfManyEqualInsertsWin() {
    // When
    var answers = new ArrayList<Future<Boolean>>();
    for (int i = 0; i < 16; i++) {
      answers.add(holders.insert(holder("wanted by all")));
    }
    await(Future.all(answers));

    // Then
    assertThat(answers.stream().filter(Future::result)).hasSize(1);
  }

  @Test
  void opensAnAccountTogetherWithItsHolder() {
    // Given
    Holder holder = holder("r");
    AccountRef account = AccountRef.available(holder.id(), books.asset(false));

    // When
    boolean inserted = await(holders.insertWithAccount(holder, account, Amount.of(-500)));

    // Then
    assertThat(inserted).isTrue();
    assertThat(await(holders.balances(books.tenant(), holder.id())))
        .containsExactly(
            new AccountBalance(
                account.id(),
                holder.id(),
                account.asset(),
                Bucket.AVAILABLE,
                Amount.ZERO,
                Amount.ZERO,
                holder.updatedAt()));
    assertThat(number("SELECT floor::bigint FROM account")).isEqualTo(-500);
  }

  @Test
  void opensNoAccountWhenTheHolderExists() {
    // Given
    AssetId asset = books.asset(false);
    await(holders.insert(holder("r")));
    Holder second = holder("r");

    // When
    boolean inserted =
        await(
            holders.insertWithAccount(
                second, AccountRef.available(second.id(), asset), Amount.ZERO));

    // Then
    assertThat(inserted).isFalse();
    assertThat(number("SELECT count(*) FROM account")).isZero();
  }

  @Test
  void givesASystemAccountNoFloor() {
    // Given
    Holder holder = holder("r");
    AccountRef account =
        AccountRef.of(holder.id(), books.asset(false), Bucket.AVAILABLE, AccountKind.SYSTEM);

    // When
    boolean inserted = await(holders.insertWithAccount(holder, account, Amount.ZERO));

    // Then
    assertThat(inserted).isTrue();
    assertThat(number("SELECT count(*) FROM account WHERE floor IS NULL")).isEqualTo(1);
  }

  @Test
  void findsManyAtOnceAndLeavesOutTheAbsent() {
    // Given
    Holder one = holder("1");
    Holder two = holder("2");
    await(Future.all(holders.insert(one), holders.insert(two)));

    // When
    Map<String, Holder> byReference =
        await(
            holders.findByReferences(
                books.tenant(), "kind", List.of("1", "2", "3", "NUL\0", "\uD800")));
    Map<HolderId, Holder> byId =
        await(holders.findAll(books.tenant(), List.of(two.id(), new HolderId(ids.next()))));

    // Then
    assertThat(byReference).isEqualTo(Map.of("1", one, "2", two));
    assertThat(byId).isEqualTo(Map.of(two.id(), two));
  }

  @Test
  void findsNothingForTextsThatCannotBeStored() {
    // Given: a lone surrogate would be sent as a question mark
    await(holders.insert(holder("?")));

    // When
    Optional<Holder> surrogate = await(holders.findByReference(books.tenant(), "kind", "\uDC00"));
    Optional<Holder> nul = await(holders.findByReference(books.tenant(), "kind", "\0"));

    // Then
    assertThat(surrogate).isEmpty();
    assertThat(nul).isEmpty();
  }

  @Test
  void keepsTenantsApart() {
    // Given
    Holder holder = holder("r");
    await(holders.insert(holder));
    TenantId other = foreign.tenant();

    // When
    Optional<Holder> found = await(holders.find(other, holder.id()));

    // Then
    assertThat(found).isEmpty();
    assertThat(await(holders.findByReference(other, "kind", "r"))).isEmpty();
    assertThat(await(holders.findAll(other, List.of(holder.id())))).isEmpty();
    assertThat(await(holders.list(other, "kind", 10, 0))).isEmpty();
    assertThat(await(holders.balances(other, holder.id()))).isEmpty();
    assertThat(await(holders.setDetail(other, holder.id(), "stolen"))).isEmpty();
    assertThat(await(holders.setStatus(other, holder.id(), HolderStatus.CLOSED))).isEmpty();
    assertThat(await(holders.find(books.tenant(), holder.id()))).contains(holder);
  }

  @Test
  void listsTheNewestFirstWithoutThoseBeingOpened() {
    // Given
    for (int i = 1; i <= 5; i++) {
      await(holders.insert(holder("r" + i)));
    }
    Holder opening = holder("opening");
    await(holders.insert(opening));
    await(holders.setStatus(books.tenant(), opening.id(), HolderStatus.OPENING));

    // When
    List<Holder> page = await(holders.list(books.tenant(), "kind", 2, 1));

    // Then
    assertThat(page).extracting(Holder::reference).containsExactly("r4", "r3");
  }

  @Test
  void changesStatusOnTheHolderAndItsAccounts() {
    // Given
    HolderId holder = books.holder();
    books.account(holder, AccountKind.SIMPLE, books.asset(false), Bucket.AVAILABLE);
    books.account(holder, AccountKind.SIMPLE, books.asset(false), Bucket.HELD);
    books.account(AccountKind.SIMPLE, books.asset(false));

    // When
    Holder changed =
        await(holders.setStatus(books.tenant(), holder, HolderStatus.SUSPENDED)).orElseThrow();

    // Then
    assertThat(changed.status()).isEqualTo(HolderStatus.SUSPENDED);
    assertThat(changed.updatedAt()).isEqualTo(NOW);
    assertThat(number("SELECT count(*) FROM account WHERE status = 1")).isEqualTo(2);
    assertThat(number("SELECT count(*) FROM account WHERE status = 0")).isEqualTo(1);
  }

  @Test
  void reachesAnAccountThatIsBeingOpenedMeanwhile() {
    // Given: an opening as the pipeline does it, not yet committed
    HolderId holder = books.holder();
    AssetId asset = books.asset(false);
    SqlConnection opener = await(pool.getConnection());
    await(opener.query("BEGIN").execute());
    await(
        opener
            .query(
                "INSERT INTO account (tenant_id, id, holder_id, asset_id, bucket, kind, status,"
                    + " floor, updated_at) SELECT 1, '"
                    + AccountRef.available(holder, asset).id().value()
                    + "', h.id, '"
                    + asset.value()
                    + "', 0, 0, h.status, 0, now() FROM holder h WHERE h.tenant_id = 1 AND h.id = '"
                    + holder.value()
                    + "' FOR SHARE")
            .execute());

    // When
    Future<Optional<Holder>> change =
        holders.setStatus(books.tenant(), holder, HolderStatus.CLOSED);
    await(untilBlocked());
    await(opener.query("COMMIT").execute());

    // Then
    assertThat(await(change)).isPresent();
    assertThat(number("SELECT status FROM account")).isEqualTo(HolderStatus.CLOSED.code());
    await(opener.close());
  }

  @Test
  void survivesBeingChosenAsADeadlocksVictim() {
    // Given: another transaction holds the account and will want the holder, against our order
    HolderId holder = books.holder();
    books.account(holder, AccountKind.SIMPLE, books.asset(false), Bucket.AVAILABLE);
    SqlConnection rival = await(pool.getConnection());
    await(rival.query("BEGIN").execute());
    await(rival.query("SET LOCAL deadlock_timeout = '1h'").execute());
    await(rival.query("SELECT 1 FROM account FOR UPDATE").execute());

    // When
    Future<Optional<Holder>> change =
        holders.setStatus(books.tenant(), holder, HolderStatus.SUSPENDED);
    await(untilBlocked());
    await(rival.query("SELECT 1 FROM holder FOR SHARE").execute());
    await(rival.query("COMMIT").execute());

    // Then
    assertThat(await(change)).isPresent();
    assertThat(number("SELECT status FROM account")).isEqualTo(HolderStatus.SUSPENDED.code());
    await(rival.close());
  }

  @Test
  void replacesTheDetail() {
    // Given
    Holder holder = holder("r");
    await(holders.insert(holder));

    // When
    Holder changed =
        await(holders.setDetail(books.tenant(), holder.id(), "{\"a\":1}")).orElseThrow();

    // Then
    assertThat(changed.detail()).isEqualTo("{\"a\":1}");
    assertThat(changed.updatedAt()).isEqualTo(NOW);
    assertThat(await(holders.find(books.tenant(), holder.id()))).contains(changed);
  }

  @Test
  void losesNoChangeToAnother() {
    // Given
    Holder holder = holder("r");
    await(holders.insert(holder));
    await(holders.setDetail(books.tenant(), holder.id(), ""));

    // When: one suspends it while the others change its detail
    var changes = new ArrayList<Future<Optional<Holder>>>();
    for (int i = 0; i < 20; i++) {
      UnaryOperator<Holder> change =
          i == 10
              ? old -> old.withStatus(HolderStatus.SUSPENDED)
              : old -> old.withDetail(old.detail() + "x");
      changes.add(holders.change(books.tenant(), holder.id(), change));
    }

    // Then
    await(Future.all(changes));
    Holder after = await(holders.find(books.tenant(), holder.id())).orElseThrow();
    assertThat(after.detail()).isEqualTo("x".repeat(19));
    assertThat(after.status()).isEqualTo(HolderStatus.SUSPENDED);
    assertThat(after.updatedAt()).isEqualTo(NOW);
  }

  @Test
  void changesNothingWhereNothingIsToBeDifferent() {
    // Given
    Holder holder = holder("r");
    await(holders.insert(holder));

    // When
    Optional<Holder> same = await(holders.change(books.tenant(), holder.id(), old -> old));

    // Then
    assertThat(same).contains(holder);
    assertThat(await(holders.find(books.tenant(), holder.id()))).contains(holder);
  }

  @Test
  void changesNobodyWhereThereIsNobody() {
    var nobody = new HolderId(UUID.randomUUID());

    assertThat(await(holders.change(books.tenant(), nobody, old -> old))).isEmpty();
  }

  @Test
  void tellsTheExpiredPartOfABalanceApart() {
    // Given
    AssetId asset = books.asset(true);
    AccountRef system = books.account(AccountKind.SYSTEM, asset);
    AccountRef owner = books.account(AccountKind.LOT, asset);
    LotId justExpired = books.issue(system, owner, 100, UUID.randomUUID());
    LotId stillGood = books.issue(system, owner, 30, UUID.randomUUID());
    books.issue(system, owner, 7, UUID.randomUUID());
    books.expire(justExpired, NOW);
    books.expire(stillGood, NOW.plusNanos(1_000));

    // When
    AccountBalance balance =
        await(holders.balances(books.tenant(), List.of(owner.holder()))).getFirst();

    // Then
    assertThat(balance.balance()).isEqualTo(Amount.of(137));
    assertThat(balance.expired()).isEqualTo(Amount.of(100));
    assertThat(balance.available()).isEqualTo(Amount.of(37));
  }

  @Test
  void readsTheBalancesOfSeveralHolders() {
    // Given
    AssetId asset = books.asset(false);
    AccountRef system = books.account(AccountKind.SYSTEM, asset);
    AccountRef one = books.account(AccountKind.SIMPLE, asset);
    AccountRef two = books.account(AccountKind.SIMPLE, asset);
    books.account(AccountKind.SIMPLE, asset);
    books.post(
        new StoredBooks.Line(system, Amount.MAX.units().negate()),
        new StoredBooks.Line(one, Amount.MAX.units()));

    // When
    List<AccountBalance> balances =
        await(holders.balances(books.tenant(), List.of(one.holder(), two.holder())));

    // Then
    assertThat(balances)
        .extracting(AccountBalance::account, AccountBalance::balance)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple(one.id(), Amount.MAX),
            org.assertj.core.groups.Tuple.tuple(two.id(), Amount.ZERO));
    assertThat(await(holders.balances(books.tenant(), List.of()))).isEmpty();
  }

  private Holder holder(String reference) {
    return new Holder(
        books.tenant(),
        new HolderId(ids.next()),
        "kind",
        reference,
        HolderStatus.ACTIVE,
        "{}",
        StoredBooks.START,
        StoredBooks.START);
  }

  private static Holder with(Holder holder, TenantId tenant, String kind) {
    return new Holder(
        tenant,
        holder.id(),
        kind,
        holder.reference(),
        holder.status(),
        holder.detail(),
        holder.createdAt(),
        holder.updatedAt());
  }

  private long number(String sql) {
    return await(pool.query(sql).execute()).iterator().next().getLong(0);
  }

  /** Completes once a statement of this database waits for a lock. */
  private Future<Void> untilBlocked() {
    return pool.query(
            "SELECT count(*) FROM pg_stat_activity"
                + " WHERE datname = current_database() AND wait_event_type = 'Lock'")
        .execute()
        .compose(
            rows ->
                rows.iterator().next().getLong(0) > 0
                    ? Future.succeededFuture()
                    : vertx.timer(5).compose(fired -> untilBlocked()));
  }
}
