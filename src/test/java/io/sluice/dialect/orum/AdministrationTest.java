package io.sluice.dialect.orum;

import static io.sluice.dialect.orum.OrumTenant.BALANCE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the management port does for this dialect. */
class AdministrationTest {
  private static final OrumFixture FIXTURE = OrumFixture.shared();
  private OrumTenant tenant;

  @BeforeEach
  void newTenant() {
    tenant = FIXTURE.tenant();
  }

  @Test
  void fundingReachesTheEnterprise() {
    // When
    OrumReply reply = FIXTURE.fund(tenant, "wire-1", "250");

    // Then
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.number("/funding/amount")).isEqualTo(250);
    assertThat(reply.text("/funding/reference")).isEqualTo("wire-1");
    assertThat(tenant.available()).isEqualTo(250);
    assertThat(tenant.get(BALANCE).number("/total_balance/available")).isEqualTo(250);
  }

  @Test
  void theSameFundingCountsOnce() {
    // Given
    OrumReply first = FIXTURE.fund(tenant, "wire-1", "250");

    // When
    OrumReply again = FIXTURE.fund(tenant, "wire-1", "250");
    OrumReply other = FIXTURE.fund(tenant, "wire-1", "251");

    // Then
    assertThat(again.json()).isEqualTo(first.json());
    assertThat(other.summary()).isEqualTo("400 bad_request");
    assertThat(tenant.available()).isEqualTo(250);
  }

  @Test
  void listsFundingsNewestFirst() {
    // Given
    FIXTURE.nameEnterprise(tenant, "Acme", "acme");
    List.of("1", "2", "3").forEach(n -> FIXTURE.fund(tenant, "wire-" + n, n + "00"));
    tenant.subledger("operations");
    tenant.transfer(50, null, "operations");

    // When
    OrumReply page = FIXTURE.read(tenant, "/funding?size=2");
    OrumReply rest = FIXTURE.read(tenant, "/funding?size=2&index=1");
    OrumReply beyond = FIXTURE.read(tenant, "/funding?size=2&index=2");

    // Then
    assertThat(page.json().at("/fundings/0"))
        .isEqualTo(FIXTURE.fund(tenant, "wire-3", "300").json().get("funding"));
    assertThat(page.json().at("/fundings").findValuesAsText("reference"))
        .containsExactly("wire-3", "wire-2");
    assertThat(rest.json().at("/fundings").findValuesAsText("reference")).containsExactly("wire-1");
    assertThat(beyond.json().get("fundings")).isNotNull().isEmpty();
    assertThat(FIXTURE.read(tenant, "/funding?size=501").status()).isEqualTo(400);
    assertThat(FIXTURE.read(tenant, "").text("/enterprise/reference")).isEqualTo("acme");
  }

  @Test
  void listsNoFundingsWhereThereAreNone() {
    // When
    OrumReply page = FIXTURE.read(tenant, "/funding");

    // Then
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.json().get("fundings")).isNotNull().isEmpty();
  }

  @Test
  void noBalanceLeavesTheRangeOfTheWire() {
    // Given
    FIXTURE.fund(tenant, "all", "9223372036854775807");

    // When
    OrumReply reply = FIXTURE.fund(tenant, "one-more", "1");

    // Then
    assertThat(reply.summary()).isEqualTo("400 invalid_amount");
    assertThat(tenant.available()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void norDoesTheTotal() {
    // Given
    FIXTURE.fund(tenant, "all", "9223372036854775807");
    tenant.subledger("vault");
    tenant.transfer(Long.MAX_VALUE, null, "vault");

    // When
    OrumReply reply = FIXTURE.fund(tenant, "one-more", "1");

    // Then
    assertThat(reply.summary()).isEqualTo("400 invalid_amount");
    assertThat(tenant.get(BALANCE).number("/total_balance/available")).isEqualTo(Long.MAX_VALUE);
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "1.5", "9223372036854775808", "'\"1\"'", "null"})
  void anAmountIsAWholeNumberOfCents(String amount) {
    assertThat(FIXTURE.fund(tenant, "wire", amount).summary()).matches("400 (in|mis).*_amount");
  }

  @Test
  void anEnterpriseCanBeNamedAgainAndAgain() {
    // Given
    OrumReply first = FIXTURE.nameEnterprise(tenant, "One", "one");

    // When
    OrumReply second = FIXTURE.nameEnterprise(tenant, "Two", "two");

    // Then
    assertThat(second.text("/enterprise/name")).isEqualTo("Two");
    assertThat(second.text("/enterprise/reference")).isEqualTo("two");
    assertThat(second.text("/enterprise/id")).isEqualTo(first.text("/enterprise/id"));
  }

  @Test
  void theDemoMovesMoneyEachTimeAndCanBeSetUpAgain() {
    // Given
    String first = FIXTURE.demonstrate(tenant);
    List<OrumReply> replies = new ArrayList<>();
    replies.add(FIXTURE.run(first));
    replies.add(FIXTURE.run(first));

    // When
    String second = FIXTURE.demonstrate(tenant);

    // Then
    replies.add(FIXTURE.run(second));
    replies.add(FIXTURE.run(second));
    assertThat(List.of(first, second))
        .allMatch(printed -> printed.matches("# client_id \\S+, client_secret \\S+\ncurl .*"));
    assertThat(replies).allMatch(r -> "completed".equals(r.text("/book_transfer/status")));
    assertThat(replies.stream().map(r -> r.text("/book_transfer/id"))).doesNotHaveDuplicates();
    assertThat(tenant.get(BALANCE).number("/total_balance/available"))
        .isEqualTo(1_000_000_000_000L);
  }
}
