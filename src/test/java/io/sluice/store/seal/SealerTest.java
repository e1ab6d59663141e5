package io.sluice.store.seal;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.config.SealSettings;
import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.Leg;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.TransferCommand;
import io.sluice.ledger.TransferId;
import io.sluice.seal.Hash;
import io.sluice.store.PgTenantStore;
import io.sluice.store.Verifier;
import io.sluice.store.Verifier.Finding;
import io.sluice.testing.Await;
import io.sluice.testing.LedgerFixture;
import io.sluice.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sealing what a real pipeline writes to a real database. */
class SealerTest {
  /** More than one turn of the sealer's. */
  private static final int BACKLOG = 40_000;

  private final LedgerFixture ledger = new LedgerFixture();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Vertx vertx = Vertx.vertx();
  private final Pool pool = ledger.testDatabase().rawPool(vertx);
  private final Sealer sealer = sealer(ledger.pipeline().commits(), Clock.systemUTC());
  private final SealedBooks books = new SealedBooks(ledger.pools(), sealer);
  private final AssetId asset = ledger.asset(false);
  private final AccountRef mint = ledger.account(asset, AccountKind.SYSTEM);
  private final AccountRef till = ledger.account(asset, AccountKind.SIMPLE);

  @AfterEach
  void close() {
    Await.result(sealer.stop(5_000));
    Await.result(vertx.close());
    ledger.close();
  }

  @Test
  void chainsWhatIsAskedForAtOnce() {
    // Given
    TransferId first = pay();
    TransferId second = pay();

    // When
    Map<TransferId, String> hashes =
        Await.result(books.hashes(ledger.tenant(), List.of(second, first)));

    // Then
    Hash before = Hash.ofEntry(Hash.ZERO, content(first));
    assertThat(hashes)
        .isEqualTo(
            Map.of(first, before.toHex(), second, Hash.ofEntry(before, content(second)).toHex()));
    assertThat(Await.result(books.hashes(ledger.tenant(), List.of(first, second))))
        .isEqualTo(hashes);
  }

  @Test
  void saysNothingOfWhatIsNotThere() {
    // Given
    TransferId foreign = pay();
    var other = ledger.newTenant("other");

    // When
    Map<TransferId, String> hashes = Await.result(books.hashes(other, List.of(foreign)));

    // Then
    assertThat(hashes).isEmpty();
  }

  @Test
  void sealsByItselfWhatThisProcessWrote() {
    // Given
    IntStream.range(0, 30).forEach(i -> pay());

    // When
    sealer.start();

    // Then
    Waiting.until(() -> size() == 30);
    assertThat(findings()).isEmpty();
  }

  @Test
  void sealsByItselfWhatAProcessLeftThatIsGone() {
    // Given: all of it is old enough for the round at the start, after which there is none for long
    IntStream.range(0, 30).forEach(i -> pay());
    Sealer next = sealer(new Commits(), Clock.offset(Clock.systemUTC(), Duration.ofMinutes(1)));

    // When
    next.start();

    // Then
    Waiting.until(() -> size() == 30);
    Await.result(next.stop(5_000));
    assertThat(findings()).isEmpty();
  }

  @Test
  void sealsLateWhatWasCommittedLate() {
    // Given: an earlier id that is committed after a later one was sealed
    TransferCommand late = payment();
    TransferId early = pay();
    Await.result(books.hashes(ledger.tenant(), List.of(early)));
    assertThat(ledger.submit(late)).isInstanceOf(Outcome.Posted.class);
    TransferId last = pay();

    // When
    sealer.start();

    // Then
    Waiting.until(() -> size() == 3);
    Map<UUID, SealedBooks.Place> places =
        Await.result(
            books.places(ledger.tenant(), List.of(early.value(), late.id().value(), last.value())));
    assertThat(places.values().stream().map(SealedBooks.Place::position))
        .containsExactlyInAnyOrder(0L, 1L, 2L);
    assertThat(number("SELECT count(*) FROM sealed_block WHERE late")).isEqualTo(1);
    assertThat(findings()).isEmpty();
  }

