package io.sluice.dialect.orum;

import static io.sluice.dialect.orum.OrumTenant.TRANSFERS;
import static io.sluice.dialect.orum.OrumTenant.transferBody;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Book transfers over HTTP, on real books. */
class TransfersTest {
  private static final OrumFixture FIXTURE = OrumFixture.shared();
  private OrumTenant tenant;
  private String a;
  private String b;

  @BeforeEach
  void enterpriseWithTwoSubledgers() {
    tenant = FIXTURE.tenant();
    FIXTURE.fund(tenant, 1_000);
    a = tenant.subledger("a");
    b = tenant.subledger("b");
    tenant.transfer(400, null, "a");
  }

  @Test
  void moneyMovesBetweenSubledgers() {
    // Given
    String body =
        transferBody("first", 150, "a", "b")
            .replace("\"currency\"", "\"metadata\":{\"note\":\"rent\"},\"currency\"");

    // When
    OrumReply reply = tenant.post(TRANSFERS, body);

    // Then
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().properties().stream().map(e -> e.getKey()))
        .containsExactly("book_transfer");
    assertThat(reply.json().get("book_transfer").properties().stream().map(e -> e.getKey()))
        .containsExactly(
            "id",
            "created_at",
            "updated_at",
            "book_transfer_reference_id",
            "amount",
            "currency",
            "metadata",
            "source",
            "destination",
            "status");
    assertThat(UUID.fromString(reply.text("/book_transfer/id")).version()).isEqualTo(7);
    assertThat(reply.text("/book_transfer/created_at"))
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z")
        .isEqualTo(reply.text("/book_transfer/updated_at"));
    assertThat(reply.text("/book_transfer/status")).isEqualTo("completed");
    assertThat(reply.text("/book_transfer/metadata/note")).isEqualTo("rent");
    assertThat(List.of(tenant.available(a), tenant.available(b), tenant.available()))
        .containsExactly(250L, 150L, 600L);
  }

  @Test
  void anAbsentSideIsTheEnterprise() {
    // When
    OrumReply out = tenant.transfer(100, null, "b");
    OrumReply back = tenant.transfer(300, "a", null);

    // Then
    assertThat(out.json().get("book_transfer").has("source")).isFalse();
    assertThat(back.json().get("book_transfer").has("destination")).isFalse();
    assertThat(List.of(tenant.available(a), tenant.available(b), tenant.available()))
        .containsExactly(100L, 100L, 800L);
  }

  @Test
  void whatWasAnsweredCanBeReadAgain() {
    // Given
    OrumReply first = tenant.transfer(10, "a", "b");

    // When
    OrumReply again = tenant.get(TRANSFERS + "/" + first.text("/book_transfer/id"));

    // Then
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json()).isEqualTo(first.json());
  }

  @Test
  void aSubledgerThatHasTooLittleFailsTheTransferAndNotTheRequest() {
    // When
    OrumReply reply = tenant.transfer("too-much", 401, "a", "b");

    // Then
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text("/book_transfer/status")).isEqualTo("failed");
    assertThat(reply.text("/book_transfer/status_reasons/0/source/reason_code"))
        .isEqualTo("insufficient_funds");
    assertThat(reply.text("/book_transfer/status_reasons/0/source/reason_code_message"))
        .isEqualTo("There was not enough money available to complete the transfer request");
    assertThat(List.of(tenant.available(a), tenant.available(b))).containsExactly(400L, 0L);
  }

  @Test
  void anEnterpriseThatHasTooLittleHasAReasonOfItsOwn() {
    // When
    OrumReply reply = tenant.transfer(601, null, "b");

    // Then
    assertThat(reply.text("/book_transfer/status_reasons/0/source/reason_code"))
        .isEqualTo("enterprise_insufficient_funds");
    assertThat(reply.text("/book_transfer/status_reasons/0/source/reason_code_message"))
        .isEqualTo(
            "There is an insufficient enterprise balance and the transfer request cannot be"
                + " completed");
    assertThat(tenant.available()).isEqualTo(600);
  }

  @Test
  void aReferenceIdHasNoMaximum() {
    // Given
    String reference = "r".repeat(3_000);
    OrumReply first = tenant.transfer(reference, 10, "a", "b");

    // When
    OrumReply again = tenant.transfer(reference, 10, "a", "b");
    OrumReply other = tenant.transfer(reference + "x", 10, "a", "b");
    OrumReply found = tenant.get(TRANSFERS + "?book_transfer_reference_id=" + reference);

    // Then
    assertThat(first.text("/book_transfer/book_transfer_reference_id")).isEqualTo(reference);
    assertThat(again.summary()).isEqualTo("400 duplicate_book_transfer_reference_id");
    assertThat(other.status()).isEqualTo(200);
    assertThat(found.json().at("/book_transfers/0")).isEqualTo(first.json().get("book_transfer"));
    assertThat(tenant.transfer(10, "a".repeat(300), "b").summary())
        .isEqualTo("404 unknown_subledger_reference_id");
  }

  @Test
  void metadataComesBackInTheTypesThatWereSent() {
    // Given
    String metadata = "{\"s\":\"1\",\"n\":1.50,\"t\":true,\"f\":false,\"z\":null}";
    String body =
        transferBody("typed", 1, "a", "b")
            .replace("\"currency\"", "\"metadata\":" + metadata + ",\"currency\"");

    // When
    OrumReply reply = tenant.post(TRANSFERS, body);

    // Then
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.reply().text()).contains("\"metadata\":" + metadata);
    OrumReply read = tenant.get(TRANSFERS + "/" + reply.text("/book_transfer/id"));
    assertThat(read.json()).isEqualTo(reply.json());
  }

  @Test
  void aFailedTransferIsKeptAndUsesUpItsReferenceId() {
    // Given
    OrumReply failed = tenant.transfer("kept", 401, "a", "b");
    String id = failed.text("/book_transfer/id");
    tenant.transfer(100, null, "a");

    // When
    OrumReply again = tenant.transfer("kept", 401, "a", "b");

    // Then
    assertThat(again.summary()).isEqualTo("400 duplicate_book_transfer_reference_id");
    assertThat(again.text("/details/id")).isEqualTo(id);
    assertThat(tenant.get(TRANSFERS + "/" + id).json()).isEqualTo(failed.json());
    assertThat(tenant.get(TRANSFERS + "?status=failed").json().get("book_transfers"))
        .containsExactly(failed.json().get("book_transfer"));
    assertThat(tenant.available(a)).isEqualTo(500);
  }

  @ParameterizedTest
  @CsvSource({"10,a,b", "11,a,b", "10,b,a", "10,a,", "10,,a", "10,nobody,a", "10,a,nobody"})
  void aReferenceIdIsNeverUsedTwice(long cents, String source, String destination) {
    // Given
    OrumReply first = tenant.transfer("once", 10, "a", "b");

    // When
    OrumReply again = tenant.transfer("once", cents, source, destination);

    // Then
    assertThat(again.summary()).isEqualTo("400 duplicate_book_transfer_reference_id");
    assertThat(again.text("/details/id")).isEqualTo(first.text("/book_transfer/id"));
    assertThat(List.of(tenant.available(a), tenant.available(b))).containsExactly(390L, 10L);
  }

  @Test
  void ofManyEqualRequestsAtOnceOneIsCarriedOut() {
    // Given
    String body = transferBody("race", 10, "a", "b");

    // When
    List<CompletableFuture<OrumReply>> sent =
        IntStream.range(0, 16).mapToObj(i -> tenant.postLater(TRANSFERS, body)).toList();

    // Then
    List<OrumReply> replies = sent.stream().map(CompletableFuture::join).toList();
    OrumReply first = replies.stream().filter(r -> r.status() == 200).findAny().orElseThrow();
    assertThat(replies.stream().filter(r -> r != first))
        .hasSize(15)
        .allMatch(r -> r.summary().equals("400 duplicate_book_transfer_reference_id"))
        .allMatch(r -> r.text("/details/id").equals(first.text("/book_transfer/id")));
    assertThat(tenant.available(b)).isEqualTo(10);
  }

  @ParameterizedTest
  @CsvSource({"nobody,b", "a,nobody", "nobody,nowhere", "nobody,", ",nobody"})
  void anUnknownSubledgerStoresNothing(String source, String destination) {
    // When
    OrumReply reply = tenant.transfer("free", 10, source, destination);

    // Then
    assertThat(reply.summary()).isEqualTo("404 unknown_subledger_reference_id");
    assertThat(
            tenant.get(TRANSFERS + "?book_transfer_reference_id=free").json().at("/book_transfers"))
        .isEmpty();
    assertThat(tenant.transfer("free", 10, "a", "b").status()).isEqualTo(200);
  }

  @Test
  void aSubledgerCanBePaidAsSoonAsItExists() {
    // Given
    String before = tenant.transfer(10, "a", "late").summary();

    // When
    tenant.subledger("late");

    // Then
    assertThat(before).isEqualTo("404 unknown_subledger_reference_id");
    assertThat(tenant.transfer(10, "a", "late").status()).isEqualTo(200);
  }

  @Test
  void whatIsAmissInARequestIsAnsweredBeforeAnythingIsLookedUp() {
    // Given
    tenant.transfer("taken", 10, "a", "b");

    // When
    OrumReply reply = tenant.transfer("taken", 0, "nobody", "b");

    // Then
    assertThat(reply.summary()).isEqualTo("400 invalid_amount");
  }

  @ParameterizedTest
  @CsvSource({
    "not-a-uuid,400",
    "1-1-1-1-1,400",
    "00000000-0000-7000-8000-000000000000,404",
    "00000000-0000-7000-8000-00000000000G,400"
  })
  void anIdNamesABookTransfer(String id, int status) {
    assertThat(tenant.get(TRANSFERS + "/" + id).summary())
        .isEqualTo(status + " unknown_id_book_transfer");
  }

  @Test
  void fundingIsNoBookTransfer() {
    // Given
    String funding = FIXTURE.fund(tenant, 5).text("/funding/id");

    // When
    OrumReply reply = tenant.get(TRANSFERS + "/" + funding);

    // Then
    assertThat(reply.summary()).isEqualTo("404 unknown_id_book_transfer");
    assertThat(tenant.get(TRANSFERS).json().toString()).doesNotContain(funding);
  }

  @Test
  void theLargestAmountMoves() {
    // Given
    OrumTenant rich = FIXTURE.tenant();
    FIXTURE.fund(rich, Long.MAX_VALUE);
    String vault = rich.subledger("vault");

    // When
    OrumReply reply = rich.transfer(Long.MAX_VALUE, null, "vault");

    // Then
    assertThat(reply.number("/book_transfer/amount")).isEqualTo(Long.MAX_VALUE);
    assertThat(rich.available(vault)).isEqualTo(Long.MAX_VALUE);
  }
}
