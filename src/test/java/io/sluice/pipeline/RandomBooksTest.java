package io.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.Check;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.IdempotencyKey;
import io.sluice.ledger.Intent;
import io.sluice.ledger.Leg;
import io.sluice.ledger.LotId;
import io.sluice.ledger.LotRule;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.Principal;
import io.sluice.ledger.Refusal;
import io.sluice.ledger.TransferCommand;
import io.sluice.ledger.TransferId;
import io.sluice.store.Lot;
import io.sluice.store.PgLotStore;
import io.sluice.store.Rows;
import io.sluice.store.Verifier;
import io.sluice.testing.Await;
import io.sluice.testing.LedgerFixture;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Random commands of every kind through two pipelines at once, holders suspended and reinstated
 * meanwhile, and afterwards the books verified from the postings up.
 */
class RandomBooksTest {
  private static final int COMMANDS = 3_000;
  private static final int IN_FLIGHT = 64;

  private enum Closed implements Refusal {
    HOLDER
  }

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);
  private final LedgerFixture fixture = new LedgerFixture();
  private final LanePipeline second = fixture.newPipeline(LedgerFixture.SETTINGS);
  private final PgLotStore lots = new PgLotStore(fixture.pools());

  private final AssetId money = fixture.asset(false);
  private final AssetId points = fixture.asset(true);
  private final AssetId credits = fixture.asset(true);
  private final HolderId issuer = fixture.holder(HolderStatus.ACTIVE);
  private final List<AccountRef> purses = accounts(money, AccountKind.SIMPLE);
  private final List<AccountRef> wallets = accounts(points, AccountKind.LOT);
  private final List<AccountRef> registries = accounts(credits, AccountKind.LOT);
  private final AccountRef mint = fixture.account(money, AccountKind.SYSTEM);
  private final AccountRef programme = fixture.account(points, AccountKind.SYSTEM);
  private final AccountRef registrar = fixture.account(credits, AccountKind.SYSTEM);

  private List<Lot> registered = List.of();

  @AfterEach
  void close() {
    Await.result(second.close(5_000));
    fixture.close();
  }

  @Test
  void leaveTheBooksWhole() {
    // Given
    var outcomes = new TreeMap<String, Integer>();

    // When
    for (int done = 0; done < COMMANDS; done += IN_FLIGHT) {
      registered = registeredLots();
      var answers = new ArrayList<Future<Outcome>>();
      for (int i = 0; i < IN_FLIGHT; i++) {
        LanePipeline pipeline = random.nextBoolean() ? fixture.pipeline() : second;
        answers.add(pipeline.submit(command()));
      }
      Future<?> status = toggleAStatus();
      answers.forEach(answer -> outcomes.merge(name(Await.result(answer)), 1, Integer::sum));
      Await.result(status);
    }
    Verifier.Report report = Verifier.run(fixture.testDatabase().database(), progress -> {});

    // Then
    assertThat(report.findings()).as("seed %d", seed).isEmpty();
    assertThat(outcomes)
        .as("seed %d", seed)
        .containsKeys("Posted", "Refused", "Replayed", "Conflict")
        .doesNotContainKey("Unavailable");
    assertThat(report.rows().get("lot_movement")).isPositive();
    assertThat(outcomes.get("Posted")).isGreaterThan(COMMANDS / 3);
  }

  private List<AccountRef> accounts(AssetId asset, AccountKind kind) {
    return Stream.generate(() -> fixture.account(asset, kind)).limit(12).toList();
  }

  private List<Lot> registeredLots() {
    Future<List<LotId>> newest =
        fixture
            .pools()
            .lookUps()
            .all(
                "SELECT id FROM lot WHERE tenant_id = $1 AND account_id = ANY($2)"
                    + " AND remaining > 0 ORDER BY created_at DESC, id DESC LIMIT 200",
                row -> new LotId(row.getUUID("id")),
                fixture.tenant().value(),
                Rows.uuids(registries, registry -> registry.id().value()));
    return Await.result(
        newest.compose(
            ids -> lots.findAll(fixture.tenant(), ids).map(found -> inOrder(ids, found))));
  }

  private static List<Lot> inOrder(List<LotId> ids, Map<LotId, Lot> found) {
    return ids.stream().map(found::get).toList();
  }

  private Future<?> toggleAStatus() {
    var status = random.nextBoolean() ? HolderStatus.SUSPENDED : HolderStatus.ACTIVE;
    return fixture.holders().setStatus(fixture.tenant(), any(purses).holder(), status);
  }

  private TransferCommand command() {
    List<Leg> legs =
        switch (random.nextInt(8)) {
          case 0 -> List.of(Leg.of(mint, any(purses), amount(500)));
          case 1 -> List.of(Leg.of(programme, any(wallets), amount(500), expiring()));
          case 2 -> List.of(Leg.of(registrar, any(registries), amount(500), issue()));
          case 3, 4 -> payments(purses, money);
          case 5, 6 -> payments(wallets, points);
          default -> named();
        };
    Optional<IdempotencyKey> key =
        random.nextInt(4) == 0
            ? LedgerFixture.key("key " + random.nextInt(300), "wish " + random.nextInt(2))
            : Optional.empty();
    var command =
        TransferCommand.of(
                Principal.operator(fixture.tenant()),
                new TransferId(fixture.ids().next()),
                "test.transfer")
            .key(key)
            .balanceLimit(Amount.MAX_LONG);
    if (random.nextBoolean()) {
      command.recordsRefusal();
    }
    var payerIsActive =
        new Check.AccountStatusIn(
            legs.getFirst().debit(), Set.of(HolderStatus.ACTIVE), Closed.HOLDER);
    return command.to(new Intent.Move(List.of(payerIsActive), legs));
  }

  /** One to four legs, at times in a ring or past the floor. */
  private List<Leg> payments(List<AccountRef> accounts, AssetId asset) {
    boolean mayOverdraw = random.nextInt(6) == 0;
    var legs = new ArrayList<Leg>();
    int count = 1 + random.nextInt(4);
    while (legs.size() < count) {
      AccountRef from = any(accounts);
      AccountRef to = random.nextInt(20) == 0 ? fixture.account(asset, from.kind()) : any(accounts);
      if (!from.id().equals(to.id())) {
        legs.add(new Leg(from, to, amount(120), LotRule.AUTOMATIC, mayOverdraw));
      }
    }
    return legs;
  }

  private List<Leg> named() {
    if (registered.isEmpty()) {
      return List.of(Leg.of(registrar, any(registries), amount(500), issue()));
    }
    Lot lot = any(registered);
    AccountRef from =
        registries.stream().filter(a -> a.id().equals(lot.account())).findFirst().orElseThrow();
    AccountRef to = registries.get((registries.indexOf(from) + 1) % registries.size());
    long size = lot.remaining().units().longValueExact();
    boolean retires = random.nextInt(5) == 0;
    var rule =
        new LotRule.Named(
            lot.id(),
            issuer,
            new LotRule.Children(new LotId(fixture.ids().next()), new LotId(fixture.ids().next())),
            retires ? new LotRule.Use.Retire(issuer) : LotRule.Use.MOVE);
    long moved = random.nextBoolean() ? size : 1 + random.nextLong(size);
    return List.of(Leg.of(from, retires ? registrar : to, Amount.of(moved), rule));
  }

  private LotRule issue() {
    return new LotRule.Issue(
        new LotId(fixture.ids().next()),
        issuer,
        new UUID(0, 1),
        fixture.ids().next(),
        random.nextInt(1_000),
        Instant.EPOCH.plusSeconds(random.nextInt(9)),
        LocalDate.of(2025, 6, 1));
  }

  private LotRule expiring() {
    return new LotRule.Automatic(
        random.nextInt(3) == 0
            ? Optional.of(Instant.now().plusMillis(random.nextInt(500)))
            : Optional.empty());
  }

  private Amount amount(int most) {
    return Amount.of(1 + random.nextInt(most));
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private static String name(Outcome outcome) {
    return outcome.getClass().getSimpleName();
  }
}
