package io.sluice.dialect.orum;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Money to and from banks and cards is nobody's here, whoever asks. */
class NotServedTest {
  private static final OrumFixture FIXTURE = OrumFixture.shared();
  private static final OrumTenant TENANT = FIXTURE.tenant();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /deliver/external/accounts",
        "GET /deliver/external/accounts/x",
        "GET /deliver/persons/00000000-0000-7000-8000-000000000000/external/accounts",
        "GET /deliver/businesses/00000000-0000-7000-8000-000000000000/external/accounts",
        "POST /deliver/cards",
        "DELETE /deliver/cards/x",
        "POST /deliver/transfers",
        "PATCH /deliver/transfers/x",
        "POST /deliver/transfers/x/cancel",
        "GET /deliver/transfers/x/history",
        "POST /deliver/transfer-groups",
        "GET /deliver/transfer-groups/x",
        "POST /deliver/schedules",
        "POST /deliver/schedules/rrule",
        "DELETE /deliver/schedules/x",
        "GET /deliver/eligibility",
        "POST /verify/accounts",
        "POST /verify/accounts/x/debits"
      })
  void isSaidBeforeEveryOtherCheck(String operation) {
    // Given
    String[] asked = operation.split(" ");
    OrumTenant stranger = TENANT.with(List.of());

    // When
    OrumReply known = TENANT.send(asked[0], asked[1], "");
    OrumReply unknown = stranger.send(asked[0], asked[1], "");

    // Then
    assertThat(known.summary()).isEqualTo("404 not_found");
    assertThat(unknown.summary()).isEqualTo("404 not_found");
  }
}
