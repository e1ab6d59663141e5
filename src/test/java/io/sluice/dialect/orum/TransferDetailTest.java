package io.sluice.dialect.orum;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Json;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.TransferId;
import io.sluice.testing.StubCall;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TransferDetailTest {
  private static final UUID ID = UUID.fromString("01936f5e-0000-7000-8000-000000000001");
  private static final String BODY =
      "{\"book_transfer_reference_id\":\"r \\\"quoted\\\"\",\"amount\":5,\"currency\":\"USD\","
          + "\"metadata\":{\"k\":\"v\"},\"source\":{\"subledger_reference_id\":\"a\"},"
          + "\"destination\":{\"subledger_reference_id\":\"b\"}}";

  @Test
  void aPostedTransferIsCompleted() {
    // When
    Buffer body = TransferDetail.one(receipt(true, BODY)).body();

    // Then
    assertThat(body.toString())
        .isEqualTo(
            "{\"book_transfer\":{\"id\":\""
                + ID
                + "\",\"created_at\":\"2026-11-21T10:00:00.000001Z\","
                + "\"updated_at\":\"2026-11-21T10:00:00.000001Z\","
                + BODY.substring(1, BODY.length() - 1)
                + ",\"status\":\"completed\"}}");
  }

  @Test
  void aRefusedTransferSaysWhoHadTooLittle() {
    // Given
    String fromEnterprise = BODY.replace("\"source\":{\"subledger_reference_id\":\"a\"},", "");

    // When
    JsonNode list =
        Json.parse(
                TransferDetail.many(List.of(receipt(false, BODY), receipt(false, fromEnterprise)))
                    .body())
            .get("book_transfers");

    // Then
    assertThat(list.findValuesAsText("status")).containsExactly("failed", "failed");
    assertThat(list.at("/0/status_reasons/0/source/reason_code").textValue())
        .isEqualTo("insufficient_funds");
    assertThat(list.at("/1/status_reasons/0/source/reason_code").textValue())
        .isEqualTo("enterprise_insufficient_funds");
    assertThat(list.at("/1/status_reasons/0/source/reason_code_message").textValue()).isNotBlank();
    assertThat(list.at("/1").has("source")).isFalse();
  }

  @Test
  void eitherSideNamesASubledger() {
    // Given
    Receipt receipt = receipt(true, BODY);

    // When
    List<Boolean> named =
        List.of(
            TransferDetail.names(receipt, "a"),
            TransferDetail.names(receipt, "b"),
            TransferDetail.names(receipt, "c"));

    // Then
    assertThat(named).containsExactly(true, true, false);
  }

  private static Receipt receipt(boolean posted, String body) {
    return new Receipt(
        new TransferId(ID),
        Names.BOOK_TRANSFER,
        posted,
        Instant.parse("2026-11-21T10:00:00.000001Z"),
        TransferDetail.of(TransferRequest.read(StubCall.ofBody(body))),
        List.of());
  }
}
