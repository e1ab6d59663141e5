package io.sluice.dialect.scrip;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ErrorAnswer;
import io.sluice.dialect.Json;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.Bucket;
import io.sluice.ledger.Check;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.Intent;
import io.sluice.ledger.LedgerRefusal.InsufficientFunds;
import io.sluice.ledger.Leg;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.Principal;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferCommand;
import io.sluice.ledger.TransferId;
import io.sluice.testing.StubCall;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a transfer becomes before anything is asked of the books. */
class TransferPlanTest {
  private static final HolderId PROGRAM = holder(1);
  private static final UUID ASSET = new UUID(0, 2);
  private static final AssetRules RULES = new AssetRules(new AssetId(ASSET), 2, false, false);
  private static final HolderId ANNA = holder(3);
  private static final HolderId BEN = holder(4);
  private static final HolderId CLUB = holder(5);
  private static final TransferId ID = new TransferId(new UUID(7, 7));

  private final Map<Party, HolderId> holders =
      new HashMap<>(
          Map.of(
              new Party(Party.Kind.EXTERNAL_ID, "anna"), ANNA,
              new Party(Party.Kind.EXTERNAL_ID, "ben"), BEN,
              new Party(Party.Kind.PARTICIPANT_ID, BEN.value().toString()), BEN,
              new Party(Party.Kind.GROUP_ID, CLUB.value().toString()), CLUB));
  private Optional<HolderId> program = Optional.of(PROGRAM);
  private Optional<AssetRules> rules = Optional.of(RULES);
  private boolean linked = true;

  @Test
  void paysEachRowFromTheSource() {
    // Given
    TransferPlan plan = plan("{'external_id':'ben','amount':'1.5'}," + club("0.25"));

    // When
    TransferCommand command = command(plan);

    // Then
    assertThat(command.legs())
        .containsExactly(
            Leg.of(account(ANNA), account(BEN), Amount.of(150)),
            Leg.of(account(ANNA), account(CLUB), Amount.of(25)));
    assertThat(command.intent().checks())
        .extracting(check -> check.ofHolder().holder())
        .containsExactly(PROGRAM, new HolderId(ASSET), ANNA, BEN, CLUB, new HolderId(ASSET));
    assertThat(command.detail())
        .isEqualTo(
            ("{'program_id':'%s','asset_id':'%s','source_id':'%s','recipient_count':2,"
                    + "'total_amount':'1.75','description':'x'}")
                .formatted(PROGRAM.value(), ASSET, ANNA.value())
                .replace('\'', '"'));
  }

  @Test
  void looksOnceAtWhoeverIsInSeveralRows() {
    // Given
    String byId = "{'participant_id':'" + BEN.value() + "','amount':'2'}";
    TransferPlan plan = plan("{'external_id':'ben','amount':'1'}," + byId);

    // When
    TransferCommand command = command(plan);

    // Then
    assertThat(command.legs()).extracting(Leg::credit).containsExactly(account(BEN), account(BEN));
    assertThat(command.intent().checks()).hasSize(5);
  }

  @Test
  void movesNothingOfADoomedTransfer() {
    // Given
    TransferPlan plan =
        plan("{'external_id':'ben','amount':'1'},{'external_id':'nobody','amount':'1'}");

    // When
    TransferCommand command = command(plan);

    // Then
    assertThat(command.legs()).isEmpty();
    assertThat(command.detail()).isEqualTo("{}");
    assertThat(command.intent().checks())
        .extracting(check -> check.ofHolder().holder())
        .containsExactly(PROGRAM, new HolderId(ASSET), ANNA, BEN);
    assertThat(message(command))
        .isEqualTo("there is no participant recipients[1].external_id nobody");
  }

  @Test
  void complainsOfOneThingAfterAnother() {
    // Given
    String rows = "{'external_id':'anna','amount':'1'},{'external_id':'ben','amount':'10.001'}";
    holders.remove(new Party(Party.Kind.EXTERNAL_ID, "anna"));
    program = Optional.empty();
    rules = Optional.empty();
    linked = false;

    // Then
    assertThat(complaint(rows)).isEqualTo("there is no program " + PROGRAM.value());
    program = Optional.of(PROGRAM);
    assertThat(complaint(rows)).isEqualTo("there is no asset " + ASSET);
    rules = Optional.of(RULES);
    assertThat(complaint(rows)).endsWith("; link it first");
    linked = true;
    assertThat(complaint(rows)).isEqualTo("there is no participant source_external_id anna");
    holders.put(new Party(Party.Kind.EXTERNAL_ID, "anna"), ANNA);
    assertThat(complaint(rows)).startsWith("recipients[0].external_id is the source itself");
    rows = rows.replace("anna", "ben");
    assertThat(complaint(rows)).startsWith("recipients[1].amount has 3 decimals");
  }

