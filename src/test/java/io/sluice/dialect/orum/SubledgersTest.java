package io.sluice.dialect.orum;

import static io.sluice.dialect.orum.OrumTenant.BALANCE;
import static io.sluice.dialect.orum.OrumTenant.BUSINESSES;
import static io.sluice.dialect.orum.OrumTenant.PERSONS;
import static io.sluice.dialect.orum.OrumTenant.SUBLEDGERS;
import static io.sluice.dialect.orum.OrumTenant.personBody;
import static io.sluice.dialect.orum.OrumTenant.subledgerBody;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.store.orum.CustomerStore;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Subledgers and balances over HTTP. */
class SubledgersTest {
  private static final OrumFixture FIXTURE = OrumFixture.shared();
  private OrumTenant tenant;

  @BeforeEach
  void newTenant() {
    tenant = FIXTURE.tenant();
  }

  @Test
  void aSubledgerIsCreatedAndReadAgain() {
    // Given
    tenant.business("acme", "Acme Inc.");

    // When
    OrumReply created = tenant.post(SUBLEDGERS, subledgerBody("payroll", "acme"));
    OrumReply read = tenant.get(SUBLEDGERS + "/" + created.text("/subledger/id"));

    // Then
    assertThat(created.status()).isEqualTo(200);
    assertThat(created.json().get("subledger").properties().stream().map(e -> e.getKey()))
        .containsExactly(
            "id",
            "subledger_reference_id",
            "customer_reference_id",
            "customer_resource_type",
            "status",
            "created_at",
            "updated_at");
    assertThat(created.text("/subledger/subledger_reference_id")).isEqualTo("payroll");
    assertThat(created.text("/subledger/customer_reference_id")).isEqualTo("acme");
    assertThat(created.text("/subledger/customer_resource_type")).isEqualTo("business");
    assertThat(created.text("/subledger/status")).isEqualTo("created");
    assertThat(UUID.fromString(created.text("/subledger/id")).version()).isEqualTo(7);
    assertThat(read.json()).isEqualTo(created.json());
  }

  @Test
  void theEnterprisesOwnSubledgersAreKnownByItsReference() {
    // Given
    FIXTURE.nameEnterprise(tenant, "Acme Payments", "acme-payments");

    // When
    OrumReply own = tenant.post(SUBLEDGERS, subledgerBody("own", "acme-payments"));

    // Then
    assertThat(own.text("/subledger/customer_resource_type")).isEqualTo("enterprise");
  }

