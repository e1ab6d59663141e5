package io.sluice.dialect.isometric;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Fault;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes wrong around handlers. */
class ErrorsTest {
  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of(new Fault.NotFound("/registry/x"), 404, "\"Not Found\""),
        Arguments.of(
            new Fault.MethodNotAllowed("PUT", "/registry/v0/transfers"),
            405,
            "\"Method Not Allowed\""),
        Arguments.of(
            new Fault.UnsupportedMediaType("text/plain"),
            422,
            "[{\"type\":\"model_attributes_type\",\"loc\":[\"body\"],\"msg\":\"Input should be a"
                + " valid dictionary or object to extract fields from\"}]"),
        Arguments.of(new Fault.BodyTooLarge(9), 413, "\"The body is larger than 9 bytes\""),
        Arguments.of(
            new Fault.InvalidJson("no"),
            422,
            "[{\"type\":\"json_invalid\",\"loc\":[\"body\",0],\"msg\":\"JSON decode error\","
                + "\"ctx\":{\"error\":\"no\"}}]"),
        Arguments.of(new Fault.BadRequest("no"), 400, "\"no\""),
        Arguments.of(
            new Fault.Overloaded(Duration.ofSeconds(3)),
            429,
            "\"Too many requests at once; nothing was done, try again\""),
        Arguments.of(
            new Fault.DeadlinePassed(),
            503,
            "\"The request waited too long; nothing was done, try again\""),
        Arguments.of(
            new Fault.Unavailable(),
            503,
            "\"The service is unavailable and the request may or may not have been carried out; try"
                + " again with the same Idempotency-Key\""));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void saysWhatWentWrongInDetail(Fault fault, int status, String detail) {
    // When
    Answer answer = Errors.fault(fault);

    // Then
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.contentType()).isEqualTo("application/json");
    assertThat(answer.body().toString()).isEqualTo("{\"detail\":" + detail + "}");
  }

  @Test
  void answersADefectLikeTheFramework() {
    Answer defect = Errors.fault(new Fault.Defect());

    assertThat(defect.status()).isEqualTo(500);
    assertThat(defect.contentType()).startsWith("text/plain");
    assertThat(defect.body().toString()).isEqualTo("Internal Server Error");
  }

  @Test
  void neverAsksForARetryAtOnce() {
    assertThat(Errors.tooManyRequests(Duration.ZERO).headers()).containsEntry("Retry-After", "1");
  }
}