  @Test
  void findsAfterAStartWhatCameLateToAProcessThatIsGone() {
    // Given
    TransferCommand late = payment();
    TransferId early = pay();
    Await.result(books.hashes(ledger.tenant(), List.of(early)));
    ledger.submit(late);
    Sealer next = sealer(new Commits(), Clock.systemUTC());

    // When
    next.start();

    // Then
    Waiting.until(() -> size() == 2);
    Await.result(next.stop(5_000));
    assertThat(findings()).isEmpty();
  }

  @Test
  void letsSeveralSealAtOnceAndSealsEachOnce() {
    // Given
    List<Sealer> sealers =
        IntStream.range(0, 3).mapToObj(i -> sealer(new Commits(), Clock.systemUTC())).toList();
    List<TransferId> paid = new ArrayList<>();

    // When
    for (int round = 0; round < 20; round++) {
      List<TransferCommand> commands = IntStream.range(0, 20).mapToObj(i -> payment()).toList();
      Await.result(Future.all(commands.stream().map(ledger::submitLater).toList()));
      commands.forEach(command -> paid.add(command.id()));
      List<UUID> ids = commands.stream().map(command -> command.id().value()).toList();
      Await.result(
          Future.all(sealers.stream().map(each -> each.seal(ledger.tenant(), ids)).toList()));
    }

    // Then
    assertThat(size()).isEqualTo(400);
    assertThat(Await.result(books.hashes(ledger.tenant(), paid))).hasSize(400);
    assertThat(findings()).isEmpty();
  }

  @Test
  void fillsBlocksAndKeepsTheTree() {
    // Given: more than a level of the tree and a block hold
    var commands = new ArrayList<TransferCommand>();
    IntStream.range(0, 2_600).forEach(i -> commands.add(payment()));
    Await.result(Future.all(commands.stream().map(ledger::submitLater).toList()));
    TransferId last = commands.getLast().id();

    // When
    Await.result(sealer.seal(ledger.tenant(), List.of(last.value())));

    // Then
    assertThat(size()).isEqualTo(2_600);
    assertThat(number("SELECT count(*) FROM sealed_block")).isEqualTo(3);
    assertThat(number("SELECT count(*) FROM sealed_node WHERE level = 1")).isEqualTo(10);
    assertThat(findings()).isEmpty();
  }

  @Test
  void leavesTimeToOthersWhileABacklogIsSealed() {
    // Given: more than a turn takes
    ledger
        .testDatabase()
        .execute(
            """
            INSERT INTO transfer (tenant_id, created_at, id, debit_account, credit_account, status,
                                  kind, detail)
            SELECT %d, now(), ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 1, 2,
                   1, 'test.refused', '{}'
              FROM generate_series(1, %d) AS n
            """
                .formatted(ledger.tenant().value(), BACKLOG));

    // When
    sealer.start();

    // Then
    Waiting.until(() -> size() == BACKLOG);
    assertThat(meters.get("sluice.seal.rests").timer().count()).isPositive();
  }

  private Sealer sealer(Commits commits, Clock clock) {
    return new Sealer(
        vertx,
        ledger.testDatabase().pools(vertx),
        new PgTenantStore(ledger.pools()),
        SealSettings.SECTION.of(Map.of("seal.intervalMs", "50", "seal.delayMs", "0")),
        clock,
        commits,
        meters);
  }

  private TransferCommand payment() {
    return ledger.command(Leg.of(mint, till, Amount.of(1)));
  }

  private TransferId pay() {
    TransferCommand command = payment();
    assertThat(ledger.submit(command)).isInstanceOf(Outcome.Posted.class);
    return command.id();
  }

  private Hash content(TransferId id) {
    String sql =
        "SELECT " + EntrySql.ENTRY + " FROM transfer t WHERE t.tenant_id = $1 AND t.id = $2";
    var rows =
        Await.result(
            pool.preparedQuery(sql)
                .execute(io.vertx.sqlclient.Tuple.of(ledger.tenant().value(), id.value())));
    return Hash.ofContent(rows.iterator().next().getString(0));
  }

  private long size() {
    return number("SELECT coalesce(sum(size), 0) FROM sealed_head");
  }

  private long number(String sql) {
    return Await.result(pool.query(sql).execute()).iterator().next().getLong(0);
  }

  private List<Finding> findings() {
    return Verifier.run(ledger.testDatabase().database(), progress -> {}).findings();
  }
}
