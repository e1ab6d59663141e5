package io.sluice.dialect.orum;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Answer;
import io.sluice.dialect.Json;
import io.sluice.testing.OpenApiDocument;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorsTest {
  private static final UUID SOME_ID = new UUID(1, 2);
  private static final Pattern OF_A_MEMBER =
      Pattern.compile("(?:missing|invalid|duplicate)_(?<name>\\w+)");

  /** Made of no member's name; the first is the provider's word in a PATCH. */
  private static final Set<String> OF_CUSTOMERS =
      Set.of(
          "invalid_zip",
          "unknown_id_person",
          "unknown_id_business",
          "invalid_person_status",
          "invalid_business_status");

  private static final OpenApiDocument DOCUMENT = OpenApiDocument.of("orum");
  private static final Set<String> NAMES =
      Stream.concat(DOCUMENT.members().stream(), DOCUMENT.queryParameters().stream())
          .collect(Collectors.toSet());
  private static final Set<String> MAKERS = Set.of("fault", "refused", "error", "duplicate");

  /** Every factory method, called for each of its kinds of argument. */
  static Stream<Answer> all() {
    return Stream.of(Errors.class, WebhookErrors.class)
        .flatMap(errors -> Arrays.stream(errors.getDeclaredMethods()))
        .filter(method -> method.getReturnType() == Answer.class)
        .filter(method -> !Modifier.isPrivate(method.getModifiers()))
        // These say which of the others it is, or what they are made with.
        .filter(method -> !MAKERS.contains(method.getName()))
        .flatMap(method -> arguments(method).map(arguments -> call(method, arguments)));
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyErrorFitsTheEnvelope(Answer answer) {
    // When
    JsonNode body = Json.parse(answer.body());

    // Then
    assertThat(answer.contentType()).isEqualTo("application/json");
    assertThat(List.of(400, 401, 403, 404, 429, 500, 503)).contains(answer.status());
    assertThat(body.properties().stream().map(e -> e.getKey()))
        .containsExactly("error_code", "message", "details");
    assertThat(body.get("error_code").textValue()).matches("[a-z_]+");
    assertThat(body.get("message").textValue()).isNotBlank();
  }

  @Test
  void theDescriptionListsTheseCodesAndThoseOfMembers() throws IOException {
    // Given
    Set<String> sent =
        all()
            .map(answer -> Json.parse(answer.body()).get("error_code").textValue())
            .collect(Collectors.toCollection(TreeSet::new));

    // When
    Set<String> described = describedCodes();

    // Then
    assertThat(described).containsAll(sent).containsAll(OF_CUSTOMERS);
    assertThat(described)
        .filteredOn(code -> !sent.contains(code) && !OF_CUSTOMERS.contains(code))
        .allMatch(ErrorsTest::isOfAMember);
  }

  @Test
  void aDuplicateNamesTheFirstOne() {
    // When
    JsonNode body = Json.parse(Errors.duplicateBookTransferReferenceId(SOME_ID).body());

    // Then
    assertThat(body.at("/details/id").textValue()).isEqualTo(SOME_ID.toString());
  }

  static Stream<Arguments> published() {
    return Stream.of(
        Arguments.of(Errors.invalidMetadata(), "Metadata must be a valid JSON object."),
        Arguments.of(
            Errors.missingBookTransferReferenceId(),
            "Book transfer reference id is required. Pass a unique book transfer reference id."),
        Arguments.of(
            Errors.invalidTransferGroupReferenceId(),
            "Book transfer reference id is invalid. Pass a string value."),
        Arguments.of(
            Errors.invalidBookTransferReferenceId(),
            "Book transfer reference id is invalid. Pass a string value."),
        Arguments.of(
            Errors.duplicateBookTransferReferenceId(SOME_ID),
            "Resource already exists with provided book transfer reference id."
                + " Pass a unique book transfer reference id."),
        Arguments.of(
            Errors.missingSubledgerReferenceId(),
            "Subledger reference id is required. Pass a unique subledger reference id."),
        Arguments.of(
            Errors.invalidSubledgerReferenceId(),
            "Subledger reference id is invalid. Pass a string value."),
        Arguments.of(
            Errors.duplicateSubledgerReferenceId(SOME_ID),
            "Resource already exists with provided subledger reference id."
                + " Pass a unique subledger reference id."),
        Arguments.of(
            Errors.missingCustomerReferenceId(),
            "Customer reference id is required. Pass a unique customer reference id."),
        Arguments.of(
            Errors.invalidCustomerReferenceId(),
            "Customer reference id is invalid. Pass a string value."));
  }

  @ParameterizedTest
  @MethodSource("published")
  void wordsAreTheProvidersWhereItPublishesThem(Answer answer, String message) {
    assertThat(Json.parse(answer.body()).get("message").textValue()).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource({
    "0,1,1ms",
    "1,1,1ms",
    "250,1,250ms",
    "999,1,999ms",
    "1000,1,1s",
    "1500,2,1.5s",
    "61005,62,1m1.005s",
    "62500,63,1m2.5s",
    "120000,120,2m0s",
    "3600000,3600,1h0m0s",
    "90061010,90062,25h1m1.01s"
  })
  void theWaitIsNamedInSecondsAndAsAGoDuration(long ms, String seconds, String exact) {
    // When
    Answer answer = Errors.tooManyRequests(Duration.ofMillis(ms));

    // Then
    assertThat(answer.headers())
        .containsEntry("Retry-After", seconds)
        .containsEntry("X-Retry-In", exact);
    assertThat(Json.parse(answer.body()).get("message").textValue()).isEqualTo("Too Many Requests");
  }

  /** Codes of persons, businesses, reports and webhooks are made of what is asked for. */
  private static boolean isOfAMember(String code) {
    Matcher parts = OF_A_MEMBER.matcher(code);
    return parts.matches() && isNamed(parts.group("name"));
  }

  /** A member or parameter that the document has, perhaps of the objects in a list of these. */
  private static boolean isNamed(String name) {
    return NAMES.contains(name)
        || NAMES.stream()
            .filter(list -> name.startsWith(list + "_"))
            .anyMatch(list -> NAMES.contains(name.substring(list.length() + 1)));
  }

  private static Set<String> describedCodes() throws IOException {
    try (var stream = Errors.class.getResourceAsStream("/openapi/orum.yaml")) {
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return text.substring(text.indexOf("\n    ErrorCode:"))
          .lines()
          .map(String::strip)
          .filter(line -> line.startsWith("- "))
          .map(line -> line.substring(2))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static Stream<Object[]> arguments(Method method) {
    if (method.getParameterCount() == 0) {
      return Stream.<Object[]>of(new Object[0]);
    }
    Class<?> type = method.getParameterTypes()[0];
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants()).map(value -> new Object[] {value});
    }
    Object value =
        type == UUID.class
            ? SOME_ID
            : type == Duration.class ? Duration.ofMillis(1) : text(method.getName());
    return Stream.<Object[]>of(new Object[] {value});
  }

  /** Of those that say it of a member: one that there is. */
  private static String text(String error) {
    if (error.endsWith("OfReport")) {
      return "start_time";
    }
    return error.endsWith("OfWebhook") ? "url" : "because";
  }

  private static Answer call(Method method, Object[] arguments) {
    try {
      return (Answer) method.invoke(null, arguments);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new AssertionError(method.getName(), e);
    }
  }
}
