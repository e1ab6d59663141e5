package io.sluice.dialect.orum;

import static io.sluice.dialect.orum.OrumTenant.BUSINESSES;
import static io.sluice.dialect.orum.OrumTenant.PERSONS;
import static io.sluice.dialect.orum.OrumTenant.businessBody;
import static io.sluice.dialect.orum.OrumTenant.personBody;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.testing.Waiting;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Persons and businesses over HTTP: created, changed, closed. */
class CustomersTest {
  private static final OrumFixture FIXTURE = OrumFixture.shared();

  private static final String ADA =
      """
      {"customer_reference_id":"ada","first_name":"Ada","last_name":"Lovelace","middle_name":"King",
       "date_of_birth":"1915-12-10","social_security_number":"123-45-6789",
       "addresses":[{"type":"home","address1":"12 St James Square","address2":"Top","city":"Boston",
                     "state":"MA","country":"US","zip5":"02108"}],
       "contacts":[{"type":"email","value":"ada@example.com"}],"metadata":{"tier":1,"vip":true}}
      """;

  private OrumTenant tenant;

  @BeforeEach
  void newTenant() {
    tenant = FIXTURE.tenant();
  }

  @Test
  void aPersonIsCreatedAndThenVerified() {
    // When
    OrumReply created = tenant.post(PERSONS, ADA);

    // Then
    JsonNode person = created.json().get("person");
    assertThat(created.status()).isEqualTo(200);
    assertThat(names(person))
        .containsExactly(
            "id",
            "customer_reference_id",
            "first_name",
            "last_name",
            "middle_name",
            "date_of_birth",
            "addresses",
            "contacts",
            "metadata",
            "status",
            "created_at",
            "updated_at");
    assertThat(person.get("status").textValue()).isEqualTo("created");
    assertThat(names(person.at("/addresses/0")))
        .containsExactly(
            "id",
            "type",
            "address1",
            "address2",
            "city",
            "state",
            "country",
            "zip5",
            "created_at",
            "updated_at");
    assertThat(person.get("metadata").toString()).isEqualTo("{\"tier\":1,\"vip\":true}");
    Waiting.until(() -> status(created).equals("verified"));
  }

  @Test
  void aNumberThatIsNobodysBusinessIsNeitherShownNorStored() {
    // When
    OrumReply created = tenant.post(PERSONS, ADA);

    // Then
    assertThat(created.json().toString()).doesNotContain("6789");
    FIXTURE
        .gateway()
        .database()
        .execute(
            "DO $$ BEGIN ASSERT NOT EXISTS ("
                + "SELECT 1 FROM orum_customer c WHERE c::text LIKE '%45-6789%'"
                + " OR c::text LIKE '%123456789%'); END $$");
  }

  @ParameterizedTest
  @CsvSource({
    "Rejected, PERSON, rejected, invalid_name",
    "restricted, person, restricted, matched_watchlist",
    "Closed, Person, closed,",
    "Rejected, Lovelace, verified,"
  })
  void theSandboxsNamesEndInTheirStatus(
      String firstName, String lastName, String status, String reason) {
    // When
    String id = tenant.person("x", firstName, lastName);

    // Then
    JsonNode person = tenant.get(PERSONS + "/" + id).json().get("person");
    assertThat(person.get("status").textValue()).isEqualTo(status);
    assertThat(person.at("/status_reasons/0/reason_code").textValue()).isEqualTo(reason);
    assertThat(person.has("closed_at")).isEqualTo(status.equals("closed"));
  }

  @Test
  void theSandboxsBusinessesEndInTheirStatusWithoutReasons() {
    // When
    String id = tenant.business("x", "Rejected Business");

    // Then
    JsonNode business = tenant.get(BUSINESSES + "/" + id).json().get("business");
    assertThat(business.get("status").textValue()).isEqualTo("rejected");
    assertThat(business.has("status_reasons")).isFalse();
  }

  @Test
  void aReferenceIdIsUniqueAmongAllOwners() {
    // Given
    String ada = tenant.person("ada", "Ada", "Lovelace");

    // When
    List<OrumReply> again =
        List.of(
            tenant.post(PERSONS, personBody("ada", "Other", "One")),
            tenant.post(BUSINESSES, businessBody("ada", "Other Inc.")),
            tenant.post(BUSINESSES, businessBody("enterprise", "Other Inc.")));

    // Then
    assertThat(again.stream().map(OrumReply::summary))
        .containsOnly("400 duplicate_customer_reference_id");
    assertThat(again.get(0).text("/details/id")).isEqualTo(ada);
    assertThat(again.get(0).text("/message"))
        .isEqualTo(
            "Resource already exists with provided customer reference id. Pass a unique customer"
                + " reference id.");
    assertThat(FIXTURE.nameEnterprise(tenant, "Acme", "ada").summary())
        .isEqualTo("400 bad_request");
  }

  @Test
  void ofManyEqualRequestsAtOnceOneCreates() {
    // Given
    String body = personBody("race", "Ada", "Lovelace");

    // When
    var sent = IntStream.range(0, 8).mapToObj(i -> tenant.postLater(PERSONS, body)).toList();

    // Then
    List<String> answers = sent.stream().map(r -> r.join().summary()).sorted().toList();
    assertThat(answers.subList(1, 8)).containsOnly("400 duplicate_customer_reference_id");
    assertThat(answers).hasSize(8).startsWith("200");
  }

