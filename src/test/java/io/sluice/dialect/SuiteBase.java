package io.sluice.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.assembly.Dialects;
import io.sluice.dialect.DialectFixture.World;
import io.sluice.testing.Reply;
import io.sluice.testing.TestingGateway;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** What all parts of the shared suite need: a gateway, a world, and the sums before a test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SuiteBase {
  DialectFixture fixture;
  TestingGateway gateway;
  Dialect dialect;
  World world;
  private List<Ask> asksToRefuse = List.of();
  private BigDecimal payerBefore;
  private BigDecimal payeeBefore;

  /** Brings the dialect's fixture. */
  protected abstract DialectFixture fixture();

  @BeforeAll
  void openGateway() {
    fixture = fixture();
    gateway = fixture.providers().equals(Dialects.ALL) ? TestingGateway.shared() : start(Map.of());
    dialect = gateway.dialect(fixture.dialect());
    world = fixture.newWorld(gateway);
  }

  @AfterAll
  void closeGateway() {
    if (gateway != TestingGateway.shared()) {
      gateway.close();
    }
  }

  /** A gateway with the dialect, configured otherwise in these keys. */
  TestingGateway start(Map<String, String> changes) {
    return TestingGateway.start(fixture.providers(), changes, Clock.systemUTC());
  }

  @BeforeEach
  void readBalances() {
    payerBefore = world.payerBalance();
    payeeBefore = world.payeeBalance();
  }

  @AfterEach
  void valueIsNeitherMadeNorLost() {
    assertThat(world.payerBalance().add(world.payeeBalance()))
        .as("payer and payee together")
        .isEqualByComparingTo(payerBefore.add(payeeBefore));
  }

  static String newKey() {
    return UUID.randomUUID().toString();
  }

  void assertMoved(int transfers) {
    BigDecimal moved = world.unit().multiply(BigDecimal.valueOf(transfers));
    assertThat(payerBefore.subtract(world.payerBalance()))
        .as("what left the payer")
        .isEqualByComparingTo(moved);
    assertThat(world.payeeBalance().subtract(payeeBefore))
        .as("what reached the payee")
        .isEqualByComparingTo(moved);
  }

  void assertSuccess(Reply reply) {
    assertThat(reply.status()).as(() -> reply.toString()).isEqualTo(fixture.successStatus());
  }

  /** An error of the client's, in the dialect's words, after which nothing has moved. */
  void assertRefused(Reply reply) {
    assertThat(reply.status()).as(() -> reply.toString()).isBetween(400, 499);
    fixture.assertErrorShape(reply);
    assertThat(reply.header("X-Request-Id")).isPresent();
    assertMoved(0);
  }

  /** An error like the dialect's own answer to a fault. */
  void assertFault(Reply reply, Fault fault) {
    assertThat(reply.status()).as(() -> reply.toString()).isEqualTo(statusOf(fault));
    fixture.assertErrorShape(reply);
    assertThat(reply.header("X-Request-Id")).isPresent();
    assertMoved(0);
  }

  void assertOverloaded(Reply reply) {
    assertThat(reply.status()).as(() -> reply.toString()).isEqualTo(statusOf(overloaded()));
    fixture.assertErrorShape(reply);
    assertThat(reply.header("Retry-After").orElseThrow()).matches("[1-9][0-9]*");
  }

  int statusOf(Fault fault) {
    return dialect.fault(fault).status();
  }

  static Fault.Overloaded overloaded() {
    return new Fault.Overloaded(Duration.ofSeconds(1));
  }

  /** The endpoint that a request is for. */
  Endpoint endpointOf(Ask ask) {
    return dialect.endpoints().stream()
        .filter(endpoint -> endpoint.method().name().equals(ask.method()))
        .filter(endpoint -> matches(endpoint.path(), ask.target().split("\\?")[0]))
        // A literal segment is a better match than a parameter.
        .min((a, b) -> Long.compare(parameters(a), parameters(b)))
        .orElseThrow(() -> new AssertionError("no operation for " + ask));
  }

  /** A good request for every operation, made once, for tests in which none succeeds. */
  List<Ask> asksToRefuse() {
    if (asksToRefuse.isEmpty()) {
      asksToRefuse = world.everyOperation();
      readBalances();
    }
    return asksToRefuse;
  }

  /** Whether whoever calls is answered. */
  boolean isOpen(Ask ask) {
    return fixture.openOperations().contains(endpointOf(ask).operation());
  }

  private static long parameters(Endpoint endpoint) {
    return endpoint.path().chars().filter(c -> c == ':').count();
  }

  private static boolean matches(String template, String path) {
    String[] wanted = template.split("/");
    String[] given = path.split("/");
    boolean same = wanted.length == given.length;
    for (int i = 0; same && i < wanted.length; i++) {
      same = wanted[i].startsWith(":") || wanted[i].equals(given[i]);
    }
    return same;
  }
}
