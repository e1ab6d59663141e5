package io.sluice.dialect.orum;

import static io.sluice.dialect.orum.OrumTenant.PERSONS;
import static io.sluice.dialect.orum.OrumTenant.TRANSFERS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.testing.Waiting;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What subledgers may still do once their owner may not take part. */
class UnfitOwnersTest {
  private static final OrumFixture FIXTURE = OrumFixture.shared();
  private OrumTenant tenant;
  private String ada;
  private String adas;
  private String others;

  @BeforeEach
  void newTenant() {
    tenant = FIXTURE.tenant();
    FIXTURE.fund(tenant, 1_000);
    ada = tenant.person("ada", "Ada", "Person");
    adas = tenant.subledger("adas", "ada");
    others = tenant.subledger("others");
    tenant.transfer(100, null, "adas");
    tenant.transfer(100, null, "others");
  }

  @Test
  void whoIsClosedReceivesNothing() {
    // Given
    close();

    // When
    OrumReply reply = tenant.transfer("late", 10, "others", "adas");

    // Then
    assertFailed(reply, "destination", "closed_account");
    assertThat(tenant.available(others)).isEqualTo(100);
    String id = reply.text("/book_transfer/id");
    assertThat(tenant.get(TRANSFERS + "/" + id).json()).isEqualTo(reply.json());
    assertThat(tenant.transfer("late", 10, "others", "adas").summary())
        .isEqualTo("400 duplicate_book_transfer_reference_id");
    assertThat(tenant.get(TRANSFERS + "?status=failed").text("/book_transfers/0/id")).isEqualTo(id);
  }

  @Test
  void whoIsClosedPaysToTheEnterpriseOnly() {
    // Given
    close();

    // When
    OrumReply toOther = tenant.transfer(10, "adas", "others");
    OrumReply home = tenant.transfer(100, "adas", null);

    // Then
    assertFailed(toOther, "source", "closed_account");
    assertThat(home.text("/book_transfer/status")).isEqualTo("completed");
    assertThat(tenant.available(adas)).isZero();
  }

  @Test
  void whoIsRejectedDoesNothingUntilVerifiedAgain() {
    // Given
    rename("Rejected", "rejected");

    // When
    OrumReply pays = tenant.transfer(10, "adas", null);
    OrumReply receives = tenant.transfer(10, null, "adas");

    // Then
    assertFailed(pays, "source", "account_not_verified");
    assertFailed(receives, "destination", "account_not_verified");
    rename("Ada", "verified");
    assertThat(tenant.transfer(10, "adas", null).text("/book_transfer/status"))
        .isEqualTo("completed");
  }

  @Test
  void wantOfFundsGoesAfterTheOwner() {
    // Given
    close();

    // When
    OrumReply reply = tenant.transfer(1_000_000, "adas", "others");

    // Then
    assertFailed(reply, "source", "closed_account");
  }

  private void close() {
    assertThat(tenant.send("DELETE", PERSONS + "/" + ada, "").status()).isEqualTo(200);
  }

  private void rename(String firstName, String status) {
    tenant.send("PATCH", PERSONS + "/" + ada, "{\"first_name\":\"" + firstName + "\"}");
    Waiting.until(() -> tenant.statusOf(PERSONS, ada).equals(status));
  }

  private static void assertFailed(OrumReply reply, String side, String code) {
    assertThat(reply.status()).isEqualTo(200);
    JsonNode transfer = reply.json().get("book_transfer");
    assertThat(transfer.get("status").textValue()).isEqualTo("failed");
    assertThat(transfer.at("/status_reasons/0/" + side + "/reason_code").textValue())
        .isEqualTo(code);
  }
}
