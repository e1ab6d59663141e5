package io.sluice.dialect.corebanq;

import static io.sluice.dialect.corebanq.User.assertError;
import static io.sluice.dialect.corebanq.User.line;
import static io.sluice.dialect.corebanq.User.lines;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.Gauge;
import io.sluice.dialect.Json;
import io.sluice.ledger.TenantId;
import io.sluice.store.access.TenantRate;
import io.sluice.testing.RawClient;
import io.sluice.testing.Reply;
import io.sluice.testing.SettableClock;
import io.sluice.testing.TestingGateway;
import io.sluice.testing.Waiting;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What requests of many lines may take of a gateway, and what ends them. */
class BulkLimitsTest {
  private static final int WINDOW = 8;

  /** Two windows. */
  private static final Map<String, String> SMALL =
      Map.of(
          "bulk.windowLines", Integer.toString(WINDOW),
          "bulk.maxLines", Integer.toString(2 * WINDOW));

  private static final SettableClock CLOCK = SettableClock.atPresent();

  private static TestingGateway gateway;

  private final Room room = new Room(gateway);
  private final TenantId tenant = room.newTenant();
  private final User user = room.user(tenant);
  private final UUID source = user.ledger(1_000);
  private final UUID destination = user.ledger(0);

  @BeforeAll
  static void start() {
    gateway = TestingGateway.start(SMALL, CLOCK);
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private String one() {
    return line(source, destination, 1, UUID.randomUUID(), "") + "\n";
  }

  private static String chunk(String text) {
    return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
  }

  /** A request that has sent one line, read its answer, and may send more. */
  private RawClient open() {
    return open(user);
  }

  private RawClient open(User who) {
    RawClient raw = gateway.raw().send(who.linesHead("Transfer-Encoding: chunked"));
    assertThat(raw.send(chunk(one())).readLine("{")).startsWith("{\"line\":1,\"status\":201");
    return raw;
  }

  /** Of all nodes, where there are several. */
  private static int gauge(String name) {
    return (int) gateway.registry().get(name).gauges().stream().mapToDouble(Gauge::value).sum();
  }

  private Reply send(String body) {
    return lines(body).send(user.client());
  }

  /** With an account in the hands of somebody else nothing comes out of the pipeline. */
  @Test
  void holdsUpASenderWhileItsWindowIsFull() throws SQLException {
    // Given
    CompletableFuture<Reply> reply;
    try (Connection stranger = gateway.database().database().dataSource().getConnection();
        Statement statement = stranger.createStatement()) {
      stranger.setAutoCommit(false);
      statement.execute(
          "SELECT 1 FROM account WHERE tenant_id = %d FOR UPDATE".formatted(tenant.value()));

      // When
      reply = lines(many(101)).sendAsync(user.client());

      // Then
      Waiting.until(() -> gauge("sluice.pipeline.quarantine.commands") == WINDOW);
      assertThat(gauge("sluice.bulk.lines")).isEqualTo(WINDOW);
      stranger.rollback();
    }
    assertThat(reply.join().text()).endsWith("{\"complete\":true,\"lines\":101}\n");
    assertThat(user.balance(destination)).isEqualTo(101);
    Waiting.until(() -> gauge("sluice.bulk.lines") == 0);
  }

  private String many(int count) {
    var lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      lines.append(one());
    }
    return lines.toString();
  }

  @Test
  void refusesARequestForWhoseWindowThereIsNoRoom() {
    // Given
    try (RawClient first = open();
        RawClient second = open()) {
      // When
      Reply third = send(one());

      // Then
      assertError(third, 429, "request.rate_limited");
      assertThat(third.header("Retry-After")).contains("1");
      first.send("0\r\n\r\n").readLine("{\"complete\":true");
      assertThat(send(one()).status()).isEqualTo(200);
      second.send("0\r\n\r\n").readLine("{\"complete\":true");
    }
  }

  @Test
  void givesTheWindowOfAClientThatLeavesToTheNext() {
    // Given
    try (RawClient other = open()) {
      open().reset();

      // When
      Waiting.until(() -> send(one()).status() == 200);

      // Then
      other.send("0\r\n\r\n").readLine("{\"complete\":true");
    }
  }

