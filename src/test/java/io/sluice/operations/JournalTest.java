package io.sluice.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.ledger.TenantId;
import io.sluice.testing.Reply;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was done through four APIs, as an auditor reads it. */
class JournalTest extends ManagedApis {
  @Test
  void readsTheTransfersOfAllDialectsAlike() {
    // Given
    int before = all(tenant, 200).size();

    // When
    apis.retire("retirement");
    apis.transferBooks("payout");
    apis.redeem("redemption");
    String last = apis.transferBetweenLedgers();

    // Then
    admin.get(path(tenant, "/seal/receipts/" + last));
    List<JsonNode> all = all(tenant, 200);
    List<JsonNode> journal = all.subList(before, all.size());
    assertThat(journal)
        .filteredOn(line -> !line.path("credential").isNull())
        .extracting(line -> line.path("dialect").textValue() + " " + line.path("kind").textValue())
        .containsExactlyInAnyOrder(
            "isometric retirement", "orum booktransfer", "scrip redemption", "corebanq transfer");
    assertThat(journal)
        .filteredOn(line -> !line.path("credential").isNull())
        .allSatisfy(JournalTest::assertSameForm);
    assertThat(all)
        .filteredOn(line -> line.path("credential").isNull())
        .extracting(line -> line.path("dialect").textValue())
        .contains("isometric", "orum", "scrip");
  }

  @Test
  void hasTheHashAndThePlaceThatTheReceiptHas() {
    // Given
    String id = apis.transferBetweenLedgers();

    // When
    JsonNode receipt = admin.get(path(tenant, "/seal/receipts/" + id)).json();

    // Then
    JsonNode line = all(tenant, 200).getLast();
    assertThat(line.path("id").textValue()).isEqualTo(id);
    assertThat(line.path("position")).isEqualTo(receipt.path("position"));
    assertThat(line.path("entry_hash")).isEqualTo(receipt.path("entry_hash"));
    assertThat(line.at("/postings/0/amount").textValue()).isEqualTo("-12.50");
    assertThat(line.at("/postings/1/amount").textValue()).isEqualTo("12.50");
    assertThat(line.at("/postings/1/holder/reference").textValue()).isEqualTo("demo-savings");
    assertThat(line.at("/credential/label").textValue()).isEqualTo("demo");
  }

  @Test
  void readsEachTransferOnceInPages() {
    // Given
    List<String> made = IntStream.range(0, 7).mapToObj(i -> apis.transferBetweenLedgers()).toList();
    admin.get(path(tenant, "/seal/receipts/" + made.getLast()));

    // When
    List<JsonNode> pages = all(tenant, 3);

    // Then
    assertThat(pages).isEqualTo(all(tenant, 200));
    assertThat(pages)
        .extracting(line -> line.path("id").textValue())
        .containsAll(made)
        .doesNotHaveDuplicates();
    assertThat(pages)
        .extracting(line -> line.path("position").longValue())
        .containsExactlyElementsOf(
            IntStream.range(0, pages.size()).mapToObj(Long::valueOf).toList());
  }

  @Test
  void showsNobodyElsesTransfers() {
    // Given
    String id = apis.transferBetweenLedgers();
    admin.get(path(tenant, "/seal/receipts/" + id));

    // When
    Reply reply = admin.get(path(gateway.newTenant(), "/journal"));

    // Then
    assertThat(reply.text()).isEqualTo("{\"journal\":[],\"next\":0}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"from=-1", "from=x", "limit=0", "limit=201", "from=1&from=1"})
  void refusesWhatIsNoPlace(String query) {
    // When
    Reply reply = admin.get(path(gateway.newTenant(), "/journal?" + query));

    // Then
    assertThat(reply.status()).isEqualTo(400);
  }

  private static List<JsonNode> all(TenantId tenant, int limit) {
    var lines = new ArrayList<JsonNode>();
    for (JsonNode page = page(tenant, 0, limit);
        !page.path("journal").isEmpty();
        page = page(tenant, page.path("next").longValue(), limit)) {
      page.path("journal").forEach(lines::add);
    }
    return lines;
  }

  private static JsonNode page(TenantId tenant, long from, int limit) {
    Reply reply = admin.get(path(tenant, "/journal?from=" + from + "&limit=" + limit));
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    return reply.json();
  }

  /** Who asked, whose accounts, and sums of zero, whichever API it was. */
  private static void assertSameForm(JsonNode line) {
    assertThat(line.path("status").textValue()).isEqualTo("posted");
    assertThat(line.at("/credential/label").textValue()).startsWith("demo");
    assertThat(line.path("entry_hash").textValue()).hasSize(64);
    assertThat(line.path("postings")).hasSizeGreaterThan(1);
    assertThat(
            StreamSupport.stream(line.path("postings").spliterator(), false)
                .map(posting -> new BigDecimal(posting.path("amount").textValue()))
                .reduce(BigDecimal.ZERO, BigDecimal::add))
        .isEqualByComparingTo(BigDecimal.ZERO);
    assertThat(line.path("postings"))
        .allSatisfy(
            posting -> {
              assertThat(posting.at("/holder/kind").textValue())
                  .startsWith(line.path("dialect").textValue() + ".");
              assertThat(posting.at("/asset/kind").textValue())
                  .startsWith(line.path("dialect").textValue() + ".");
            });
  }

  private static String path(TenantId tenant, String rest) {
    return "/admin/tenants/" + tenant.value() + rest;
  }
}