  @Test
  void aPatchChangesWhatIsSentAndNothingElse() {
    // Given
    JsonNode before = tenant.post(PERSONS, ADA).json().get("person");
    String path = PERSONS + "/" + before.get("id").textValue();

    // When
    JsonNode after =
        tenant
            .send(
                "PATCH",
                path,
                """
                {"customer_reference_id":"other","middle_name":"","metadata":{},
                 "addresses":[{"type":"home","address2":""}],
                 "contacts":[{"type":"phone","value":"6175550100"}]}
                """)
            .json()
            .get("person");

    // Then
    assertThat(after.get("customer_reference_id").textValue()).isEqualTo("ada");
    assertThat(names(after)).doesNotContain("middle_name", "metadata");
    assertThat(names(after.at("/addresses/0"))).doesNotContain("address2");
    assertThat(after.at("/addresses/0/id")).isEqualTo(before.at("/addresses/0/id"));
    assertThat(after.at("/contacts/0")).isEqualTo(before.at("/contacts/0"));
    assertThat(after.at("/contacts/1/value").textValue()).isEqualTo("6175550100");
    assertThat(after.get("created_at")).isEqualTo(before.get("created_at"));
    assertThat(tenant.get(path).json().at("/person/contacts")).isEqualTo(after.get("contacts"));
  }

  @Test
  void whatIsVerifiedIsVerifiedAgainWhenItChanges() {
    // Given
    String id = tenant.person("bob", "Bob", "Person");
    String path = PERSONS + "/" + id;

    // When
    OrumReply same = tenant.send("PATCH", path, "{\"first_name\":\"Bob\",\"metadata\":{\"a\":1}}");
    OrumReply changed = tenant.send("PATCH", path, "{\"first_name\":\"Rejected\"}");

    // Then
    assertThat(same.text("/person/status")).isEqualTo("verified");
    assertThat(changed.text("/person/status")).isEqualTo("created");
    Waiting.until(() -> tenant.statusOf(PERSONS, id).equals("rejected"));
    OrumReply numbered = tenant.send("PATCH", path, "{\"social_security_number\":\"123-45-6789\"}");
    assertThat(numbered.text("/person/status")).isEqualTo("created");
  }

  @Test
  void aReplacementNamesItByIdOrByReferenceId() {
    // Given
    String id = tenant.business("acme", "Acme Inc.");

    // When
    List<OrumReply> replies =
        List.of(
            tenant.send("PUT", BUSINESSES, businessBody("acme", "Acme Two")),
            tenant.send("PUT", BUSINESSES + "/" + id, businessBody("acme", "Acme Three")),
            tenant.send("PUT", BUSINESSES + "/" + id, businessBody("other", "Acme Four")),
            tenant.send("PUT", BUSINESSES, businessBody("nobody", "Acme Five")),
            tenant.send("PUT", PERSONS, personBody("acme", "Ada", "Lovelace")),
            tenant.send("PUT", BUSINESSES + "/" + id, "{\"customer_reference_id\":\"acme\"}"));

    // Then
    assertThat(replies.stream().map(OrumReply::summary))
        .containsExactly(
            "200",
            "200",
            "400 invalid_customer_reference_id",
            "400 invalid_customer_reference_id",
            "400 invalid_customer_reference_id",
            "400 missing_legal_name");
    assertThat(replies.get(0).text("/business/id")).isEqualTo(id);
    assertThat(tenant.get(BUSINESSES + "/" + id).text("/business/legal_name"))
        .isEqualTo("Acme Three");
  }

  @Test
  void closingIsForGood() {
    // Given
    String id = tenant.person("ada", "Ada", "Lovelace");
    String path = PERSONS + "/" + id;

    // When
    OrumReply closed = tenant.send("DELETE", path, "");

    // Then
    assertThat(closed.status()).isEqualTo(200);
    assertThat(closed.text("/person/status")).isEqualTo("closed");
    assertThat(closed.text("/person/closed_at")).isEqualTo(closed.text("/person/updated_at"));
    assertThat(tenant.send("DELETE", path, "").json()).isEqualTo(closed.json());
    OrumReply renamed = tenant.send("PATCH", path, "{\"first_name\":\"Augusta\"}");
    assertThat(renamed.text("/person/first_name")).isEqualTo("Augusta");
    assertThat(renamed.text("/person/status")).isEqualTo("closed");
    assertThat(renamed.text("/person/closed_at")).isEqualTo(closed.text("/person/closed_at"));
    assertThat(tenant.post(PERSONS, personBody("ada", "Ada", "L")).summary())
        .isEqualTo("400 duplicate_customer_reference_id");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /x, 400 unknown_id_person",
    "PATCH, /x, 400 unknown_id_person",
    "DELETE, /x, 400 unknown_id_person",
    "GET, /00000000-0000-7000-8000-000000000000, 404 unknown_id_person",
    "PATCH, /00000000-0000-7000-8000-000000000000, 404 unknown_id_person",
    "DELETE, /00000000-0000-7000-8000-000000000000, 404 unknown_id_person"
  })
  void anIdThatNamesNobodyIsUnknown(String method, String path, String expected) {
    // When
    OrumReply reply = tenant.send(method, PERSONS + path, method.equals("PATCH") ? "{}" : "");

    // Then
    assertThat(reply.summary()).isEqualTo(expected);
  }

  @Test
  void aBusinessIsNoPerson() {
    // Given
    String id = tenant.business("acme", "Acme Inc.");

    // When
    List<String> answers =
        Stream.of("GET", "DELETE")
            .map(m -> tenant.send(m, PERSONS + "/" + id, "").summary())
            .toList();

    // Then
    assertThat(answers).containsOnly("404 unknown_id_person");
  }

  private String status(OrumReply created) {
    return tenant.statusOf(PERSONS, created.text("/person/id"));
  }

  private static List<String> names(JsonNode object) {
    return object.properties().stream().map(e -> e.getKey()).toList();
  }
}
