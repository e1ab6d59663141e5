package io.sluice.dialect.orum;

import static io.sluice.dialect.orum.OrumTenant.BALANCE;
import static io.sluice.dialect.orum.OrumTenant.SUBLEDGERS;
import static io.sluice.dialect.orum.OrumTenant.TRANSFERS;
import static io.sluice.dialect.orum.OrumTenant.transferBody;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may do what, on every route. */
class GateTest {
  private static final String UNKNOWN = "00000000-0000-7000-8000-000000000000";

  private static final OrumFixture FIXTURE = OrumFixture.shared();
  private static OrumTenant tenant;

  @BeforeAll
  static void start() {
    tenant = FIXTURE.tenant();
  }

  /** Method, path, the scope that it needs. */
  static Stream<Arguments> routes() {
    return Stream.of(
        Arguments.of("POST", TRANSFERS, "write:booktransfers"),
        Arguments.of("GET", TRANSFERS, "read:booktransfers"),
        Arguments.of("GET", TRANSFERS + "/" + UNKNOWN, "read:booktransfers"),
        Arguments.of("POST", SUBLEDGERS, "write:subledgers"),
        Arguments.of("GET", SUBLEDGERS, "read:subledgers"),
        Arguments.of("GET", SUBLEDGERS + "/" + UNKNOWN, "read:subledgers"),
        Arguments.of("GET", BALANCE, "read:balances"),
        Arguments.of("GET", BALANCE + "/subledgers", "read:balances"),
        Arguments.of("GET", BALANCE + "/subledgers/" + UNKNOWN, "read:balances"));
  }

  @ParameterizedTest
  @MethodSource("routes")
  void withoutATokenNobodyGetsAnywhere(String method, String path, String scope) {
    // Given
    OrumTenant stranger = tenant.with(List.of("Orum-Version", "v2022-09-21"));

    // When
    OrumReply reply = stranger.send(method, path, "{");

    // Then
    assertThat(reply.summary()).isEqualTo("401 unauthorized");
    assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer");
  }

  @ParameterizedTest
  @MethodSource("routes")
  void theVersionIsRequiredAndFixed(String method, String path, String scope) {
    // Given
    List<String> token = tenant.headers().subList(0, 2);

    // When
    List<String> answers =
        Stream.of(
                token,
                with(token, "Orum-Version", "v2021-10-01"),
                with(token, "Orum-Version", "V2022-09-21"))
            .map(headers -> tenant.with(headers).send(method, path, "{"))
            .map(OrumReply::summary)
            .toList();

    // Then
    assertThat(answers)
        .containsExactly("400 version_missing", "400 version_invalid", "400 version_invalid");
  }

  @ParameterizedTest
  @MethodSource("routes")
  void aTokenDoesOnlyWhatItsScopesSay(String method, String path, String scope) {
    // Given
    Set<String> others = new TreeSet<>(Scopes.ALL);
    others.remove(scope);

    // When
    OrumReply without = reply(others, method, path);
    OrumReply with = reply(Set.of(scope), method, path);

    // Then
    assertThat(without.summary()).isEqualTo("403 forbidden");
    assertThat(without.text("/message")).contains(scope);
    assertThat(without.header("WWW-Authenticate"))
        .isEqualTo("Bearer error=\"insufficient_scope\", scope=\"" + scope + "\"");
    assertThat(with.status()).isNotIn(401, 403);
  }

  @ParameterizedTest
  @CsvSource({
    "Bearer, Bearer",
    "'Bearer ', Bearer",
    "Basic eDp5, Bearer",
    "bearer.x, Bearer",
    "Bearer x, 'Bearer error=\"invalid_token\"'",
    "Bearer a.b.c, 'Bearer error=\"invalid_token\"'"
  })
  void whatIsNoTokenIsRefused(String header, String challenge) {
    // Given
    OrumTenant forger =
        tenant.with(List.of("Authorization", header, "Orum-Version", "v2022-09-21"));

    // When
    OrumReply reply = forger.get(BALANCE);

    // Then
    assertThat(reply.summary()).isEqualTo("401 unauthorized");
    assertThat(reply.header("WWW-Authenticate")).isEqualTo(challenge);
  }

