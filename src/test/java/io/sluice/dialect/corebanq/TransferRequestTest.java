package io.sluice.dialect.corebanq;

import static io.sluice.dialect.corebanq.User.assertError;
import static io.sluice.dialect.corebanq.User.transferBody;
import static io.sluice.dialect.corebanq.User.transferPath;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ledger.Digest;
import io.sluice.ledger.IdempotencyKey;
import io.sluice.ledger.Principal;
import io.sluice.testing.Reply;
import io.sluice.testing.StubCall;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests to move funds that cannot be understood. */
class TransferRequestTest {
  private final Room room = Room.shared();
  private final User user = room.user(room.newTenant());

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "-1", "1.0", "1e2", "\"100\"", "true", "null", "[1]", "9223372036854775808"})
  void refusesWhatIsNoAmount(String amount) {
    Reply reply = user.transfer(UUID.randomUUID(), UUID.randomUUID(), amount);

    assertError(reply, 400, "ledger.validation_failed");
    assertThat(reply.json().at("/details/errors/0/field").textValue()).isEqualTo("amount");
    assertThat(reply.json().at("/details/errors")).hasSize(1);
  }

  @Test
  void namesEveryFieldThatIsWrong() {
    Reply reply =
        user.client()
            .post(
                transferPath("nonsense"),
                """
                {"destination_ledger_id":7,"description":[],"metadata":"x"}\
                """);

    assertError(reply, 400, "ledger.validation_failed");
    assertThat(reply.json().at("/details/errors").findValuesAsText("field"))
        .containsExactly(
            "id", "destination_ledger_id", "amount", "transaction_id", "description", "metadata");
  }

  @Test
  void takesADescriptionAndMetadataAtTheirLimits() {
    // Given
    UUID source = user.ledger(10);
    UUID destination = user.ledger(0);
    String description = "😀".repeat(1_000);
    String value = "x".repeat(16 * 1024 - 8);

    // When
    Reply reply =
        user.transfer(
            source,
            destination,
            1,
            UUID.randomUUID(),
            ",\"description\":\"" + description + "\",\"metadata\":{\"k\":\"" + value + "\"}");

    // Then
    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.json().at("/source_entry/description").textValue()).isEqualTo(description);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "nonsense",
        "{\"amount\":1,\"amount\":1}",
        "{\"amount\":01}",
        "{\"description\":\"\\u0000\"}",
        "{\"description\":\"\\ud800\"}",
        "{}{}"
      })
  void refusesWhatIsNoJson(String body) {
    Reply reply = user.client().post(transferPath(UUID.randomUUID()), body);

    assertError(reply, 400, "request.invalid_json");
  }

  @Test
  void refusesDeepNestingAndLongNumbers() {
    String deep = "[".repeat(10_000);
    String number = "1".repeat(10_000);
    String path = transferPath(UUID.randomUUID());

    assertError(user.client().post(path, deep), 400, "request.invalid_json");
    assertError(
        user.client().post(path, "{\"amount\":" + number + "}"), 400, "request.invalid_json");
  }

  @Test
  void refusesAnotherContentType() {
    Reply reply =
        user.client()
            .with("Content-Type", "text/plain")
            .post(
                transferPath(UUID.randomUUID()),
                transferBody(UUID.randomUUID(), 1, UUID.randomUUID(), ""));

    assertError(reply, 415, "request.unsupported_media_type");
  }

  @Test
  void refusesAnotherMethod() {
    Reply reply = user.client().send("PUT", transferPath(UUID.randomUUID()), "{}");

    assertError(reply, 405, "request.method_not_allowed");
    assertThat(reply.header("Allow")).isPresent();
  }

  @Test
  void refusesALargeBody() {
    Reply reply =
        user.client().post(transferPath(UUID.randomUUID()), "\"" + "x".repeat(1 << 20) + "\"");

    assertError(reply, 413, "request.body_too_large");
  }

  /** Keys are stored: another way to make them would forget what was done before an upgrade. */
  @Test
  void makesItsKeyAsEver() {
    // Given
    UUID source = UUID.randomUUID();
    UUID destination = UUID.randomUUID();
    UUID transaction = UUID.randomUUID();
    Caller caller = new Caller(Principal.operator(room.newTenant()), user.id());
    String body = transferBody(destination, 100, transaction, "");

    // When
    TransferRequest request =
        TransferRequest.read(caller, StubCall.ofPath(Map.of("id", source.toString()), body));

    // Then
    Digest expected = Digest.start().add("corebanq.transfer").add(source).add(destination);
    expected.add("100").add("").add("NULL").add("null");
    assertThat(request.key())
        .isEqualTo(IdempotencyKey.of("corebanq", transaction.toString(), expected));
  }
}
