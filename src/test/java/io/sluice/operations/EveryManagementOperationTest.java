package io.sluice.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dialect.Ask;
import io.sluice.ledger.TenantId;
import io.sluice.testing.OpenApiCheck;
import io.sluice.testing.RawClient;
import io.sluice.testing.Reply;
import io.sluice.testing.TestClient;
import io.sluice.testing.TestingGateway;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What any operation of the management port may be answered: each of it is got from every one. */
class EveryManagementOperationTest {
  private static final OpenApiCheck CHECK = new OpenApiCheck(List.of("management"));
  private static final TenantId NOBODY = new TenantId(999_999_999);
  private static final String TOO_MUCH = "\"" + "x".repeat(1_048_576) + "\"";

  private static TestingManagement management;
  private static List<Ask> asks;

  @BeforeAll
  static void open() {
    management = new TestingManagement(TestingGateway.shared());
    asks = ManagementAsks.of(TestingGateway.shared().newTenant());
  }

  @AfterAll
  static void close() {
    management.close();
  }

  @Test
  void refusesOtherMethodsOnEveryPath() {
    for (Ask ask : asks) {
      Reply reply = new Ask("PURGE", ask.target(), Map.of(), "").send(management.admin());

      assertThat(reply.status()).as(ask::toString).isEqualTo(405);
      assertThat(reply.header("Allow").orElseThrow()).contains(ask.method());
    }
  }

  @Test
  void refusesStrangersOnEveryOperation() {
    forAll(administration(asks), ask -> ask, management.anybody(), 401);
  }

  @Test
  void refusesTooLongABodyOnEveryOperationThatTakesOne() {
    forAll(takingBodies(), ask -> ask.withBody(TOO_MUCH), management.admin(), 413);
  }

  @Test
  void refusesOtherMediaTypesOnEveryOperationThatTakesABody() {
    forAll(takingBodies(), ask -> ask.withHeader("Content-Type", "a/b"), management.admin(), 415);
  }

  @Test
  void refusesMalformedJsonOnEveryOperationThatTakesABody() {
    forAll(takingBodies(), ask -> ask.withBody("{"), management.admin(), 400);
  }

  @Test
  void knowsNoOtherTenantOnEveryOperation() {
    List<Ask> ofNobody =
        ManagementAsks.of(NOBODY).stream()
            .filter(ask -> ask.target().contains(Integer.toString(NOBODY.value())))
            .toList();

    forAll(ofNobody, ask -> ask, management.admin(), 404);
  }

  /** It may be a slip, as a member of a body that is not asked for. */
  @Test
  void refusesParametersThatAreNotAskedForOnEveryOperation() {
    for (Ask ask : administration(asks)) {
      Reply reply = ask.withQuery("zzz", "1").send(management.admin());

      assertThat(reply.status()).as(ask::toString).isEqualTo(400);
      assertThat(reply.json().path("message").textValue()).contains("unknown parameter");
    }
  }

  @Test
  void refusesTheTokenTwiceOnEveryOperation() {
    String token = "Authorization: Bearer " + TestingManagement.TOKEN + "\r\n";
    for (Ask ask : administration(asks)) {
      try (RawClient raw = management.raw()) {
        String head = ask.method() + " " + ask.target() + " HTTP/1.1\r\nHost: localhost\r\n";
        Reply reply = raw.send(head + token + token + "\r\n").read();

        CHECK.check(ask.method(), ask.target(), reply);
        assertThat(reply.status()).as(ask::toString).isEqualTo(400);
      }
    }
  }

  @Test
  void answersADefectOnEveryOperation() {
    try (TestingGateway gateway = TestingGateway.start();
        TestingManagement broken = new TestingManagement(gateway)) {
      List<Ask> own = ManagementAsks.of(gateway.newTenant());
      gateway.database().hideTables();

      forAll(stored(own), ask -> ask, broken.admin(), 500);
    }
  }

  @Test
  void answersThatTheDatabaseIsGoneOnEveryOperation() {
    try (TestingGateway gateway = TestingGateway.start();
        TestingManagement cut = new TestingManagement(gateway)) {
      List<Ask> own = ManagementAsks.of(gateway.newTenant());
      gateway.database().close();

      forAll(stored(own), ask -> ask, cut.admin(), 503);
    }
  }

  /** What needs the database for its answer. */
  private static List<Ask> stored(List<Ask> all) {
    Ask inMemory = Ask.get("/admin/verification");
    return administration(all).stream().filter(ask -> !ask.equals(inMemory)).toList();
  }

  private static List<Ask> administration(List<Ask> all) {
    return all.stream().filter(ask -> ask.target().startsWith("/admin")).toList();
  }

  private static List<Ask> takingBodies() {
    return asks.stream()
        .filter(
            ask ->
                ManagementAsks.DOCUMENT
                    .find(ask.method(), ask.target())
                    .map(found -> found.pointer() + "/requestBody")
                    .filter(body -> !ManagementAsks.DOCUMENT.at(body).isMissingNode())
                    .isPresent())
        .toList();
  }

  private static void forAll(
      List<Ask> asks, UnaryOperator<Ask> change, TestClient client, int status) {
    assertThat(asks).isNotEmpty();
    for (Ask ask : asks) {
      Reply reply = change.apply(ask).send(client);

      assertThat(reply.status()).as(() -> ask + "\n" + reply).isEqualTo(status);
      assertThat(reply.json().path("error").textValue()).as(ask::toString).matches("[a-z_]+");
    }
  }
}
