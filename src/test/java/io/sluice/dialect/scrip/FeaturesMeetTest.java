package io.sluice.dialect.scrip;

import static io.sluice.dialect.scrip.ScripFixture.all;
import static io.sluice.dialect.scrip.ScripFixture.created;
import static io.sluice.dialect.scrip.ScripFixture.json;
import static io.sluice.dialect.scrip.ScripFixture.ok;
import static io.sluice.dialect.scrip.ScripFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.ledger.AccountKind;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.Bucket;
import io.sluice.ledger.Digest;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.Intent;
import io.sluice.ledger.LedgerRefusal;
import io.sluice.ledger.Leg;
import io.sluice.ledger.LotFilter;
import io.sluice.ledger.LotId;
import io.sluice.ledger.LotMarks;
import io.sluice.ledger.LotRule;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.Principal;
import io.sluice.ledger.TransferCommand;
import io.sluice.store.Verifier;
import io.sluice.testing.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Pairs of features that meet in one lot: an example each that says what must happen, and why. The
 * books are whole after each of them.
 */
class FeaturesMeetTest extends ClockedScrip {
  private static final Duration TO_THE_END = Duration.ofSeconds(60);

  private final String holder = scrip.participant();
  private final Instant end = clock.instant().plus(TO_THE_END);

  @AfterEach
  void theBooksAreWhole() {
    Verifier.Report report = Verifier.run(gateway.database().database(), progress -> {});
    assertThat(report.isWhole()).as(report.toString()).isTrue();
  }

  /**
   * The rest of the lot is held, and stays so: what comes back is free, as it was when it was
   * redeemed, so it is a lot of its own, as old as the other and with the same end.
   */
  @Test
  void aReversalMeetsAHoldOfTheRestOfTheLot() {
    // Given
    credit("10");
    String redemption = scrip.redeemed(holder, asset, "4");
    hold();

    // When
    created(scrip.reversePart(redemption, "3"));

    // Then
    JsonNode lots = lots();
    assertThat(all(lots, "status")).containsExactly("HELD", "AVAILABLE");
    assertThat(all(lots, "remaining")).containsExactly("6.00", "3.00");
    assertThat(lots.get(1).get("created_at")).isEqualTo(lots.get(0).get("created_at"));
    assertThat(lots.get(1).get("expires_at")).isEqualTo(lots.get(0).get("expires_at"));
    assertThat(scrip.balance(holder, asset, "available")).isEqualTo("3.00");
    assertThat(scrip.balance(holder, asset, "held")).isEqualTo("6.00");
    created(scrip.redeem(holder, asset, "3"));
  }

  /**
   * What is held does not expire, so the held rest outlives its end; but what comes back is free,
   * and expires at once. The rest does so when it is released.
   */
  @Test
  void aHoldMeetsTheEndOfTheLot() {
    // Given
    credit("10");
    String redemption = scrip.redeemed(holder, asset, "4");
    hold();
    clock.advance(TO_THE_END);

    // When
    created(scrip.reverse(redemption, ""));

    // Then
    assertThat(all(lots(), "status")).containsExactly("HELD", "EXPIRED");
    assertThat(scrip.available(holder, asset)).isEqualTo("0.00");
    assertThat(scrip.balance(holder, asset, "held")).isEqualTo("6.00");
    select(Action.RELEASE, Bucket.HELD, account(Bucket.AVAILABLE), new LotRule.Stamp.Cleared());
    assertThat(all(lots(), "status")).containsExactly("EXPIRED", "EXPIRED");
  }

  /** The rest was given up, not what had been redeemed before: that comes back into the lot. */
  @Test
  void aReversalMeetsAForfeit() {
    // Given
    credit("10");
    String redemption = scrip.redeemed(holder, asset, "4");
    String lot = all(lots(), "id").getFirst();
    select(Action.FORFEIT, Bucket.AVAILABLE, issuance(), new LotRule.Stamp.Kept());

    // When
    created(scrip.reverse(redemption, ""));

    // Then
    assertThat(all(lots(), "id")).containsExactly(lot);
    assertThat(all(lots(), "remaining")).containsExactly("4.00");
    assertThat(scrip.available(holder, asset)).isEqualTo("4.00");
  }

  /**
   * The lot is long gone, and its rest with it. Its part comes back all the same, for the value is
   * the client's to give back, and goes the way of the rest.
   */
  @Test
  void aReversalMeetsTheExpiryOfTheLot() {
    // Given
    credit("10");
    String redemption = scrip.redeemed(holder, asset, "4");
    clock.advance(TO_THE_END);
    expire();

    // When
    created(scrip.reverse(redemption, ""));

    // Then
    assertThat(all(lots(), "status")).containsExactly("EXPIRED");
    refused(scrip.redeem(holder, asset, "1"), 422, "insufficient_balance");
    expire();
    assertThat(all(lots(), "remaining")).containsExactly("0.00");
    refused(scrip.reverse(redemption, ""), 422, "reversal_exceeds_redemption");
  }