  @Test
  void theTokenIsLookedAtBeforeTheVersionAndTheVersionBeforeTheScope() {
    // Given
    List<String> noScope =
        OrumTenant.headers(FIXTURE.token(tenant, Set.of("read:balances"))).subList(0, 2);

    // When
    List<String> answers =
        List.of(
            tenant.with(List.of()).post(TRANSFERS, "{").summary(),
            tenant.with(noScope).post(TRANSFERS, "{").summary(),
            tenant
                .with(with(noScope, "Orum-Version", "v2022-09-21"))
                .post(TRANSFERS, "{")
                .summary(),
            tenant.post(TRANSFERS, "{").summary());

    // Then
    assertThat(answers)
        .containsExactly(
            "401 unauthorized", "400 version_missing", "403 forbidden", "400 bad_request");
  }

  @Test
  void anotherTenantsThingsDoNotExist() {
    // Given
    FIXTURE.fund(tenant, 100);
    String subledger = tenant.subledger("mine");
    String transfer = tenant.transfer("mine", 10, null, "mine").text("/book_transfer/id");

    // When
    OrumTenant other = FIXTURE.tenant();

    // Then
    assertThat(other.get(TRANSFERS + "/" + transfer).summary())
        .isEqualTo("404 unknown_id_book_transfer");
    assertThat(other.get(SUBLEDGERS + "/" + subledger).summary())
        .isEqualTo("404 unknown_id_subledger");
    assertThat(other.get(BALANCE + "/subledgers/" + subledger).summary())
        .isEqualTo("404 unknown_id_subledger");
    for (String list :
        List.of(
            TRANSFERS,
            TRANSFERS + "?book_transfer_reference_id=mine",
            TRANSFERS + "?subledger_reference_id=mine",
            SUBLEDGERS,
            SUBLEDGERS + "?subledger_reference_id=mine",
            BALANCE + "/subledgers")) {
      assertThat(other.get(list).json().iterator().next()).isEmpty();
    }
    assertThat(other.available()).isZero();
    assertThat(other.transfer("mine", 10, null, "mine").summary())
        .isEqualTo("404 unknown_subledger_reference_id");
  }

  @Test
  void tenantsMayUseTheSameReferenceIds() {
    // Given
    OrumTenant one = FIXTURE.tenant();
    OrumTenant two = FIXTURE.tenant();
    String body = transferBody("same", 10, null, "same");

    // When
    List<Integer> answers = new ArrayList<>();
    for (OrumTenant each : List.of(one, two)) {
      FIXTURE.fund(each, 100);
      each.subledger("same");
      answers.add(each.post(TRANSFERS, body).status());
    }

    // Then
    assertThat(answers).containsExactly(200, 200);
    assertThat(List.of(one.available(), two.available())).containsExactly(90L, 90L);
  }

  @Test
  void whatIsNowhereIsNotFound() {
    // When
    List<String> answers =
        List.of(
            tenant.get("/deliver").summary(),
            tenant.get("/deliver/nothing").summary(),
            tenant.get("/deliver/transfers").summary(),
            tenant.post(BALANCE, "{}").summary(),
            tenant.get("/oauth").summary(),
            tenant.get("/oauth/token").summary(),
            tenant.post("/oauth/revoke", "{}").summary(),
            tenant.get("/webhooks").summary(),
            tenant.post("/webhooks/nothing", "{}").summary(),
            tenant.with(List.of()).get("/verify").summary(),
            tenant.with(List.of()).post("/verify/accounts", "{").summary());

    // Then
    assertThat(answers).containsOnly("404 not_found");
  }

  @Test
  void aBodyOfAnotherTypeOrSizeIsABadRequest() {
    // Given
    String large = "{\"x\":\"" + "x".repeat(1_048_576) + "\"}";

    // When
    List<String> answers =
        List.of(
            tenant.post(TRANSFERS, large).summary(),
            tenant
                .with(with(tenant.headers(), "Content-Type", "text/plain"))
                .post(TRANSFERS, "{}")
                .summary(),
            tenant.post(TRANSFERS, "").summary());

    // Then
    assertThat(answers).containsOnly("400 bad_request");
  }

  private static OrumReply reply(Set<String> scopes, String method, String path) {
    OrumTenant limited = tenant.with(OrumTenant.headers(FIXTURE.token(tenant, scopes)));
    return limited.send(method, path, "{}");
  }

  private static List<String> with(List<String> headers, String name, String value) {
    var more = new ArrayList<>(headers);
    more.addAll(List.of(name, value));
    return more;
  }
}
