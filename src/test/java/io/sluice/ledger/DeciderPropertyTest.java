package io.sluice.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Random commands against a few accounts of each kind: whatever happens, the books stay whole. */
class DeciderPropertyTest {
  private static final AssetId ASSET = new AssetId(new UUID(0, 7));
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final TenantId TENANT = new TenantId(1);
  private static final int ACCOUNTS = 4;

  private Books books;
  private List<AccountRef> refs;
  private long nextId;

  @Property(tries = 100)
  void simpleBooksStayWhole(@ForAll Random random) {
    check(random, AccountKind.SIMPLE);
  }

  @Property(tries = 100)
  void lotBooksStayWhole(@ForAll Random random) {
    check(random, AccountKind.LOT);
  }

  private UUID newId() {
    return new UUID(0x7000, nextId++);
  }

  private void check(Random random, AccountKind kind) {
    books = new Books();
    refs = new ArrayList<>();
    openAccounts(kind);
    var decider = new Decider(books, new Changes(), this::newId, NOW);
    Map<AccountId, BigInteger> model = new HashMap<>();
    for (int i = 0; i < 200; i++) {
      TransferCommand command = command(random);
      Decision decision = decider.decide(command);
      if (decision instanceof Decision.Decided(Outcome.Posted posted)) {
        assertPosted(command, posted.receipt(), model);
      } else {
        assertThat(decision)
            .isInstanceOfSatisfying(
                Decision.Decided.class,
                d -> assertThat(d.outcome()).isInstanceOf(Outcome.Refused.class));
      }
      assertWhole(kind, model);
    }
  }

  private void openAccounts(AccountKind kind) {
    for (int i = 0; i < ACCOUNTS; i++) {
      boolean system = i == 0;
      var holder = new HolderId(new UUID(1, i));
      var ref = AccountRef.of(holder, ASSET, Bucket.AVAILABLE, system ? AccountKind.SYSTEM : kind);
      refs.add(ref);
      books.add(
          new AccountState(
              ref.id(),
              ref.kind(),
              HolderStatus.ACTIVE,
              system ? Optional.empty() : Optional.of(Amount.ZERO),
              Amount.ZERO,
              Amount.ZERO,
              0));
    }
  }

  private TransferCommand command(Random random) {
    var legs = new ArrayList<Leg>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      int from = random.nextInt(ACCOUNTS);
      int to = (from + 1 + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS;
      var expiry =
          random.nextInt(4) == 0
              ? Optional.of(NOW.plusSeconds(random.nextInt(3) - 1))
              : Optional.<Instant>empty();
      legs.add(
          new Leg(
              refs.get(from),
              refs.get(to),
              Amount.of(1 + random.nextInt(100)),
              new LotRule.Automatic(expiry),
              random.nextInt(10) == 0));
    }
    return TransferCommand.of(TENANT, new TransferId(newId()), "test")
        .to(new Intent.Move(List.of(), legs));
  }

  private static void assertPosted(
      TransferCommand command, Receipt receipt, Map<AccountId, BigInteger> model) {
    BigInteger sum = BigInteger.ZERO;
    for (Posting posting : receipt.postings()) {
      sum = sum.add(posting.amount().units());
      BigInteger balance =
          model.merge(posting.account(), posting.amount().units(), BigInteger::add);
      assertThat(posting.balance().units()).isEqualTo(balance);
    }
    assertThat(sum).isZero();
    long debits = command.legs().stream().map(leg -> leg.debit().id()).distinct().count();
    assertThat(receipt.postings()).hasSize((int) debits + command.legs().size());
  }

  private void assertWhole(AccountKind kind, Map<AccountId, BigInteger> model) {
    for (AccountRef ref : refs) {
      AccountState account = books.account(ref);
      assertThat(account.balance().units())
          .isEqualTo(model.getOrDefault(ref.id(), BigInteger.ZERO));
      if (ref.kind() != AccountKind.SYSTEM) {
        assertThat(account.balance().plus(account.overdrawn()).isNegative()).isFalse();
      }
      if (ref.kind() == AccountKind.LOT) {
        BigInteger lots =
            books.lots().stream()
                .filter(lot -> lot.account().equals(ref.id()))
                .map(lot -> lot.remaining().units())
                .reduce(BigInteger.ZERO, BigInteger::add);
        assertThat(account.balance().plus(account.overdrawn()).units()).isEqualTo(lots);
      }
    }
  }
}
