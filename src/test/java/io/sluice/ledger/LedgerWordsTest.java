package io.sluice.ledger;

import static io.sluice.ledger.Commands.leg;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The words of the ledger: what the database stores of them, and what they cannot say. */
class LedgerWordsTest {
  private static final AccountRef SYSTEM = account(1, AccountKind.SYSTEM);
  private static final AccountRef SIMPLE = account(2, AccountKind.SIMPLE);
  private static final AccountRef LOT = account(3, AccountKind.LOT);
  private static final AccountRef OTHER_LOT = account(4, AccountKind.LOT);

  private static AccountRef account(long holder, AccountKind kind) {
    return AccountRef.of(
        new HolderId(new UUID(0, holder)), TestBooks.ASSET, Bucket.AVAILABLE, kind);
  }

  private static LotId lot(long id) {
    return new LotId(new UUID(0, id));
  }

  @Test
  void codesAreWhatTheDatabaseHoldsForGood() {
    assertThat(Arrays.stream(AccountKind.values()).map(k -> k + " " + k.code()))
        .containsExactly("SIMPLE 0", "LOT 1", "SYSTEM 2");
    assertThat(Arrays.stream(HolderStatus.values()).map(s -> s + " " + s.code()))
        .containsExactly("ACTIVE 0", "SUSPENDED 1", "CLOSED 2", "ARCHIVED 3", "OPENING 4");
    assertThat(Arrays.stream(LotStatus.values()).map(s -> s + " " + s.code()))
        .containsExactly("ACTIVE 0", "SPLIT 1", "RETIRED 2", "EXPIRED 3");
    assertThat(Arrays.stream(Bucket.values()).map(b -> b + " " + b.code()))
        .containsExactly("AVAILABLE 0", "HELD 1", "DEFERRED 2");
  }

