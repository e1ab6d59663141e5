package io.sluice.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dialect.DialectFixture.Repeat;
import io.sluice.dialect.DialectFixture.World;
import io.sluice.testing.Await;
import io.sluice.testing.Reply;
import io.sluice.testing.TestClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What every dialect must do, whatever its API looks like. A dialect's own suite extends this with
 * its {@link DialectFixture} and adds a test for each error of its contract.
 */
public abstract class DialectSuite extends PagesSuite {
  private static final int EQUAL_REQUESTS = 8;
  private static final Pattern UUIDS =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  @Test
  void movesValue() {
    Reply reply = world.transfer(newKey()).send(world.client());

    assertSuccess(reply);
    assertThat(reply.contentType()).isEqualTo("application/json");
    assertMoved(1);
  }

  @Test
  void keepsWhichCredentialAskedForATransfer() {
    // Given
    String before = lastTransfer();

    // When
    Reply reply = world.transfer(newKey()).send(world.client());

    // Then
    assertSuccess(reply);
    assertThat(lastTransfer()).isNotEqualTo(before).endsWith(" of its own tenant");
  }

  private String lastTransfer() {
    return Await.result(
            gateway
                .assembly()
                .pools()
                .lookUps()
                .first(
                    "SELECT t.id || CASE WHEN c.tenant_id = t.tenant_id THEN ' of its own tenant'"
                        + " ELSE '' END FROM transfer t LEFT JOIN credential c"
                        + " ON c.number = t.credential ORDER BY t.id DESC LIMIT 1",
                    row -> row.getString(0)))
        .orElse("none");
  }

  @Test
  void answersARepeatedWish() {
    String key = newKey();

    Reply first = world.transfer(key).send(world.client());
    Reply second = world.transfer(key).send(world.client());

    assertSuccess(first);
    assertRepeat(first, second);
    assertMoved(1);
  }

  @Test
  void refusesAUsedKeyForAnotherWish() {
    String key = newKey();

    assertSuccess(world.transfer(key).send(world.client()));
    Reply conflict = world.otherTransfer(key).send(world.client());

    fixture.assertErrorShape(conflict);
    fixture.assertConflict(conflict);
    assertMoved(1);
  }

  @Test
  void keepsTheKeysOfTenantsApart() {
    World other = fixture.newWorld(gateway);
    String key = newKey();

    Reply ours = world.transfer(key).send(world.client());
    Reply theirs = other.transfer(key).send(other.client());

    assertSuccess(ours);
    assertSuccess(theirs);
    assertMoved(1);
  }

  @Test
  void movesValueOnceForEqualRequestsAtOnce() {
    String key = newKey();

    List<CompletableFuture<Reply>> sent = new ArrayList<>();
    for (int i = 0; i < EQUAL_REQUESTS; i++) {
      sent.add(world.transfer(key).sendAsync(world.client()));
    }
    List<Reply> replies = sent.stream().map(CompletableFuture::join).toList();

    Reply first = replies.stream().filter(this::isSuccess).findFirst().orElseThrow();
    replies.stream().filter(reply -> reply != first).forEach(r -> assertRepeat(first, r));
    assertMoved(1);
  }

  @Test
  void refusesBadCredentialsOnEveryOperation() {
    Map<String, TestClient> clients = world.badClients(fixture.newWorld(gateway));
    assertThat(clients.keySet()).contains("missing", "invalid", "foreign");

    clients.forEach(
        (what, client) ->
            asksToRefuse().stream()
                .filter(ask -> !isOpen(ask))
                .forEach(
                    ask -> {
                      Reply reply = ask.send(client);
                      assertThat(reply.status()).as(() -> what + " " + ask).isEqualTo(401);
                      fixture.assertErrorShape(reply);
                    }));
    assertMoved(0);
  }