  /**
   * That a lot matures is the course of time, which a suspension does not stop; to redeem is an
   * operation of the programme, which it does.
   */
  @Test
  void aSuspensionMeetsALotThatHasMatured() {
    // Given
    Instant due = clock.instant().plusSeconds(5);
    defer("10", due);
    assertThat(scrip.balance(holder, asset, "deferred")).isEqualTo("10.00");
    refused(scrip.redeem(holder, asset, "1"), 422, "insufficient_balance");
    scrip.programStatus(scrip.program, "SUSPENDED");
    clock.advance(Duration.ofSeconds(5));
    mature();

    // When
    var suspended = scrip.redeem(holder, asset, "1");

    // Then
    refused(suspended, 409, "program_inactive");
    assertThat(scrip.available(holder, asset)).isEqualTo("10.00");
    scrip.programStatus(scrip.program, "ACTIVE");
    created(scrip.redeem(holder, asset, "1"));
  }

  /** The answer is about what was done, which a suspension does not undo. */
  @Test
  void aSuspensionMeetsAReplay() {
    // Given
    credit("10");
    String path = "/v1/participants/" + holder + "/redemptions";
    String body = scrip.redemption(asset, "4", "k");
    String first = scrip.client.post(path, body).text();
    scrip.programStatus(scrip.program, "SUSPENDED");

    // When
    var again = scrip.client.post(path, body);

    // Then
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.text()).isEqualTo(first);
  }

  private void credit(String amount) {
    ok(
        scrip.adjust(
            "participants", holder, asset, "CREDIT", amount, json(",'expires_at':'%s'", end)));
  }

  private JsonNode lots() {
    return scrip.lots(holder, asset, "");
  }

  private void hold() {
    select(
        Action.HOLD,
        Bucket.AVAILABLE,
        account(Bucket.HELD),
        new LotRule.Stamp.Held(Optional.of("order 5")));
  }

  private void expire() {
    due(Action.EXPIRATION, Bucket.AVAILABLE, issuance(), LotFilter.State.EXPIRED);
  }

  private void mature() {
    due(Action.MATURITY, Bucket.DEFERRED, account(Bucket.AVAILABLE), LotFilter.State.MATURED);
  }

  private void defer(String amount, Instant due) {
    var marks = LotMarks.of(Optional.of(due), Optional.empty());
    var rule = new LotRule.Automatic(Optional.empty(), marks);
    Amount units = Amount.of(100 * Long.parseLong(amount));
    credit("1");
    ok(scrip.adjust("participants", holder, asset, "DEBIT", "1", ""));
    move(Action.CREDIT, Leg.of(issuance(), account(Bucket.DEFERRED), units, rule));
  }

  /** Everything that can be spent there. */
  private void select(Action action, Bucket from, AccountRef to, LotRule.Stamp stamp) {
    move(action, from, to, new LotRule.Selected(LotFilter.ANY, LotRule.Extent.AT_MOST, stamp));
  }

  /** What the gateway does by itself in the course of time; it may have done so already. */
  private void due(Action action, Bucket from, AccountRef to, LotFilter.State state) {
    Set<LotId> lots =
        all(lots(), "id").stream()
            .map(id -> new LotId(UUID.fromString(id)))
            .collect(Collectors.toSet());
    var rule =
        new LotRule.Selected(
            LotFilter.due(lots, state), LotRule.Extent.AT_MOST, new LotRule.Stamp.Kept());
    Outcome outcome = outcome(action, Leg.of(account(from), to, Amount.MAX, rule));
    if (outcome instanceof Outcome.Refused refused) {
      assertThat(refused.reason()).isInstanceOf(LedgerRefusal.NothingToMove.class);
    } else {
      assertThat(outcome).isInstanceOf(Outcome.Posted.class);
    }
  }

  private void move(Action action, Bucket from, AccountRef to, LotRule rule) {
    move(action, Leg.of(account(from), to, Amount.MAX, rule));
  }

  private void move(Action action, Leg leg) {
    assertThat(outcome(action, leg)).isInstanceOf(Outcome.Posted.class);
  }

  private Outcome outcome(Action action, Leg leg) {
    var services = gateway.services();
    var detail = new EntryDetail(id(scrip.program), id(asset), action.name());
    var command =
        TransferCommand.of(Principal.operator(scrip.tenant), services.transferId(), action.kind())
            .detail(detail.begin().toText())
            .to(new Intent.Move(leg));
    return Await.result(services.pipeline().submit(command));
  }

  private AccountRef account(Bucket bucket) {
    return AccountRef.of(new HolderId(id(holder)), new AssetId(id(asset)), bucket, AccountKind.LOT);
  }

  private AccountRef issuance() {
    UUID system = Digest.start().add(Names.SYSTEM).add(Names.ISSUANCE).toUuid();
    return AccountRef.of(
        new HolderId(system), new AssetId(id(asset)), Bucket.AVAILABLE, AccountKind.SYSTEM);
  }

  private static UUID id(String text) {
    return UUID.fromString(text);
  }
}
