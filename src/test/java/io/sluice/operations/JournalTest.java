package io.sluice.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.ledger.TenantId;
import io.sluice.testing.DemoTenant;
import io.sluice.testing.Reply;
import io.sluice.testing.TestClient;
import io.sluice.testing.TestingGateway;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was done through four APIs, as an auditor reads it. */
class JournalTest {
  private static TestingGateway gateway;
  private static TestingManagement management;
  private static TestClient admin;

  /** A tenant that all four dialects were set up for; names of users are there once. */
  private static TenantId tenant;

  private static TestClient corebanq;

  @BeforeAll
  static void open() {
    gateway = TestingGateway.start();
    management = new TestingManagement(gateway);
    admin = management.admin();
    tenant = gateway.newTenant();
    corebanq = DemoTenant.of(gateway, "corebanq", tenant).client();
  }

  @AfterAll
  static void close() {
    management.close();
    gateway.close();
  }

  @Test
  void readsTheTransfersOfAllDialectsAlike() {
    // Given
    int before = all(tenant, 200).size();
    TestClient isometric = DemoTenant.of(gateway, "isometric", tenant).client();
    TestClient orum = DemoTenant.of(gateway, "orum", tenant).client();
    TestClient scrip = DemoTenant.of(gateway, "scrip", tenant).client();

    // When
    retire(isometric);
    transferBooks(orum);
    redeem(scrip);
    String last = transferBetweenLedgers(corebanq);

    // Then
    admin.get(path(tenant, "/seal/receipts/" + last));
    List<JsonNode> journal = all(tenant, 200);
    journal = journal.subList(before, journal.size());
    assertThat(journal)
        .filteredOn(line -> !line.path("credential").isNull())
        .extracting(line -> line.path("dialect").textValue() + " " + line.path("kind").textValue())
        .containsExactlyInAnyOrder(
            "isometric retirement", "orum booktransfer", "scrip redemption", "corebanq transfer");
    assertThat(journal)
        .filteredOn(line -> !line.path("credential").isNull())
        .allSatisfy(JournalTest::assertSameForm);
    assertThat(journal)
        .filteredOn(line -> line.path("credential").isNull())
        .extracting(line -> line.path("dialect").textValue())
        .contains("isometric", "orum", "scrip");
  }

  @Test
  void hasTheHashAndThePlaceThatTheReceiptHas() {
    // Given
    String id = transferBetweenLedgers(corebanq);

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
    List<String> made =
        IntStream.range(0, 7).mapToObj(i -> transferBetweenLedgers(corebanq)).toList();
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
    String id = transferBetweenLedgers(corebanq);
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

  private static void retire(TestClient client) {
    JsonNode own = ok(client.get("/registry/v0/organisation"));
    String organisation = own.path("id").textValue();
    String supplier = ok(client.get("/registry/v0/supplier")).path("id").textValue();
    ok(
        client.post(
            "/registry/v0/retirements/from_oldest_credits",
            """
            {"owner_organisation_id":"%s","beneficiary_organisation_id":"%s","supplier_id":"%s",
             "retirement_purposes":["insetting"],"notes":null,"credit_quantity_kg":1000}\
            """
                .formatted(organisation, organisation, supplier)));
  }

  private static void transferBooks(TestClient client) {
    ok(
        client.post(
            "/deliver/booktransfers",
            """
            {"book_transfer_reference_id":"payout-1","amount":1250,"currency":"USD",
             "source":{"subledger_reference_id":"demo-operations"},
             "destination":{"subledger_reference_id":"demo-payouts"}}\
            """));
  }

  private static void redeem(TestClient client) {
    JsonNode assets = ok(client.get("/v1/assets?search=points")).path("data");
    JsonNode anna = ok(client.get("/v1/participants?external_id=demo-anna")).at("/data/0/id");
    JsonNode program = ok(client.get("/v1/programs")).at("/data/0/id");
    ok(
        client.post(
            "/v1/participants/" + anna.textValue() + "/redemptions",
            """
            {"program_id":%s,"asset_id":%s,"amount":"20.00","description":"A jumper"}\
            """
                .formatted(program, assets.get(0).path("id"))));
  }

  private static String transferBetweenLedgers(TestClient client) {
    JsonNode ledgers = ok(client.get("/v1/ledgers?sort=code&order=asc")).path("ledgers");
    return ok(client.post(
            "/v1/ledgers/" + ledgers.at("/0/ledger/id").textValue() + "/transfer",
            """
            {"destination_ledger_id":%s,"amount":1250,"transaction_id":"%s"}\
            """
                .formatted(ledgers.at("/1/ledger/id"), UUID.randomUUID())))
        .path("transfer_id")
        .textValue();
  }

  private static JsonNode ok(Reply reply) {
    assertThat(reply.status()).as(reply.toString()).isBetween(200, 299);
    return reply.json();
  }

  private static String path(TenantId tenant, String rest) {
    return "/admin/tenants/" + tenant.value() + rest;
  }
}