  @Test
  void answersEveryOperation() {
    World own = fixture.newWorld(gateway);
    var asked = new TreeSet<String>();

    for (Ask ask : own.everyOperation()) {
      Reply reply = ask.send(own.client());
      assertThat(reply.status()).as(() -> ask + "\n" + reply).isBetween(200, 299);
      asked.add(endpointOf(ask).operation());
    }

    assertThat(asked)
        .as("operations that the fixture asks for")
        .isEqualTo(
            dialect.endpoints().stream()
                .map(Endpoint::operation)
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void hidesAForeignTenantsThingsOnEveryOperation() {
    World stranger = fixture.newWorld(gateway);

    for (Ask ask : world.everyOperation()) {
      if (!isOpen(ask)) {
        Reply reply = ask.send(stranger.client());
        assertThat(reply.status()).as(() -> ask + "\n" + reply).isLessThan(500);
        world.secrets().stream()
            .filter(secret -> !ask.target().contains(secret) && !ask.body().contains(secret))
            .forEach(secret -> assertThat(reply.text()).as(ask::toString).doesNotContain(secret));
      }
    }

    assertMoved(0);
  }

  /** Whatever an answer says: no row is another one, and no id is told that was not asked with. */
  @Test
  void leavesAForeignTenantsRowsAloneAndUntoldOnEveryOperation() {
    // Given
    World victim = fixture.newWorld(gateway);
    int tenant = lastTenant();
    List<Ask> asks = victim.everyOperation().stream().filter(ask -> !isOpen(ask)).toList();
    World stranger = fixture.newWorld(gateway);
    Map<String, List<String>> before = TenantRows.of(gateway.database().database(), tenant);
    String rows = before.toString();
    // Both may have chosen the same id for something, such as a currency.
    String own = TenantRows.of(gateway.database().database(), lastTenant()).toString();

    // When
    Map<Ask, Reply> replies = new LinkedHashMap<>();
    asks.forEach(ask -> replies.put(ask, ask.send(stranger.client())));

    // Then
    assertThat(TenantRows.of(gateway.database().database(), tenant)).isEqualTo(before);
    replies.forEach(
        (ask, reply) ->
            assertThat(UUIDS.matcher(reply.text()).results().map(MatchResult::group))
                .as(() -> ask + "\n" + reply)
                .filteredOn(id -> !ask.target().contains(id) && !ask.body().contains(id))
                .filteredOn(id -> !own.contains(id))
                .noneMatch(rows::contains));
  }

  private int lastTenant() {
    return Await.result(
            gateway
                .assembly()
                .pools()
                .lookUps()
                .first("SELECT max(id) FROM tenant", row -> row.getInteger(0)))
        .orElseThrow();
  }

  @Test
  void refusesToMixTwoTenantsThings() {
    World stranger = fixture.newWorld(gateway);
    List<Ask> mixed = world.mixedWith(stranger);
    assertThat(mixed).isNotEmpty();

    for (Ask ask : mixed) {
      Reply reply = ask.send(world.client());
      assertThat(reply.status()).as(() -> ask + "\n" + reply).isBetween(400, 499);
      fixture.assertErrorShape(reply);
    }

    assertMoved(0);
  }

  @Test
  void answersAnUnknownRouteInItsOwnWords() {
    Reply reply = Ask.get(fixture.unknownPath()).send(world.client());

    assertFault(reply, new Fault.NotFound("x"));
  }

  @Test
  void answersAWrongMethodInItsOwnWords() {
    Ask good = world.transfer(newKey());

    Reply reply = new Ask("PATCH", good.target(), Map.of(), good.body()).send(world.client());

    assertFault(reply, new Fault.MethodNotAllowed("x", "x"));
    assertThat(reply.header("Allow").orElseThrow()).contains("POST");
  }

  @Test
  void echoesTheRequestIdOfGoodAndBadRequests() {
    TestClient client = world.client().with("X-Request-Id", "suite-1");

    Reply good = world.transfer(newKey()).send(client);
    Reply bad = world.transfer(newKey()).withBody("{").send(client);
    Reply unknown = Ask.get(fixture.unknownPath()).send(client);
    Reply denied = world.transfer(newKey()).send(gateway.client().with("X-Request-Id", "suite-1"));

    assertThat(List.of(good, bad, unknown, denied))
        .allSatisfy(reply -> assertThat(reply.header("X-Request-Id")).contains("suite-1"));
  }

  private boolean isSuccess(Reply reply) {
    return reply.status() == fixture.successStatus();
  }

  private void assertRepeat(Reply first, Reply second) {
    if (fixture.repeat() == Repeat.SAME_ANSWER) {
      assertThat(second.status()).isEqualTo(first.status());
      assertThat(second.text()).isEqualTo(first.text());
    } else {
      fixture.assertErrorShape(second);
      fixture.assertConflict(second);
    }
  }
}
