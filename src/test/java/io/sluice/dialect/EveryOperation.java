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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What any operation may be answered, whatever it does: each of it is got from every one. */
abstract class EveryOperation extends NamedInputs {
  private static final String TOO_MUCH = "\"" + "x".repeat(1_048_576) + "\"";

  private static final int UNAVAILABLE = 503;

  private static final String LENGTH = "Content-Length: ";
  private static final String TYPE = "Content-Type";

  private static final Set<String> WHO_AND_WHAT =
      Set.of("Authorization", "X-API-Key", "X-Client-Secret", TYPE);

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
    headers.put(TYPE, type);
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

  /** Each by itself, as one of them would do for all. */
  @Test
  void refusesRepeatedHeadersOnEveryOperation() {
    for (Ask ask : asksToRefuse()) {
      for (Map.Entry<String, String> header : counting(ask).entrySet()) {
        String line = header.getKey() + ": " + header.getValue() + "\r\n";
        String others = head(ask, world, "").replace(line, "");

        Reply reply = send(gateway, others.replace(LENGTH, line + line + LENGTH), ask);

        assertFault(reply, new Fault.BadRequest("x"));
        assertThat(reply.text()).as(ask::toString).containsIgnoringCase(header.getKey());
      }
    }
  }

  /** What says who calls, what is meant, and what a body is. */
  private Map<String, String> counting(Ask ask) {
    Map<String, String> headers = headers(ask, world);
    if (endpointOf(ask).consumes() == Endpoint.Consumes.NOTHING) {
      headers.remove(TYPE);
    }
    headers.keySet().retainAll(isOpen(ask) ? Set.of(TYPE) : WHO_AND_WHAT);
    if (!isOpen(ask)) {
      headers.putIfAbsent(Headers.IDEMPOTENCY_KEY, newKey());
    }
    return headers;
  }

  @Test
  void refusesWhatItHasNoMemoryForOnEveryOperation() {
    try (TestingGateway small = start(LITTLE_MEMORY)) {
      World own = fixture.newWorld(small);
      List<Ask> asks = own.everyOperation();
      List<RawClient> halves = fill(small, own);

      List<Reply> replies =
          asks.stream().map(ask -> send(small, head(ask, own, HEAVY), ask)).toList();

      halves.forEach(RawClient::close);
      assertThat(replies).allSatisfy(this::assertOverloaded);
    }
  }

  /** Takes all the memory that there is for what clients of one address have not finished. */
  private List<RawClient> fill(TestingGateway small, World own) {
    List<RawClient> halves = new ArrayList<>();
    Ask good = own.transfer(newKey());
    for (int i = 0; i < CROWD; i++) {
      halves.add(small.raw().send(head(good, own, HEAVY)).send("{"));
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
   * @param more further lines
   */
  private static String head(Ask ask, World world, String more) {
    int length = ask.body().getBytes(StandardCharsets.UTF_8).length;
    var head = new StringBuilder(ask.method() + " " + ask.target() + " HTTP/1.1\r\nHost: x\r\n");
    headers(ask, world).forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    return head + more + LENGTH + length + "\r\n\r\n";
  }

  private static Map<String, String> headers(Ask ask, World world) {
    var headers = new HashMap<>(Map.of(TYPE, "application/json"));
    headers.putAll(world.client().headers());
    headers.putAll(ask.headers());
    return headers;
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
