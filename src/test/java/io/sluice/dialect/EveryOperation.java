package io.sluice.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dialect.DialectFixture.World;
import io.sluice.store.access.TenantRate;
import io.sluice.testing.RawClient;
import io.sluice.testing.Reply;
import io.sluice.testing.TestClient;
import io.sluice.testing.TestingGateway;
import io.sluice.testing.Waiting;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What any operation may be answered, whatever it does: each of it is got from every one. */
abstract class EveryOperation extends NamedInputs {
  private static final String TOO_MUCH = "\"" + "x".repeat(1_048_576) + "\"";

  private static final int UNAVAILABLE = 503;

  /** The least that there is. */
  private static final TenantRate SELDOM = new TenantRate(1, 1);

  /** Transfers wait for a connection until their deadline. */
  private static final Map<String, String> IMPATIENT =
      Map.of(
          "pipeline.deadlineMs", "500",
          "pipeline.flushTimeoutMs", "400",
          "database.statementTimeoutMs", "300",
          "database.lockTimeoutMs", "200");

  private static final Map<String, String> LITTLE_MEMORY =
      Map.of("http.bodyBudgetBytes", "1048576");

  /** Header lines that take more memory than a connection is reckoned with. */
  private static final String HEAVY = "a:\r\n".repeat(80);

  /** So many unfinished requests with heavy heads there is no memory for. */
  private static final int CROWD = 120;

  @Test
  void refusesOtherMethodsOnEveryPath() {
    for (Ask ask : asksToRefuse()) {
      Reply reply = new Ask("PURGE", ask.target(), ask.headers(), "").send(world.client());

      assertFault(reply, new Fault.MethodNotAllowed("x", "x"));
    }
  }

  @Test
  void refusesTooLongABodyOnEveryOperationThatTakesOne() {
    takingBodies()
        .forEach(
            ask ->
                assertFault(
                    ask.withBody(TOO_MUCH).send(world.client()), new Fault.BodyTooLarge(1)));
  }

  @Test
  void refusesOtherMediaTypesOnEveryOperationThatTakesABody() {
    takingBodies()
        .forEach(
            ask ->
                assertFault(
                    typed(ask, "text/plain").send(world.client()),
                    new Fault.UnsupportedMediaType("x")));
  }

  private static Ask typed(Ask ask, String type) {
    Map<String, String> headers = new HashMap<>(ask.headers());
    headers.put("Content-Type", type);
    return new Ask(ask.method(), ask.target(), headers, ask.body());
  }

  @Test
  void refusesMalformedJsonOnEveryOperationThatTakesABody() {
    takingBodies()
        .forEach(
            ask ->
                assertFault(
                    ask.withBody("{").send(world.client()).first(), new Fault.InvalidJson("x")));
  }

  @Test
  void refusesRepeatedHeadersOnEveryOperation() {
    for (Ask ask : asksToRefuse()) {
      Reply reply = send(gateway, head(ask, world, 2, ""), ask);

      assertFault(reply, new Fault.BadRequest("x"));
    }
  }

  @Test
  void refusesWhatItHasNoMemoryForOnEveryOperation() {
    try (TestingGateway small = start(LITTLE_MEMORY)) {
      World own = fixture.newWorld(small);
      List<Ask> asks = own.everyOperation();
      List<RawClient> halves = fill(small, own);

      List<Reply> replies =
          asks.stream().map(ask -> send(small, head(ask, own, 1, HEAVY), ask)).toList();

      halves.forEach(RawClient::close);
      assertThat(replies).allSatisfy(this::assertOverloaded);
    }
  }

  /** Takes all the memory that there is for what clients of one address have not finished. */
  private List<RawClient> fill(TestingGateway small, World own) {
    List<RawClient> halves = new ArrayList<>();
    Ask good = own.transfer(newKey());
    for (int i = 0; i < CROWD; i++) {
      halves.add(small.raw().send(head(good, own, 1, HEAVY)).send("{"));
    }
    assertThat(halves.getLast().read().status()).isEqualTo(statusOf(overloaded()));
    return halves;
  }

