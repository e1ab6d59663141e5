package io.sluice.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.ledger.TenantId;
import io.sluice.testing.Reply;
import io.sluice.testing.TestingGateway;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a client may quote leads to what it is, and whose. */
class FindTest extends ManagedApis {
  @Test
  void findsARetirementByItsIdAndItsKey() {
    // Given
    String id = apis.retire("a key of ours");

    // When
    JsonNode byId = one(id);
    JsonNode byKey = one("a key of ours");

    // Then
    assertFound(byId, "transfer", "id", "isometric.retirement");
    assertFound(byKey, "transfer", "key", "isometric.retirement");
    assertThat(byKey.path("id")).isEqualTo(byId.path("id"));
  }

  @Test
  void findsATransferOfCreditsByItsIdAsTheApiWritesIt() {
    // Given
    String id = apis.transferCredits();

    // When
    JsonNode found = one(id);

    // Then
    assertThat(id).startsWith("tfr_");
    assertFound(found, "transfer", "id", "isometric.transfer");
  }

  @Test
  void findsACreditBatch() {
    // Given
    String retirement = apis.retire("of a batch");
    String batch =
        FourApis.ok(
                apis.isometric().get("/registry/v0/retirements/" + retirement + "/credit_batches"))
            .at("/nodes/0/id")
            .textValue();

    // When
    JsonNode found = one(batch);

    // Then
    assertFound(found, "lot", "id", "");
  }

  @Test
  void findsABookTransferByItsIdAndItsReference() {
    // Given
    String id = apis.transferBooks("payout-77");

    // When
    JsonNode byId = one(id);
    JsonNode byReference = one("payout-77");

    // Then
    assertFound(byId, "transfer", "id", "orum.booktransfer");
    assertFound(byReference, "transfer", "key", "orum.booktransfer");
    assertThat(byReference.path("id").textValue()).isEqualTo(id);
  }

  @Test
  void findsARedemptionByItsIdAndItsKey() {
    // Given
    String id = apis.redeem("one jumper");

    // When
    List<JsonNode> byId = all(id);
    JsonNode byKey = one("one jumper");

    // Then
    assertThat(byId).anySatisfy(found -> assertFound(found, "transfer", "id", "scrip.redemption"));
    assertFound(byKey, "transfer", "key", "scrip.redemption");
    assertThat(byKey.path("id").textValue()).isEqualTo(id);
  }