  @Test
  void itsOwnerIsSomebodyWhoIsVerified() {
    // Given
    tenant.person("ada", "Ada", "Lovelace");
    tenant.person("bob", "Rejected", "Person");
    tenant.post(PERSONS, personBody("cal", "Created", "Person"));
    String closed = tenant.business("dun", "Dun Inc.");
    tenant.send("DELETE", BUSINESSES + "/" + closed, "");

    // When
    List<String> answers =
        Stream.of("ada", "bob", "cal", "dun", "nobody")
            .map(owner -> tenant.post(SUBLEDGERS, subledgerBody("of-" + owner, owner)).summary())
            .toList();

    // Then
    String unfit = "400 invalid_customer_reference_id";
    assertThat(answers).containsExactly("200", unfit, unfit, unfit, unfit);
    assertThat(references("", "/subledgers")).isEqualTo("of-ada");
    assertThat(tenant.get(SUBLEDGERS).text("/subledgers/0/customer_resource_type"))
        .isEqualTo("person");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|missing_subledger_reference_id",
        "{'sub':null,'cus':'c'}|missing_subledger_reference_id",
        "{'sub':'','cus':'c'}|invalid_subledger_reference_id",
        "{'sub':7,'cus':'c'}|invalid_subledger_reference_id",
        "{'sub':'LONG','cus':'c'}|invalid_subledger_reference_id",
        "{'sub':'s'}|missing_customer_reference_id",
        "{'sub':'s','cus':null}|missing_customer_reference_id",
        "{'sub':'s','cus':''}|invalid_customer_reference_id",
        "{'sub':'s','cus':[]}|invalid_customer_reference_id",
        "{'sub':'s','cus':'LONG'}|invalid_customer_reference_id",
        "[]|bad_request",
        "{|bad_request"
      })
  void whatIsAmissIsNamed(String body, String code) {
    // Given
    String json =
        body.replace("'sub'", "'subledger_reference_id'")
            .replace("'cus'", "'customer_reference_id'")
            .replace('\'', '"')
            .replace("LONG", "x".repeat(256));

    // When
    OrumReply reply = tenant.post(SUBLEDGERS, json);

    // Then
    assertThat(reply.summary()).isEqualTo("400 " + code);
    assertThat(tenant.get(SUBLEDGERS).json().get("subledgers")).isEmpty();
  }

  @Test
  void aReferenceIdIsUsedOnceOnly() {
    // Given
    String first = tenant.subledger("same");

    // When
    OrumReply again = tenant.post(SUBLEDGERS, subledgerBody("same", "another"));

    // Then
    assertThat(again.summary()).isEqualTo("400 duplicate_subledger_reference_id");
    assertThat(again.text("/details/id")).isEqualTo(first);
  }

  /** So that all of them can be closed in one transaction. */
  @Test
  void aPersonHasAThousandAtTheMost() {
    // Given
    String person = tenant.person("rich", "Ada", "L");
    String first = tenant.subledger("first", "rich");
    String copies =
        """
        INSERT INTO holder (tenant_id, id, kind, reference, status, detail, created_at, updated_at)
        SELECT tenant_id, gen_random_uuid(), kind, reference || n, status, detail, created_at,
               updated_at
          FROM holder CROSS JOIN generate_series(1, %3$d) AS n
         WHERE tenant_id = %1$d AND id = '%2$s';
        INSERT INTO orum_subledger (tenant_id, id, owner_id)
        SELECT h.tenant_id, h.id, '%4$s' FROM holder h
         WHERE h.tenant_id = %1$d AND h.reference LIKE 'first_%%';
        """;
    FIXTURE
        .gateway()
        .database()
        .execute(copies.formatted(tenant.id().value(), first, CustomerStore.MAX_OWNED - 2, person));
    tenant.subledger("last", "rich");

    // When
    OrumReply reply = tenant.post(SUBLEDGERS, subledgerBody("more", "rich"));

    // Then
    assertThat(reply.summary()).isEqualTo("400 invalid_customer_reference_id");
  }

  @Test
  void ofManyEqualRequestsAtOnceOneCreates() {
    // Given
    String body = subledgerBody("race", "enterprise");

    // When
    var sent = IntStream.range(0, 8).mapToObj(i -> tenant.postLater(SUBLEDGERS, body)).toList();

    // Then
    List<String> answers = sent.stream().map(r -> r.join().summary()).sorted().toList();
    assertThat(answers).hasSize(8).startsWith("200");
    assertThat(answers.subList(1, 8)).containsOnly("400 duplicate_subledger_reference_id");
  }

  @Test
  void theNewestComeFirstPageByPage() {
    // Given
    List.of("s1", "s2", "s3").forEach(tenant::subledger);

    // When
    List<String> pages =
        List.of(
            references("", "/subledgers"),
            references("?size=2", "/subledgers"),
            references("?size=2&index=1", "/subledgers"),
            references("?size=0", "/subledgers"),
            references("?size=500&index=2147483647", "/subledgers"),
            references("?subledger_reference_id=s2", "/subledgers"),
            references("?subledger_reference_id=s2&index=1", "/subledgers"),
            references("?subledger_reference_id=s9", "/subledgers"));

    // Then
    assertThat(pages).containsExactly("s3 s2 s1", "s3 s2", "s1", "", "", "s2", "", "");
  }

  @ParameterizedTest
  @CsvSource({
    "/deliver/subledgers?index=-1,400 invalid_index",
    "/deliver/subledgers?size=501,400 invalid_size",
    "/deliver/subledgers?subledger_reference_id=,400 invalid_subledger_reference_id",
    "/deliver/subledgers/x,400 unknown_id_subledger",
    "/deliver/subledgers/00000000-0000-7000-8000-000000000000,404 unknown_id_subledger",
    "/deliver/balance/subledgers?index=x,400 invalid_index",
    "/deliver/balance/subledgers?size=x,400 invalid_size",
    "/deliver/balance/subledgers/x,400 unknown_id_subledger",
    "/deliver/balance/subledgers/00000000-0000-7000-8000-000000000000,404 unknown_id_subledger"
  })
  void aWrongParameterIsNamed(String path, String expected) {
    assertThat(tenant.get(path).summary()).isEqualTo(expected);
  }

  @Test
  void anEnterpriseWithoutMoneyHasABalanceOfZero() {
    // When
    OrumReply reply = tenant.get(BALANCE);

    // Then
    assertThat(reply.status()).isEqualTo(200);
    for (String name : List.of("balance", "total_balance")) {
      assertThat(reply.json().get(name).properties().stream().map(e -> e.getKey()))
          .containsExactly("pending", "available", "currency", "updated_at");
      assertThat(reply.number("/" + name + "/available")).isZero();
      assertThat(reply.number("/" + name + "/pending")).isZero();
      assertThat(reply.text("/" + name + "/currency")).isEqualTo("USD");
    }
  }

  @Test
  void theTotalHoldsTheSubledgersToo() {
    // Given
    FIXTURE.fund(tenant, 1_000);
    String a = tenant.subledger("a");
    String b = tenant.subledger("b");
    tenant.transfer(300, null, "a");
    tenant.transfer(100, "a", "b");

    // When
    OrumReply enterprise = tenant.get(BALANCE);
    OrumReply all = tenant.get(BALANCE + "/subledgers");
    OrumReply one = tenant.get(BALANCE + "/subledgers/" + a);

    // Then
    assertThat(enterprise.number("/balance/available")).isEqualTo(700);
    assertThat(enterprise.number("/total_balance/available")).isEqualTo(1_000);
    assertThat(all.json().get("balances").findValuesAsText("available"))
        .containsExactly("100", "200");
    assertThat(all.json().get("balances").findValuesAsText("subledger_id")).containsExactly(b, a);
    assertThat(one.json().get("balance")).isEqualTo(all.json().at("/balances/1"));
    assertThat(one.json().get("balance").properties().stream().map(e -> e.getKey()))
        .containsExactly(
            "subledger_id",
            "subledger_reference_id",
            "pending",
            "available",
            "currency",
            "updated_at");
  }

  @Test
  void balancesComePageByPage() {
    // Given
    List.of("s1", "s2", "s3").forEach(tenant::subledger);

    // When
    String page = references("/subledgers?size=2&index=1", "/balances");

    // Then
    assertThat(page).isEqualTo("s1");
  }

  private String references(String query, String list) {
    String base = list.equals("/balances") ? BALANCE : SUBLEDGERS;
    return String.join(
        " ", tenant.get(base + query).json().at(list).findValuesAsText("subledger_reference_id"));
  }
}
