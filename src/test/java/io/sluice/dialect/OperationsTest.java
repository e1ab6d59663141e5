package io.sluice.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.StubCall;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import org.junit.jupiter.api.Test;

class OperationsTest {
  private static final Gate<String> SHUT =
      (call, operation) -> Future.failedFuture(new ApiException(answer(401)));
  private static final Gate<String> OPEN =
      (call, operation) -> Future.succeededFuture(operation.scope());

  private final Operations<String> table =
      new Operations<String>()
          .get("read", "/things", "things:read", (caller, call) -> said(caller))
          .open(
              "login", HttpMethod.POST, "/login", Endpoint.Consumes.JSON, call -> said("whoever"));

  @Test
  void keepsTheOrderOfTheTable() {
    // When
    List<Endpoint> endpoints = table.behind(OPEN);

    // Then
    assertThat(endpoints).extracting(Endpoint::operation).containsExactly("read", "login");
    assertThat(endpoints).extracting(Endpoint::isOpen).containsExactly(false, true);
  }

  @Test
  void letsNobodyPastTheGate() {
    // Given
    Endpoint read = table.behind(SHUT).getFirst();

    // When
    Future<Answer> answer = answer(read);

    // Then
    assertThat(answer.cause()).isInstanceOf(ApiException.class);
  }

  @Test
  void handsTheCallerAndTheScopeOver() {
    // Given
    Endpoint read = table.behind(OPEN).getFirst();

    // When
    Future<Answer> answer = answer(read);

    // Then
    assertThat(answer.result().body().toString()).isEqualTo("things:read");
  }

  @Test
  void answersWhoeverCallsAnOpenOperation() {
    // Given
    Endpoint login = table.behind(SHUT).getLast();

    // When
    Future<Answer> answer = answer(login);

    // Then
    assertThat(answer.result().body().toString()).isEqualTo("whoever");
  }

  @Test
  void changesHandlersAndPathsButNotWhatIsOpen() {
    // Given
    Operations<String> changed =
        table.map(
            operation -> operation.below("/v2").answeredBy((caller, call) -> said("changed")));

    // When
    List<Endpoint> endpoints = changed.behind(OPEN);

    // Then
    assertThat(endpoints).extracting(Endpoint::path).containsExactly("/v2/things", "/login");
    assertThat(endpoints)
        .extracting(e -> answer(e).result().body().toString())
        .containsExactly("changed", "whoever");
  }

  private static Future<Answer> answer(Endpoint endpoint) {
    return endpoint.admit(StubCall.ofBody("")).compose(Endpoint.Admitted::answer);
  }

  private static Future<Answer> said(String text) {
    return Future.succeededFuture(Answer.json(200, Buffer.buffer(text)));
  }

  private static Answer answer(int status) {
    return Answer.json(status, Buffer.buffer());
  }
}
