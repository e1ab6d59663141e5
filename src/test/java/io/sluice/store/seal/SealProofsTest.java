package io.sluice.store.seal;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.config.SealSettings;
import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.Leg;
import io.sluice.ledger.TransferCommand;
import io.sluice.ledger.TransferId;
import io.sluice.seal.Hash;
import io.sluice.seal.Proof;
import io.sluice.seal.Receipt;
import io.sluice.store.PgTenantStore;
import io.sluice.store.seal.SealProofs.TreeHead;
import io.sluice.testing.Await;
import io.sluice.testing.LedgerFixture;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Receipts and proofs from what is stored of a tree with some levels and several blocks. */
@TestInstance(Lifecycle.PER_CLASS)
class SealProofsTest {
  private static final int SIZE = 1_300;

  private final LedgerFixture ledger = new LedgerFixture();
  private final Sealer sealer =
      new Sealer(
          io.vertx.core.Vertx.vertx(),
          ledger.pools(),
          new PgTenantStore(ledger.pools()),
          SealSettings.SECTION.defaults(),
          Clock.systemUTC(),
          new Commits(),
          new SimpleMeterRegistry());
  private final SealProofs proofs =
      new SealProofs(ledger.pools(), new SealedBooks(ledger.pools(), sealer));
  private final List<TransferId> transfers = new ArrayList<>();

  /** Two blocks and a half, the last of them late. */
  @BeforeAll
  void seal() {
    AssetId asset = ledger.asset(false);
    AccountRef mint = ledger.account(asset, AccountKind.SYSTEM);
    AccountRef till = ledger.account(asset, AccountKind.SIMPLE);
    List<TransferCommand> commands =
        IntStream.range(0, SIZE)
            .mapToObj(i -> ledger.command(Leg.of(mint, till, Amount.of(1))))
            .toList();
    TransferCommand late = commands.getFirst();
    Await.result(Future.all(commands.stream().skip(1).map(ledger::submitLater).toList()));
    commands.stream().skip(1).forEach(command -> transfers.add(command.id()));
    Await.result(sealer.seal(ledger.tenant(), List.of(transfers.getLast().value())));
    ledger.submit(late);
    transfers.add(late.id());
    Await.result(sealer.seal(ledger.tenant(), List.of(late.id().value())));
  }

  @AfterAll
  void close() {
    ledger.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 255, 256, 1_023, 1_024, 1_279, 1_280, SIZE - 2, SIZE - 1})
  void givesReceiptsThatHold(int position) {
    // Given
    TransferId transfer = transfers.get(position);

    // When
    Receipt receipt = Await.result(proofs.receipt(ledger.tenant(), transfer)).orElseThrow();

    // Then
    assertThat(receipt.problem()).isEmpty();
    assertThat(receipt.position()).isEqualTo(position);
    assertThat(receipt.size()).isEqualTo(SIZE);
    assertThat(receipt.entry())
        .startsWith("sluice transfer 1\ntenant " + ledger.tenant().value() + "\n")
        .contains("\nid " + transfer.value() + "\nkind 13:test.transfer\nstatus 0\n")
        .endsWith("\ndetail 2:{}\n");
    String changed = receipt.entry().replace("kind 13", "kind 12");
    assertThat(
            new Receipt(
                    changed,
                    receipt.position(),
                    receipt.previous(),
                    receipt.hash(),
                    receipt.path(),
                    receipt.size(),
                    receipt.root())
                .problem())
        .isPresent();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 255, 256, 257, 1_024, 1_025, 1_299, SIZE})
  void provesThatBooksHaveOnlyGrown(int smaller) {
    // Given
    Hash before = Await.result(proofs.root(ledger.tenant(), smaller));
    TreeHead head = Await.result(proofs.head(ledger.tenant()));

    // When
    List<Hash> path = Await.result(proofs.consistency(ledger.tenant(), smaller, SIZE));

    // Then
    assertThat(Proof.grew(smaller, before, SIZE, head.root(), path)).isTrue();
    assertThat(Await.result(proofs.root(ledger.tenant(), SIZE))).isEqualTo(head.root());
  }

  @Test
  void hasNoReceiptForWhatIsNotThere() {
    // When
    Optional<Receipt> receipt =
        Await.result(proofs.receipt(ledger.tenant(), new TransferId(new UUID(0, 7))));

    // Then
    assertThat(receipt).isEmpty();
  }
}
