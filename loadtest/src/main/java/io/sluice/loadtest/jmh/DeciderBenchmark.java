package io.sluice.loadtest.jmh;

import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.AccountState;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.Books;
import io.sluice.ledger.Bucket;
import io.sluice.ledger.Changes;
import io.sluice.ledger.Decider;
import io.sluice.ledger.Decision;
import io.sluice.ledger.Digest;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.IdempotencyKey;
import io.sluice.ledger.Ids;
import io.sluice.ledger.Intent;
import io.sluice.ledger.Leg;
import io.sluice.ledger.LotId;
import io.sluice.ledger.LotLimit;
import io.sluice.ledger.LotState;
import io.sluice.ledger.Needs;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.Principal;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TimeOrderedIds;
import io.sluice.ledger.TransferCommand;
import io.sluice.ledger.TransferId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Collects what a batch of transfers needs, fills the books as if they had just been read, and
 * decides. Figures are per transfer.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 5)
@Measurement(iterations = 5, time = 5)
public class DeciderBenchmark {
  private static final int BATCH = 256;
  private static final int ACCOUNTS = 100_000;
  private static final TenantId TENANT = new TenantId(1);
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123456Z");
  private static final long SEED = 42;

  /** Random accounts; every debit from one account; random accounts that hold three lots each. */
  @Param({"uniform", "hot", "lots"})
  public String workload;

  private final Ids ids = new TimeOrderedIds();
  private List<TransferCommand> commands;

  @Setup
  public void draw() {
    var random = new Random(SEED);
    var asset = new AssetId(new UUID(1, 1));
    AccountKind kind = workload.equals("lots") ? AccountKind.LOT : AccountKind.SIMPLE;
    commands = new ArrayList<>(BATCH);
    for (int i = 0; i < BATCH; i++) {
      int from = workload.equals("hot") ? 0 : random.nextInt(ACCOUNTS);
      int to = 1 + (from + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS;
      commands.add(command(account(from, asset, kind), account(to, asset, kind)));
    }
  }

  private static AccountRef account(int number, AssetId asset, AccountKind kind) {
    return AccountRef.of(new HolderId(new UUID(2, number)), asset, Bucket.AVAILABLE, kind);
  }

  private TransferCommand command(AccountRef from, AccountRef to) {
    UUID id = ids.next();
    return TransferCommand.of(Principal.operator(TENANT), new TransferId(id), "loadtest")
        .key(IdempotencyKey.of("loadtest", id.toString(), Digest.start().add("wish")))
        .balanceLimit(Amount.MAX_LONG)
        .to(new Intent.Move(Leg.of(from, to, Amount.of(100))));
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public Changes decide() {
    var needs = new Needs(TENANT, commands, LotLimit.ALONE);
    Books books = read(needs);
    var changes = new Changes();
    var decider = new Decider(books, changes, ids, NOW);
    for (TransferCommand command : needs.commands()) {
      if (!(decider.decide(command) instanceof Decision.Decided(Outcome.Posted posted))) {
        throw new IllegalStateException("not posted: " + command);
      }
    }
    return changes;
  }

  private Books read(Needs needs) {
    var books = new Books(LotLimit.ALONE);
    for (AccountRef account : needs.accounts()) {
      books.add(
          new AccountState(
              account.id(),
              account.kind(),
              HolderStatus.ACTIVE,
              Optional.of(Amount.ZERO),
              Amount.of(300_000),
              Amount.ZERO,
              3));
    }
    needs
        .lotDebits()
        .keySet()
        .forEach(
            account -> {
              for (int i = 0; i < 3; i++) {
                books.enqueue(
                    new LotState.Builder(
                            new LotId(new UUID(account.value().getLeastSignificantBits(), i)),
                            account)
                        .amount(Amount.of(100_000))
                        .createdAt(NOW.minusSeconds(10 - i))
                        .stored());
              }
            });
    return books;
  }
}
