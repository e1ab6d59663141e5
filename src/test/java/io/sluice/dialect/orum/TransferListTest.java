package io.sluice.dialect.orum;

import static io.sluice.dialect.orum.OrumTenant.TRANSFERS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Seven transfers, t1 to t7; t3 and t6 failed. */
class TransferListTest {
  private static final OrumFixture FIXTURE = OrumFixture.shared();
  private static OrumTenant tenant;

  @BeforeAll
  static void start() {
    tenant = FIXTURE.tenant();
    FIXTURE.fund(tenant, 1_000);
    tenant.subledger("a");
    tenant.subledger("b");
    tenant.subledger("c");
    tenant.transfer("t1", 100, null, "a");
    tenant.transfer("t2", 50, "a", "b");
    tenant.transfer("t3", 999, "a", "b");
    tenant.transfer("t4", 10, "b", null);
    tenant.transfer("t5", 5, "a", null);
    tenant.transfer("t6", 9_999, null, "b");
    tenant.transfer("t7", 1, "b", "a");
  }

  @ParameterizedTest
  @CsvSource({
    "'',t7 t6 t5 t4 t3 t2 t1",
    "size=3,t7 t6 t5",
    "size=3&index=1,t4 t3 t2",
    "size=3&index=2,t1",
    "size=3&index=3,''",
    "size=0,''",
    "size=500&index=2147483647,''",
    "size=1&index=2147483647,''",
    "size=1&index=99999999999999999999999,''",
    "status=failed,t6 t3",
    "status=completed,t7 t5 t4 t2 t1",
    "status=created,''",
    "subledger_reference_id=a,t7 t5 t3 t2 t1",
    "subledger_reference_id=b,t7 t6 t4 t3 t2",
    "subledger_reference_id=b&status=failed,t6 t3",
    "subledger_reference_id=b&size=2&index=1,t4 t3",
    "subledger_reference_id=c,''",
    "subledger_reference_id=nobody,''",
    "book_transfer_reference_id=t2,t2",
    "book_transfer_reference_id=t9,''",
    "book_transfer_reference_id=t2&status=completed,t2",
    "book_transfer_reference_id=t2&status=failed,''",
    "book_transfer_reference_id=t3&status=failed,t3",
    "book_transfer_reference_id=t2&subledger_reference_id=a,t2",
    "book_transfer_reference_id=t2&subledger_reference_id=c,''",
    "book_transfer_reference_id=t2&index=1,''",
    "book_transfer_reference_id=t2&size=0,''",
    "unknown=parameter&size=1,t7"
  })
  void theNewestComeFirst(String query, String expected) {
    // When
    OrumReply reply = tenant.get(TRANSFERS + "?" + query);

    // Then
    assertThat(reply.status()).isEqualTo(200);
    assertThat(references(reply)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "index=-1,invalid_index",
    "index=,invalid_index",
    "index=one,invalid_index",
    "index=1e9,invalid_index",
    "size=501,invalid_size",
    "size=-1,invalid_size",
    "size=1.5,invalid_size",
    "status=done,invalid_status",
    "status=,invalid_status",
    "book_transfer_reference_id=,invalid_book_transfer_reference_id",
    "book_transfer_reference_id=%00,bad_request",
    "subledger_reference_id=,invalid_subledger_reference_id",
    "subledger_reference_id=a%00b,bad_request",
    "index=x&size=x&status=x,invalid_index"
  })
  void aWrongParameterIsNamed(String query, String code) {
    assertThat(tenant.get(TRANSFERS + "?" + query).summary()).isEqualTo("400 " + code);
  }

  @Test
  void aFilterHasTheLimitOfTheReferenceIdAndThatOfABookTransferHasNone() {
    // Given
    String longest = "x".repeat(255);

    // When
    List<String> answers =
        List.of(
            tenant.get(TRANSFERS + "?subledger_reference_id=" + longest).summary(),
            tenant.get(TRANSFERS + "?subledger_reference_id=x" + longest).summary(),
            tenant.get(TRANSFERS + "?book_transfer_reference_id=" + longest).summary(),
            tenant.get(TRANSFERS + "?book_transfer_reference_id=x" + longest).summary());

    // Then
    assertThat(answers).containsExactly("200", "400 invalid_subledger_reference_id", "200", "200");
  }

  private static String references(OrumReply reply) {
    JsonNode list = reply.json().get("book_transfers");
    return String.join(
        " ",
        StreamSupport.stream(list.spliterator(), false)
            .map(transfer -> transfer.get("book_transfer_reference_id").textValue())
            .toList());
  }
}
