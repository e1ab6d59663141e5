package io.sluice.dialect.scrip;

import static io.sluice.dialect.scrip.ScripFixture.all;
import static io.sluice.dialect.scrip.ScripFixture.json;
import static io.sluice.dialect.scrip.ScripFixture.ok;
import static io.sluice.dialect.scrip.ScripFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Chore;
import io.sluice.dialect.Json;
import io.sluice.events.Receiver;
import io.sluice.store.Verifier;
import io.sluice.testing.Await;
import io.sluice.testing.Reply;
import io.sluice.testing.SettableClock;
import io.sluice.testing.TestingGateway;
import io.sluice.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lots that mature and expire by themselves. */
class DueLotsTest {
  private static final SettableClock CLOCK = SettableClock.atPresent();
  private static final Duration HOUR = Duration.ofHours(1);
  private static TestingGateway gateway;

  private final ScripFixture scrip = new ScripFixture(gateway);
  private final String asset = scrip.lots();
  private final String holder = scrip.participant();

  @BeforeAll
  static void start() {
    gateway =
        TestingGateway.start(Map.of("scrip.dueLots.atOnce", "2", "events.pollMs", "20"), CLOCK);
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static Chore chore() {
    return gateway.dialect("scrip").chores().getFirst();
  }

  private static Chore.Round round() {
    return Await.result(chore().work().get());
  }

  private static String in(Duration time) {
    return CLOCK.instant().plus(time).toString();
  }

  private Reply credit(String amount, String more) {
    return scrip.adjust("participants", holder, asset, "CREDIT", amount, more);
  }

  private void hold(String more) {
    move("hold", more);
  }

  private void move(String operation, String more) {
    ok(scrip.move("participants", holder, operation, asset, more));
  }

  private static String expires(Duration after) {
    return ",'expires_at':'" + in(after) + "'";
  }

  private static String matures(Duration after) {
    return ",'matures_at':'" + in(after) + "'";
  }

  private JsonNode entries(String action) {
    return ok(scrip.client.get(
            "/v1/journal-entries?participant_id=" + holder + "&action_type=" + action))
        .get("data");
  }

  @Test
  void whatIsDeferredMaturesWithAnEntry() {
    // Given
    JsonNode credited = ok(credit("5", matures(HOUR) + ",'reference_id':'bonus'")).get("balance");
    refused(scrip.transfer(asset, holder, scrip.participant(), "1"), 422, "insufficient_balance");
    CLOCK.advance(Duration.ofHours(2));

    // When
    round();

    // Then
    assertThat(credited.toString())
        .isEqualTo(json("{'available':'0.00','held':'0.00','deferred':'5.00'}"));
    assertThat(scrip.balance(holder, asset, "available")).isEqualTo("5.00");
    assertThat(scrip.balance(holder, asset, "deferred")).isEqualTo("0.00");
    JsonNode lot = scrip.lots(holder, asset, "&reference_id=bonus").get(0);
    assertThat(lot.get("status").asText()).isEqualTo("AVAILABLE");
    JsonNode entry = entries("MATURITY").get(0);
    assertThat(entry.get("program_id").asText()).isEqualTo(scrip.program);
    assertThat(entry.get("created_by_api_key_id").isNull()).isTrue();
  }

  @Test
  void whatHasExpiredIsUnspendableAtOnceAndGoesWithAnEntry() {
    // Given
    ok(credit("5", expires(HOUR)));
    ok(credit("7", ""));
    CLOCK.advance(Duration.ofHours(2));
    String before = scrip.balance(holder, asset, "available");
    List<String> early = all(scrip.lots(holder, asset, "&status=EXPIRED"), "remaining");

    // When
    round();

    // Then
    assertThat(before).isEqualTo("7.00");
    assertThat(early).containsExactly("5.00");
    assertThat(all(scrip.lots(holder, asset, "&status=EXPIRED"), "remaining"))
        .containsExactly("0.00");
    assertThat(scrip.lots(holder, asset, "&status=CONSUMED")).isEmpty();
    assertThat(scrip.balance(holder, asset, "available")).isEqualTo("7.00");
    assertThat(entries("EXPIRATION")).hasSize(1);
  }

  @Test
  void whatIsHeldExpiresOnlyAfterItsRelease() {
    // Given
    ok(credit("5", expires(HOUR)));
    hold("");
    CLOCK.advance(Duration.ofHours(2));
    round();
    String held = scrip.balance(holder, asset, "held");
    move("release", "");

    // When
    round();

    // Then
    assertThat(held).isEqualTo("5.00");
    assertThat(scrip.balance(holder, asset, "held")).isEqualTo("0.00");
    assertThat(all(scrip.lots(holder, asset, ""), "status")).containsExactly("EXPIRED");
    assertThat(entries("EXPIRATION")).hasSize(1);
  }

  @Test
  void manyGatewaysExpireEachLotOnce() {
    // Given
    for (int i = 0; i < 10; i++) {
      ok(credit("1", expires(HOUR)));
    }
    CLOCK.advance(Duration.ofHours(2));

    // When
    for (int i = 0; i < 5; i++) {
      List<? extends Future<?>> rounds = List.of(chore().work().get(), chore().work().get());
      Await.result(Future.join(rounds));
    }

    // Then
    assertThat(all(scrip.lots(holder, asset, ""), "status")).containsOnly("EXPIRED").hasSize(10);
    assertThat(scrip.balance(holder, asset, "available")).isEqualTo("0.00");
    assertThat(Verifier.run(gateway.database().database(), progress -> {}).findings()).isEmpty();
  }

  @Test
  void anArchivedAssetKeepsNobodyElseWaiting() {
    // Given
    for (int i = 0; i < 4; i++) {
      ok(credit("1", expires(HOUR)));
    }
    ok(scrip.client.send("PATCH", "/v1/assets/" + asset, json("{'status':'ARCHIVED'}")));
    String other = scrip.lots();
    ok(scrip.adjust("participants", holder, other, "CREDIT", "1", expires(Duration.ofMinutes(90))));
    CLOCK.advance(Duration.ofHours(2));

    // When
    round();
    round();
    round();

    // Then
    assertThat(all(scrip.lots(holder, other, ""), "remaining")).containsExactly("0.00");
    assertThat(all(scrip.lots(holder, asset, ""), "remaining")).containsOnly("1.00");
  }

  @ParameterizedTest(name = "{0} others, after {1} minutes")
  @CsvSource({"2, 0", "22, 10"})
  void whatBecameDueInThePastHasItsTurnAlthoughOthersAreStuck(int stuck, int minutes) {
    // Given a lot that is held beyond its expiry, and others that nothing can be done about
    ok(credit("5", expires(Duration.ofMinutes(30))));
    hold("");
    String archived = scrip.lots();
    for (int i = 0; i < stuck; i++) {
      ok(scrip.adjust("participants", holder, archived, "CREDIT", "1", expires(HOUR)));
    }
    ok(scrip.client.send("PATCH", "/v1/assets/" + archived, json("{'status':'ARCHIVED'}")));
    CLOCK.advance(Duration.ofHours(2));
    finish();
    move("release", "");
    finish();
    String soon = all(scrip.lots(holder, asset, ""), "remaining").getFirst();
    CLOCK.advance(Duration.ofMinutes(minutes));

    // When
    finish();

    // Then
    assertThat(soon).isEqualTo(minutes == 0 ? "0.00" : "5.00");
    assertThat(all(scrip.lots(holder, asset, ""), "remaining")).containsExactly("0.00");
  }

  /** Does all that is due; what stays is what cannot be done. */
  private static void finish() {
    while (round().more()) {
      // Once more.
    }
  }

  @Test
  void tellsOfWhatExpiredButNotOfWhatMatured() {
    // Given
    Vertx vertx = Vertx.vertx();
    Receiver receiver = Receiver.start(vertx);
    scrip.listen(receiver);
    String group = scrip.group();
    ok(credit("5", expires(HOUR)));
    ok(credit("7", expires(HOUR)));
    ok(scrip.adjust("groups", group, asset, "CREDIT", "2", expires(HOUR)));
    ok(credit("4", matures(HOUR)));
    CLOCK.advance(Duration.ofHours(2));
    finish();

    // When
    Waiting.until(() -> ScripFixture.told(receiver, "balance.expired").size() > 1);

    // Then
    List<JsonNode> told = ScripFixture.told(receiver, "balance.expired");
    assertThat(members(told, "group_id")).containsExactlyInAnyOrder("", group);
    assertThat(members(told, "participant_id")).containsExactlyInAnyOrder("", holder);
    assertThat(members(told, "amount")).containsExactlyInAnyOrder("12.00", "2.00");
    assertThat(members(told, "bucket")).containsOnly("AVAILABLE");
    assertThat(members(told, "program_id")).containsOnly(scrip.program);
    assertThat(entries("MATURITY")).hasSize(1);
    assertThat(types(receiver))
        .containsOnly("balance.credited", "balance.expired", "participant.created");
    Await.result(vertx.close());
  }

  private static List<String> members(List<JsonNode> told, String member) {
    return told.stream().map(data -> data.path(member).asText()).toList();
  }

  private static Set<String> types(Receiver receiver) {
    return receiver.bodies().stream()
        .map(body -> Json.parse(body).get("type").asText())
        .collect(Collectors.toSet());
  }
}