  @Test
  void codesLeadBackToTheirWords() {
    assertThat(AccountKind.values()).allMatch(k -> AccountKind.ofCode(k.code()) == k);
    assertThat(HolderStatus.values()).allMatch(s -> HolderStatus.ofCode(s.code()) == s);
    assertThat(LotStatus.values()).allMatch(s -> LotStatus.ofCode(s.code()) == s);
    assertThatThrownBy(() -> AccountKind.ofCode(3)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> HolderStatus.ofCode(5)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> LotStatus.ofCode(-1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void anAccountsIdIsDerivedFromHolderAssetAndBucketForGood() {
    // Given
    var holder = new HolderId(new UUID(1, 2));
    var asset = new AssetId(new UUID(3, 4));

    // When
    AccountRef account = AccountRef.of(holder, asset, Bucket.AVAILABLE, AccountKind.SIMPLE);

    // Then
    assertThat(account.id().value()).hasToString("0aadd351-fd96-88dc-b2cb-3600ff3ba29f");
    assertThat(account).isEqualTo(AccountRef.available(holder, asset));
    assertThat(account.id())
        .isEqualTo(AccountRef.of(holder, asset, Bucket.AVAILABLE, AccountKind.LOT).id())
        .isNotEqualTo(AccountRef.of(holder, asset, Bucket.HELD, AccountKind.SIMPLE).id())
        .isNotEqualTo(AccountRef.available(new HolderId(new UUID(1, 3)), asset).id())
        .isNotEqualTo(AccountRef.available(holder, new AssetId(new UUID(3, 5))).id());
  }

  @Test
  void accountIdsAreEqualWhenTheirValuesAre() {
    var id = new AccountId(new UUID(1, 2));

    assertThat(id)
        .isEqualTo(new AccountId(new UUID(1, 2)))
        .hasSameHashCodeAs(new AccountId(new UUID(1, 2)))
        .isNotEqualTo(new AccountId(new UUID(1, 3)))
        .isNotEqualTo(id.value());
    assertThat(id.hashCode()).isEqualTo(new UUID(1, 2).hashCode());
  }

  @Test
  void aPostingsIdIsDerivedFromAccountAndSequenceForGood() {
    // Given
    var posting = new Posting(new AccountId(new UUID(1, 2)), 3, Amount.of(4), Amount.of(5));

    // When
    UUID id = posting.id();

    // Then
    assertThat(id)
        .hasToString("00000000-0000-8001-0000-000000000001")
        .isNotEqualTo(new Posting(posting.account(), 4, Amount.of(4), Amount.of(5)).id());
  }

  @Test
  void aPostingsIdLeadsBackToItsSequenceWithItsAccountOnly() {
    // Given
    var account = new AccountId(Digest.start().add("an account").toUuid());
    var other = new AccountId(Digest.start().add("another").toUuid());
    var posting = new Posting(account, Long.MAX_VALUE >> 2, Amount.of(4), Amount.of(5));

    // When
    OptionalLong sequence = Posting.sequenceOf(account, posting.id());

    // Then
    assertThat(sequence).hasValue(posting.sequence());
    assertThat(posting.id().version()).isEqualTo(8);
    assertThat(posting.id().variant()).isEqualTo(2);
    assertThat(Posting.sequenceOf(other, posting.id())).isEmpty();
    assertThat(Posting.sequenceOf(account, account.value())).isEmpty();
    assertThat(Posting.sequenceOf(account, new UUID(0, 0))).isEmpty();
  }

  @Test
  void lotsAreOrderedLikeTheDatabaseOrdersTheirIds() {
    // Given: the order of PostgreSQL's uuid, from small to large
    List<LotId> ordered =
        Stream.of(
                new UUID(0, 0),
                new UUID(0, 1),
                new UUID(0, -1),
                new UUID(1, 0),
                new UUID(Long.MIN_VALUE, 5),
                new UUID(-1, 0),
                new UUID(-1, -1))
            .map(LotId::new)
            .toList();

    // When
    List<LotId> sorted = ordered.reversed().stream().sorted().toList();

    // Then
    assertThat(sorted).isEqualTo(ordered);
    assertThat(lot(7).compareTo(lot(7))).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void aTenantIsOneOrMore(int value) {
    assertThatThrownBy(() -> new TenantId(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a tenant id is 1 or more, not " + value);
    assertThat(new TenantId(1).value()).isOne();
  }

  private record Forbidden(String message, ThrowingCallable make) {
    @Override
    public String toString() {
      return message;
    }
  }

  static Stream<Forbidden> forbidden() {
    String between = "a leg moves value between two accounts";
    String lots = "a leg's lots are such as its accounts can have";
    String once = "a movement names a lot once";
    String oneWay = "an account pays from lots by name, or from the oldest";
    var other = AccountRef.available(new HolderId(new UUID(0, 9)), new AssetId(new UUID(0, 10)));
    return Stream.of(
        new Forbidden("a leg moves more than zero", () -> leg(SYSTEM, SIMPLE, 0)),
        new Forbidden("a leg moves more than zero", () -> leg(SYSTEM, SIMPLE, -1)),
        new Forbidden(between, () -> leg(SIMPLE, SIMPLE, 1)),
        new Forbidden("a leg moves one asset", () -> leg(SIMPLE, other, 1)),
        new Forbidden(lots, () -> named(1, SIMPLE, LOT)),
        new Forbidden(lots, () -> named(1, LOT, SIMPLE)),
        new Forbidden(lots, () -> TestBooks.issue(lot(1), LOT, OTHER_LOT, 1)),
        new Forbidden(lots, () -> TestBooks.issue(lot(1), SYSTEM, SIMPLE, 1)),
        new Forbidden(lots, () -> issueFrom(-1, Amount.of(1))),
        new Forbidden(lots, () -> issueFrom(1, Amount.MAX_LONG)),
        new Forbidden(lots, () -> issueFrom(0, Amount.MAX)),
        new Forbidden("a movement has one leg or more", () -> Commands.legs()),
        new Forbidden(
            once, () -> Commands.legs(named(1, LOT, OTHER_LOT), named(1, LOT, OTHER_LOT))),
        new Forbidden(
            once, () -> Commands.legs(named(1, LOT, OTHER_LOT), named(1, OTHER_LOT, LOT))),
        new Forbidden(
            oneWay, () -> Commands.legs(named(1, LOT, OTHER_LOT), leg(LOT, OTHER_LOT, 1))),
        new Forbidden(
            oneWay, () -> Commands.legs(leg(LOT, OTHER_LOT, 1), named(1, LOT, OTHER_LOT))));
  }

  private static Leg named(long lot, AccountRef from, AccountRef to) {
    return TestBooks.named(lot(lot), from, to, 1, lot(100 + 2 * lot), lot(101 + 2 * lot));
  }

  private static Leg issueFrom(long serial, Amount amount) {
    var rule =
        new LotRule.Issue(
            lot(1),
            TestBooks.ISSUER,
            TestBooks.REGISTER,
            new UUID(0, 9),
            serial,
            TestBooks.ISSUED_AT,
            TestBooks.PRODUCED);
    return Leg.of(SYSTEM, LOT, amount, rule);
  }

  @ParameterizedTest
  @MethodSource("forbidden")
  void whatMakesNoSenseCannotBeSaid(Forbidden row) {
    assertThatThrownBy(row.make())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(row.message());
  }

  @Test
  void whatMakesSenseCanBeSaid() {
    // When
    Leg lastSerials = issueFrom(0, Amount.MAX_LONG);
    Intent intent =
        Commands.legs(
            named(1, LOT, OTHER_LOT),
            named(2, LOT, OTHER_LOT),
            leg(OTHER_LOT, LOT, 1),
            leg(SYSTEM, OTHER_LOT, 1));

    // Then
    assertThat(lastSerials.amount()).isEqualTo(Amount.MAX_LONG);
    assertThat(intent.legs()).hasSize(4);
  }

  @Test
  void whatWasSaidDoesNotChange() {
    // Given
    var legs = new ArrayList<>(List.of(leg(SYSTEM, SIMPLE, 1)));
    var checks = new ArrayList<Check>();
    var move = new Intent.Move(checks, legs);

    // When
    legs.clear();
    checks.add(new Check.AccountStatusIn(SIMPLE, Set.of(HolderStatus.ACTIVE), new Refusal() {}));

    // Then
    assertThat(move.legs()).hasSize(1);
    assertThat(move.checks()).isEmpty();
  }

  @Test
  void aCommandWithoutWishesHasNoKeyAndNoLimit() {
    // When
    TransferCommand command =
        TransferCommand.of(
                Principal.operator(Commands.TENANT), new TransferId(new UUID(0, 1)), "test")
            .to(new Intent.Move(leg(SYSTEM, SIMPLE, 1)));

    // Then
    assertThat(command.key()).isEqualTo(Optional.empty());
    assertThat(command.balanceLimit()).isEqualTo(Amount.MAX);
    assertThat(command.recordsRefusal()).isFalse();
    assertThat(command.detail()).isEqualTo("{}");
    assertThat(command.legs()).hasSize(1);
    assertThat(command.intent().checks()).isEmpty();
  }

  @Test
  void whatIsStoredOfAnOutcomeIsItsReceipt() {
    // Given
    var id = new TransferId(new UUID(0, 1));
    var receipt = new Receipt(id, "test", true, TestBooks.NOW, "{}", List.of());

    // When
    List<Optional<Receipt>> stored =
        Stream.of(
                new Outcome.Posted(receipt),
                new Outcome.Replayed(receipt),
                new Outcome.Refused(new Refusal() {}, Optional.of(receipt)),
                new Outcome.Expired())
            .map(Outcome::stored)
            .toList();

    // Then
    assertThat(stored.subList(0, 2)).containsOnly(Optional.of(receipt));
    assertThat(stored.getLast()).isEmpty();
  }

  @Test
  void aCheckOfAnAccountCanBeAskedOfItsHolder() {
    // Given
    Refusal reason = new Refusal() {};
    var ofAccount = new Check.AccountStatusIn(SIMPLE, Set.of(HolderStatus.ACTIVE), reason);

    // When
    Check.OfHolder ofHolder = ofAccount.ofHolder();

    // Then
    assertThat(ofHolder)
        .isEqualTo(new Check.HolderStatusIn(SIMPLE.holder(), Set.of(HolderStatus.ACTIVE), reason));
    assertThat(ofHolder.ofHolder()).isSameAs(ofHolder);
  }
}