  @Test
  void namesTheFirstAmountAboveWhateverTheCeilingIsByThen() {
    // Given
    String rows = "{'external_id':'ben','amount':'1'}," + club("10.01");

    // When
    var check = (Check.WithinCeiling) command(plan(rows)).intent().checks().getLast();

    // Then
    assertThat(check.holder()).isEqualTo(new HolderId(ASSET));
    assertThat(check.amount()).isEqualTo(Amount.of(11_01));
    assertThat(refusal(check, 10_00)).startsWith("recipients[1].amount is more than");
    assertThat(refusal(check, 99)).startsWith("recipients[0].amount is more than");
    assertThat(refusal(check, 10_50)).startsWith("the total of all amounts is more than");
  }

  private static String refusal(Check.WithinCeiling check, long ceiling) {
    return message(((ErrorAnswer) check.refusal().apply(Amount.of(ceiling))).answer());
  }

  @Test
  void answersFromWhatIsStored() {
    // Given
    TransferPlan plan = plan("{'external_id':'ben','amount':'1'}");
    TransferCommand command = command(plan);
    Receipt posted = receipt(command.detail());
    Receipt earlier = receipt(command.detail().replace("\"1.00\"", "\"9.00\""));

    // When
    Answer first = plan.answer(new Outcome.Posted(posted));

    // Then
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.body().toString())
        .isEqualTo(
            ("{'asset_id':'%s','journal_entry_id':'%s','recipient_count':1,'source_id':'%s',"
                    + "'total_amount':'1.00'}")
                .formatted(ASSET, ID.value(), ANNA.value())
                .replace('\'', '"'));
    assertThat(plan.answer(new Outcome.Replayed(posted)).body()).isEqualTo(first.body());
    assertThat(plan.answer(new Outcome.Replayed(earlier)).body().toString()).contains("9.00");
  }

  @Test
  void answersAReplayWhateverDoomsTheTransferByNow() {
    // Given
    Receipt earlier = receipt(command(plan("{'external_id':'ben','amount':'1'}")).detail());
    linked = false;
    TransferPlan doomed = plan("{'external_id':'ben','amount':'1'}");

    // When
    Answer answer = doomed.answer(new Outcome.Replayed(earlier));

    // Then
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().toString()).contains("\"total_amount\":\"1.00\"");
  }

  @Test
  void saysWhatTheSourceLacks() {
    // Given
    TransferPlan plan = plan("{'external_id':'ben','amount':'1'}");
    var poor = new InsufficientFunds(account(ANNA), Amount.of(-5), Amount.of(100));

    // When
    Answer answer = plan.answer(new Outcome.Refused(poor, Optional.empty()));

    // Then
    assertThat(answer.status()).isEqualTo(422);
    assertThat(message(answer))
        .isEqualTo("source_external_id has -0.05 available, but 1.00 is required");
  }

  private String complaint(String rows) {
    return message(command(plan(rows)));
  }

  private TransferPlan plan(String rows) {
    String body =
        "{'program_id':'%s','asset_id':'%s','description':'x','source_external_id':'anna',"
            + "'recipients':[%s]}";
    var request =
        TransferRequest.read(
            StubCall.ofBody(body.formatted(PROGRAM.value(), ASSET, rows).replace('\'', '"')));
    var named = new ProgramAsset(PROGRAM.value(), ASSET, program, rules, linked);
    return new TransferPlan(request, named, holders);
  }

  private static String club(String amount) {
    return "{'group_id':'" + CLUB.value() + "','amount':'" + amount + "'}";
  }

  private static TransferCommand command(TransferPlan plan) {
    return plan.command(
        Principal.operator(new TenantId(1)), ID, new Events(tenant -> 0, UUID::randomUUID));
  }

  private static String message(TransferCommand command) {
    var doomed = (Intent.Doomed) command.intent();
    return message(((ErrorAnswer) doomed.refusal()).answer());
  }

  private static String message(Answer answer) {
    return Json.parse(answer.body()).get("message").textValue();
  }

  private static Receipt receipt(String detail) {
    return new Receipt(ID, Action.TRANSFER.kind(), true, Instant.EPOCH, detail, List.of());
  }

  private static AccountRef account(HolderId holder) {
    return RULES.account(holder, Bucket.AVAILABLE);
  }

  private static HolderId holder(int number) {
    return new HolderId(new UUID(0, number));
  }
}