  @Test
  void findsALedgersTransferByItsTransactionAndItsEntries() {
    // Given
    UUID transaction = UUID.randomUUID();
    String id = apis.transferBetweenLedgers(transaction).path("transfer_id").textValue();
    String ledger = apis.ledgers().at("/0/ledger/id").textValue();
    String entry =
        FourApis.ok(
                apis.corebanq()
                    .get("/v1/ledgers/" + ledger + "/entries?transaction_id=" + transaction))
            .at("/entries/0/id")
            .textValue();

    // When
    JsonNode byTransaction = one(transaction.toString());
    JsonNode byEntry = one(entry);

    // Then
    assertFound(byTransaction, "transfer", "key", "corebanq.transfer");
    assertFound(byEntry, "transfer", "posting", "corebanq.transfer");
    assertThat(byTransaction.path("id").textValue()).isEqualTo(id);
    assertThat(byEntry.path("id").textValue()).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo-seller holder isometric.organisation",
        "demo-operations holder orum.subledger",
        "demo-anna holder scrip.participant",
        "demo-savings holder corebanq.ledger",
      })
  void findsHoldersByTheirReferences(String wanted) {
    // Given
    String[] words = wanted.split(" ");

    // When
    List<JsonNode> found = all(words[0]);

    // Then
    assertThat(found).anySatisfy(each -> assertFound(each, words[1], "reference", words[2]));
    assertThat(found).filteredOn(each -> each.path("what").textValue().equals("holder")).hasSize(1);
  }

  @Test
  void findsTenantsAndCredentials() {
    // Given
    Reply made =
        admin.post(
            "/admin/tenants/" + tenant.value() + "/credentials/api-keys", "{\"label\":\"a till\"}");
    String number = made.json().path("number").asText();

    // When
    JsonNode byLabel = one("a till");
    List<JsonNode> byNumber = all(number);
    List<JsonNode> tenants = all(Integer.toString(tenant.value()));

    // Then
    assertFound(byLabel, "credential", "label", "api-key");
    assertThat(byNumber).anySatisfy(each -> assertFound(each, "credential", "number", "api-key"));
    assertThat(tenants)
        .anySatisfy(each -> assertThat(each.path("what").textValue()).isEqualTo("tenant"));
  }

  @Test
  void findsWhatAnAdministratorAskedForByItsRequestId() {
    // Given
    admin
        .with("X-Request-Id", "a-request-of-the-operator")
        .post("/admin/tenants/" + tenant.value() + "/credentials/api-keys", "{\"label\":\"b\"}");

    // When
    JsonNode found = one("a-request-of-the-operator");

    // Then
    assertFound(found, "audit", "request", "createApiKey");
    assertThat(admin.get(found.path("link").textValue()).json().path("records")).hasSize(2);
  }

  @Test
  void tellsWhoseAThingIsAndNarrowsToATenant() {
    // Given
    TenantId other = gateway.newTenant();
    gateway.administer(
        "orum", "POST", "/admin/tenants/" + other.value() + "/orum/enterprise", "{}");
    String path = "/admin/find?q=" + apis.transferBooks("somebody's") + "&tenant=";

    // When
    Reply own = admin.get(path + tenant.value());
    Reply foreign = admin.get(path + other.value());
    Reply nobody = admin.get(path + "999999");

    // Then
    assertThat(own.json().at("/found/0/tenant/id").intValue()).isEqualTo(tenant.value());
    assertThat(foreign.json().path("found")).isEmpty();
    assertThat(nobody.status()).isEqualTo(404);
  }

  @Test
  void looksInFurtherTenantsCallByCall() {
    try (TestingGateway crowded = TestingGateway.start();
        TestingManagement port = new TestingManagement(crowded)) {
      // Given
      crowded
          .database()
          .execute("INSERT INTO tenant (name) SELECT 'many ' || n FROM generate_series(1, 200) n");
      TenantId last = crowded.newTenant();
      port.admin()
          .post(
              "/admin/tenants/" + last.value() + "/credentials/api-keys",
              "{\"label\":\"in the last\"}");

      // When
      JsonNode first = port.admin().get("/admin/find?q=in+the+last").json();
      JsonNode second =
          port.admin()
              .get("/admin/find?q=in+the+last&after_tenant=" + first.path("next").intValue())
              .json();

      // Then
      assertThat(first.path("found")).isEmpty();
      assertThat(first.path("complete").booleanValue()).isFalse();
      assertThat(second.at("/found/0/tenant/id").intValue()).isEqualTo(last.value());
      assertThat(second.path("next").isNull()).isTrue();
    }
  }

  @Test
  void saysWhereElseToLook() {
    // When
    JsonNode answer = admin.get("/admin/find?q=" + UUID.randomUUID()).json();

    // Then
    assertThat(answer.path("found")).isEmpty();
    assertThat(answer.path("complete").booleanValue()).isTrue();
    assertThat(answer.at("/notes/0").textValue()).contains("access log");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?q=", "?q=a&q=b", "?q=a&tenant=0", "?q=a&after_tenant=-1"})
  void refusesWhatIsNoQuestion(String query) {
    // When
    Reply reply = admin.get("/admin/find" + query);

    // Then
    assertThat(reply.status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "' OR 1=1 --",
        "%",
        "_",
        "\\",
        "tfr_",
        "tfr_00000000000000000000",
        "-1",
        "2147483648",
        "\uD83D\uDE00",
        "\u202Etxt",
        "00000000-0000-0000-0000-000000000000",
        "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF",
        "NaN",
        "null",
        "{\"q\":1}"
      })
  void findsNothingForWhatIsHostile(String quoted) {
    // When
    Reply reply = find(quoted);

    // Then
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("found")).isEmpty();
    assertThat(reply.json().path("q").textValue()).isEqualTo(quoted);
  }

  private static Reply find(String quoted) {
    return admin.get("/admin/find?q=" + URLEncoder.encode(quoted, StandardCharsets.UTF_8));
  }

  private static List<JsonNode> all(String quoted) {
    return StreamSupport.stream(FourApis.ok(find(quoted)).path("found").spliterator(), false)
        .toList();
  }

  private static JsonNode one(String quoted) {
    List<JsonNode> found = all(quoted);
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  /** Where it leads there is a page. */
  private static void assertFound(JsonNode found, String what, String by, String kind) {
    assertThat(found.path("what").textValue()).isEqualTo(what);
    assertThat(found.path("by").textValue()).isEqualTo(by);
    assertThat(found.path("kind").textValue()).isEqualTo(kind);
    assertThat(found.at("/tenant/id").intValue()).isEqualTo(tenant.value());
    Reply page = admin.get(found.path("link").textValue());
    assertThat(page.status()).as(page.toString()).isEqualTo(200);
  }
}