  private static Reply send(TestingGateway to, String head, Ask ask) {
    try (RawClient raw = to.raw()) {
      Reply reply = raw.send(head).send(ask.body().getBytes(StandardCharsets.UTF_8)).read();
      to.check().check(ask.method(), ask.target(), reply);
      return reply;
    }
  }

  /**
   * All before the body.
   *
   * @param times how often each header is there
   * @param more further lines
   */
  private static String head(Ask ask, World world, int times, String more) {
    int length = ask.body().getBytes(StandardCharsets.UTF_8).length;
    var head = new StringBuilder(ask.method() + " " + ask.target() + " HTTP/1.1\r\nHost: x\r\n");
    var headers = new HashMap<>(Map.of("Content-Type", "application/json"));
    headers.putAll(world.client().headers());
    headers.putAll(ask.headers());
    headers.forEach((name, value) -> head.append((name + ": " + value + "\r\n").repeat(times)));
    return head + more + "Content-Length: " + length + "\r\n\r\n";
  }

  @Test
  void refusesWhoMayNotOnEveryOperation() {
    world
        .powerless()
        .ifPresent(
            client -> {
              for (Ask ask : asksToRefuse()) {
                if (!isOpen(ask)) {
                  Reply reply = ask.send(client);

                  assertThat(reply.status()).as(() -> ask + "\n" + reply).isEqualTo(403);
                  fixture.assertErrorShape(reply);
                }
              }
            });
    assertMoved(0);
  }

  @Test
  void letsWhoAsksTooOftenWaitOnEveryOperation() {
    World own = fixture.newWorld(gateway);
    List<Ask> asks = own.everyOperation().stream().filter(ask -> !isOpen(ask)).toList();
    gateway.limit(own.tenant(), SELDOM);

    for (Ask ask : asks) {
      var last = new AtomicReference<Reply>();
      Waiting.until(
          () -> {
            last.set(ask.send(own.client()));
            return last.get().status() == statusOf(overloaded());
          });
      assertOverloaded(last.get());
    }
  }

  @Test
  void answersADefectOnEveryOperation() {
    try (TestingGateway broken = start(Map.of())) {
      World own = fixture.newWorld(broken);
      TestClient client = own.client();
      List<Ask> asks = own.everyOperation();
      broken.database().hideTables();

      for (Ask ask : asks) {
        Reply reply = ask.send(client).first();

        assertThat(reply.status())
            .as(() -> ask + "\n" + reply)
            .isEqualTo(statusOf(new Fault.Defect()));
      }
    }
  }

  /** To somebody who is known, and to somebody who is yet to be looked up. */
  @Test
  void answersThatTheDatabaseIsGoneOnEveryOperation() {
    try (TestingGateway cut = start(IMPATIENT)) {
      World own = fixture.newWorld(cut);
      TestClient client = own.client();
      Optional<TestClient> stranger = own.powerless();
      List<Ask> asks = own.everyOperation();
      cut.database().close();

      List<CompletableFuture<Reply>> sent =
          Stream.concat(Stream.of(client), stranger.stream())
              .flatMap(who -> asks.stream().map(ask -> ask.sendAsync(who)))
              .toList();

      for (Reply whole : sent.stream().map(CompletableFuture::join).toList()) {
        Reply reply = whole.first();
        assertThat(reply.status())
            .as(reply::toString)
            .isIn(
                statusOf(new Fault.NothingDone()),
                statusOf(new Fault.Unavailable()),
                statusOf(new Fault.DeadlinePassed()),
                UNAVAILABLE);
        fixture.assertErrorShape(reply);
      }
    }
  }

  private List<Ask> takingBodies() {
    return asksToRefuse().stream()
        .filter(ask -> endpointOf(ask).consumes() != Endpoint.Consumes.NOTHING)
        .toList();
  }
}
