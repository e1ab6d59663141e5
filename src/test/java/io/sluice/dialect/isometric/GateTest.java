package io.sluice.dialect.isometric;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dialect.isometric.IsometricWorld.Organisation;
import io.sluice.store.access.TenantRate;
import io.sluice.testing.OpenApiDocument;
import io.sluice.testing.OpenApiDocument.Operation;
import io.sluice.testing.Reply;
import io.sluice.testing.SettableClock;
import io.sluice.testing.TestClient;
import io.sluice.testing.TestingGateway;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;

/** Which operations need the token of an organisation, and which the client secret alone. */
class GateTest {
  private static final OpenApiDocument DOCUMENT = OpenApiDocument.of("isometric");
  private static final IsometricWorld WORLD = IsometricWorld.create();
  private static final String BATCH = WORLD.issue(10, 20).getFirst();
  private static final String TRANSFER =
      WORLD.transfer(WORLD.request().of(BATCH, 1)).json().get("id").textValue();
  private static final String POOLED =
      WORLD.issueBuffered(1, 1).at("/buffer_pool_credit_batches/0/id").textValue();
  private static final String ISSUANCE =
      "/issuances/" + WORLD.batch(POOLED).get("issuance_id").textValue();
  private static final String REFUND =
      "/refunds/" + WORLD.refund("r", POOLED, 1).json().get("id").textValue();

  static final List<String> PUBLIC =
      List.of(
          "/transfers",
          "/transfers/" + TRANSFER,
          "/transfers/" + TRANSFER + "/credit_batches",
          "/credit_batches/" + BATCH,
          "/organisations/" + WORLD.buyer().id(),
          "/suppliers",
          "/suppliers/" + WORLD.supplier(),
          "/suppliers/" + WORLD.supplier() + "/deliveries",
          "/suppliers/" + WORLD.supplier() + "/projects",
          "/suppliers/" + WORLD.supplier() + "/issuances",
          "/projects",
          "/projects/" + WORLD.project(),
          "/projects/" + WORLD.project() + "/documents",
          "/issuances",
          ISSUANCE,
          ISSUANCE + "/credit_batches",
          REFUND,
          REFUND + "/credit_batches",
          "/deliveries",
          "/retirements");

  /** What there is none of in this world. */
  private static final Set<String> PUBLIC_TOO =
      Set.of(
          "getDelivery",
          "listDeliveryCreditBatches",
          "getRetirement",
          "listRetirementCreditBatches");

  static final List<String> PRIVATE =
      List.of(
          "/organisation",
          "/transferees",
          "/organisations/" + WORLD.buyer().id() + "/credit_batches",
          "/organisations/" + WORLD.buyer().id() + "/credit_balance");

  private static TestClient alone() {
    return WORLD.as(WORLD.seller()).without("Authorization");
  }

  private static Reply get(TestClient client, String path) {
    return client.get("/registry/v0" + path);
  }

  private static void assertDenied(Reply reply) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(401);
    assertThat(reply.header("WWW-Authenticate").orElseThrow()).startsWith("Bearer");
  }

  @ParameterizedTest
  @FieldSource("PUBLIC")
  void thePublicRecordNeedsTheSecretAlone(String path) {
    // When
    Reply reply = get(alone(), path);

    // Then
    Reply withToken = get(WORLD.as(WORLD.seller()), path);
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    assertThat(reply.body()).isEqualTo(withToken.body());
  }

  @ParameterizedTest
  @FieldSource("PUBLIC")
  void aTokenThatComesAlongMustBeGood(String path) {
    // Given
    var other = IsometricWorld.create();

    for (String header :
        List.of(
            "Bearer nonsense",
            "Bearer",
            "Basic dXNlcjpwYXNz",
            "Bearer " + other.token(other.seller()))) {
      // When
      Reply reply = get(alone().with("Authorization", header), path);

      // Then
      assertDenied(reply);
    }
  }

  @ParameterizedTest
  @FieldSource("PUBLIC")
  void evenThePublicRecordIsNotForStrangers(String path) {
    // Given
    TestClient stranger = WORLD.gateway().client();

    for (TestClient client :
        List.of(
            stranger,
            stranger.with("X-Client-Secret", "wrong"),
            stranger.with("Authorization", "Bearer " + WORLD.token(WORLD.seller())))) {
      // When
      Reply reply = get(client, path);

      // Then
      assertDenied(reply);
    }
    assertThat(get(stranger, path).header("WWW-Authenticate")).contains("Bearer");
  }

  @ParameterizedTest
  @FieldSource("PRIVATE")
  void whatIsAnOrganisationsOwnNeedsItsToken(String path) {
    // When
    Reply reply = get(alone(), path);

    // Then
    assertDenied(reply);
    assertThat(get(WORLD.as(WORLD.seller()), path).status()).isEqualTo(200);
  }

  @Test
  void theDocumentSaysWhichIsWhich() {
    // When
    Set<String> open =
        DOCUMENT.operations().stream()
            .filter(GateTest::needsTheSecretAlone)
            .map(Operation::id)
            .collect(Collectors.toSet());

    // Then
    Set<String> all = new HashSet<>(operations(PUBLIC));
    all.addAll(PUBLIC_TOO);
    assertThat(open).isEqualTo(all);
    assertThat(DOCUMENT.operations())
        .filteredOn(operation -> !open.contains(operation.id()))
        .extracting(Operation::id)
        .containsAll(operations(PRIVATE))
        .contains("createTransfer");
  }

  private static Set<String> operations(List<String> paths) {
    return paths.stream()
        .map(path -> DOCUMENT.find("GET", "/registry/v0" + path).orElseThrow().id())
        .collect(Collectors.toSet());
  }

  private static boolean needsTheSecretAlone(Operation operation) {
    JsonNode security = DOCUMENT.at(operation.pointer() + "/security");
    return security.valueStream().anyMatch(one -> one.size() == 1 && one.has("clientSecret"));
  }

  @Test
  void theRateOfATenantCountsWithoutATokenToo() {
    // Given
    try (TestingGateway own = TestingGateway.start(SettableClock.atPresent())) {
      var slow = new IsometricWorld(own);
      Organisation seller = slow.seller();
      own.limit(slow.tenant(), new TenantRate(1, 1));
      TestClient client = slow.as(seller).without("Authorization");

      // When
      Reply first = get(client, "/suppliers");
      Reply second = get(client, "/suppliers");

      // Then
      assertThat(List.of(first.status(), second.status())).containsExactly(200, 429);
    }
  }
}