  /** As often as there are windows. */
  @Test
  void givesTheWindowsOfClientsThatLeaveWhileTheyAreFullToTheNext() throws SQLException {
    // Given
    try (Connection stranger = gateway.database().database().dataSource().getConnection();
        Statement statement = stranger.createStatement()) {
      stranger.setAutoCommit(false);
      statement.execute(
          "SELECT 1 FROM account WHERE tenant_id = %d FOR UPDATE".formatted(tenant.value()));
      RawClient first = gateway.raw().send(user.linesHead("Transfer-Encoding: chunked"));
      RawClient second = gateway.raw().send(user.linesHead("Transfer-Encoding: chunked"));
      first.send(chunk(many(2 * WINDOW)));
      second.send(chunk(many(2 * WINDOW)));
      Waiting.until(() -> gauge("sluice.bulk.lines") == 2 * WINDOW);

      // When
      first.reset();
      second.reset();
      Waiting.until(() -> gauge("sluice.http.bodies") == 0);
      stranger.rollback();
    }

    // Then
    Waiting.until(() -> send(one()).status() == 200);
    Waiting.until(() -> gauge("sluice.bulk.lines") == 0);
  }

  @Test
  void countsABodyThatIsTakenAsItComesUntilItHasCome() {
    // Given
    try (RawClient raw = open()) {
      Waiting.until(() -> gauge("sluice.http.bodies") == 1);

      // When
      raw.send("0\r\n\r\n").readLine("{\"complete\":true");

      // Then
      Waiting.until(() -> gauge("sluice.http.bodies") == 0);
    }
  }

  @Test
  void asksForEachLineWhetherItsTokenStillCounts() {
    // Given
    Instant soon = CLOCK.instant().plusSeconds(60);
    var brief = new User(user.id(), room.bearer(room.token("corebanq", tenant, user.id(), soon)));
    try (RawClient raw = open(brief)) {
      CLOCK.advance(Duration.ofSeconds(61));

      // When
      String told = raw.send(chunk(one())).readLine("{");

      // Then
      assertThat(told).startsWith("{\"line\":2,\"status\":401").contains("auth.invalid_token");
    }
  }

  /** One for the head, and the clock stands. */
  @Test
  void letsEachLineCountAsARequestWhereATenantHasARate() {
    // Given
    String four = many(4);
    gateway.limit(tenant, new TenantRate(1, 3));

    // When
    List<JsonNode> told = send(four).text().lines().map(Json::parse).toList();

    // Then
    assertThat(told.stream().limit(4).map(each -> each.get("status").intValue()))
        .containsExactly(201, 201, 429, 429);
    assertThat(told.get(3).get("retry_after").intValue()).isOne();
    assertThat(told.get(4).get("complete").booleanValue()).isTrue();
  }

  @Test
  void endsWithTheTruthWhereNothingComesForTooLong() {
    // Given
    try (TestingGateway impatient = TestingGateway.start(Map.of("http.bodyTimeoutMs", "300"))) {
      var own = new Room(impatient);
      User other = own.user(own.newTenant());
      String line = line(other.ledger(5), other.ledger(0), 1, UUID.randomUUID(), "") + "\n";
      try (RawClient raw = impatient.raw()) {
        // When
        raw.send(other.linesHead("Transfer-Encoding: chunked") + chunk(line));

        // Then
        Reply reply = raw.read();
        assertThat(reply.text())
            .contains(
                "{\"complete\":false,\"lines\":1,\"status\":408,\"body\":{\"code\":\"request.");
        assertThat(raw.isHungUp()).isTrue();
      }
    }
  }

  /** Whose token it is has to be looked up, and what is looked up is not there. */
  @Test
  void answersADefectThatKeepsItFromBeginning() {
    // Given
    try (TestingGateway broken = TestingGateway.start()) {
      var own = new Room(broken);
      TenantId theirs = own.newTenant();
      User other = own.user(theirs);
      String line = line(UUID.randomUUID(), UUID.randomUUID(), 1, UUID.randomUUID(), "");
      var unknown =
          new User(
              other.id(),
              own.bearer(
                  own.token("corebanq", theirs, other.id(), Instant.now().plusSeconds(3_600))));
      broken.database().hideTables();

      // When
      Reply reply = lines(line).send(unknown.client());

      // Then
      assertError(reply, 500, "internal.error");
    }
  }

  @Test
  void endsWithTheTruthWhereTheGatewayStops() {
    // Given
    TestingGateway stopping = TestingGateway.start();
    var own = new Room(stopping);
    User other = own.user(own.newTenant());
    String line = line(other.ledger(5), other.ledger(0), 1, UUID.randomUUID(), "") + "\n";
    try (RawClient raw = stopping.raw()) {
      raw.send(other.linesHead("Transfer-Encoding: chunked") + chunk(line)).readLine("{\"line\":1");

      // When
      var stopped = CompletableFuture.runAsync(stopping::close);

      // Then
      assertThat(raw.readLine("{\"complete\""))
          .startsWith("{\"complete\":false,\"lines\":1,\"status\":429,\"retry_after\":1,");
      assertThat(raw.readToEnd()).endsWith("0\r\n\r\n");
      stopped.join();
    }
  }
}
