package io.sluice.dialect.orum;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.store.orum.ReportStore;
import io.sluice.testing.Reply;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reports over HTTP. */
class ReportsTest {
  private static final OrumFixture FIXTURE = OrumFixture.shared();
  private static final String REPORTS = "/deliver/reports";
  private static final String RECON = REPORTS + "/recon";
  private static final String ALWAYS =
      "\"start_time\":\"2020-01-01T00:00:00Z\",\"end_time\":\"2120-01-01T00:00:00Z\"";

  private OrumTenant tenant;

  @BeforeEach
  void newTenant() {
    tenant = FIXTURE.tenant();
    FIXTURE.fund(tenant, "first", "1000");
    tenant.subledger("a");
    tenant.subledger("b,\\\"c\\\"");
    tenant.transfer("t1", 300, null, "a");
    tenant.transfer("t2", 100, "a", "b,\\\"c\\\"");
    tenant.transfer("t3", 1_000_000, "a", null);
    tenant.transfer("t4", 50, "a", null);
  }

  @Test
  void aReportIsCreatedListedReadAndDeleted() {
    // When
    OrumReply created = create(",\"report_scope\":\"subledger\",\"subledger_reference_id\":\"a\"");

    // Then
    String id = created.text("/report/id");
    JsonNode report = created.json().get("report");
    assertThat(report.properties().stream().map(e -> e.getKey()))
        .containsExactly(
            "id",
            "created_at",
            "start_time",
            "end_time",
            "status",
            "report_scope",
            "subledger_reference_id");
    assertThat(report.get("status").textValue()).isEqualTo("created");
    JsonNode read = tenant.get(RECON + "/" + id).json();
    assertThat(read.at("/report/status").textValue()).isEqualTo("completed");
    String other = create("").text("/report/id");
    assertThat(tenant.get(RECON).json().get("reports").findValuesAsText("id"))
        .containsExactly(other, id);
    Reply deleted = tenant.client().send("DELETE", REPORTS + "/" + id, new byte[0]);
    assertThat(deleted.status()).isEqualTo(204);
    assertThat(deleted.body()).isEmpty();
    for (String path : List.of(RECON + "/" + id, REPORTS + "/" + id + "/download")) {
      assertThat(tenant.get(path).summary()).isEqualTo("404 not_found");
    }
    assertThat(tenant.send("DELETE", REPORTS + "/" + id, "").summary()).isEqualTo("404 not_found");
  }

  @Test
  void itsFileHasALineForEachEffectOnABalance() {
    // When
    Reply file = download(create("").text("/report/id"));

    // Then
    assertThat(file.header("Content-Type")).contains("text/csv; charset=utf-8");
    List<String> lines = lines(file);
    assertThat(lines.getFirst())
        .startsWith("Transfer ID,Reference ID,Group ID,Balance Updated At (UTC)")
        .endsWith("Available Amount,Pending Amount,Ledger Amount");
    assertThat(lines.stream().skip(1).map(ReportsTest::gist))
        .containsExactly(
            "first Credit 1000 balance_top_up  enterprise 1000",
            "t1 Debit 300 book_transfer enterprise a 700",
            "t4 Credit 50 book_transfer a enterprise 750",
            "t1 Credit 300 book_transfer enterprise a 300",
            "t2 Debit 100 book_transfer a \"b;\"\"c\"\"\" 200",
            "t4 Debit 50 book_transfer a enterprise 150",
            "t2 Credit 100 book_transfer a \"b;\"\"c\"\"\" 100");
  }

  @ParameterizedTest
  @CsvSource({"enterprise, first t1 t4", "subledger, t1 t2 t4"})
  void itTellsOfItsScopeOnly(String scope, String references) {
    // When
    String named = ",\"subledger_reference_id\":\"a\",\"report_scope\":\"" + scope + "\"";
    Reply file = download(create(named).text("/report/id"));

    // Then
    assertThat(lines(file).stream().skip(1).map(line -> line.split(",")[1]))
        .containsExactly(references.split(" "));
  }

  @Test
  void whatComesAfterItIsNotInIt() {
    // Given
    String id = create("").text("/report/id");
    byte[] before = download(id).body();

    // When
    tenant.transfer("t5", 10, null, "a");

    // Then
    assertThat(download(id).body()).isEqualTo(before);
  }

  @Test
  void itsTimeBeginsWithItsStartAndEndsBeforeItsEnd() {
    // Given
    String second = at("t2");
    String last = at("t4");

    // When
    String body =
        "{\"start_time\":\"%s\",\"end_time\":\"%s\",\"report_scope\":\"subledger\","
            + "\"subledger_reference_id\":\"a\"}";
    String id = tenant.post(RECON, body.formatted(second, last)).text("/report/id");
    String none = tenant.post(RECON, body.formatted(second, second)).text("/report/id");

    // Then
    assertThat(lines(download(id)).stream().skip(1).map(line -> line.split(",")[1]))
        .containsExactly("t2");
    assertThat(lines(download(none))).hasSize(1);
  }

  @Test
  void aFileOfManyPiecesIsWholeAndInOrder() {
    // Given
    tenant.subledger("rich");
    FIXTURE.fund(tenant, "second", "2000");
    tenant.transfer("r", 2_000, null, "rich");
    for (int i = 0; i < 1_203; i += 3) {
      List.of(
              tenant.postLater(OrumTenant.TRANSFERS, body("m" + i)),
              tenant.postLater(OrumTenant.TRANSFERS, body("m" + (i + 1))),
              tenant.postLater(OrumTenant.TRANSFERS, body("m" + (i + 2))))
          .forEach(reply -> assertThat(reply.join().status()).isEqualTo(200));
    }

    // When
    List<String> lines =
        lines(download(create(",\"report_scope\":\"enterprise\"").text("/report/id")));

    // Then
    var balances = new ArrayList<Long>();
    lines.stream().skip(6).forEach(line -> balances.add(Long.parseLong(line.split(",")[15])));
    assertThat(balances).hasSize(1_203).isSorted().startsWith(751L).endsWith(1_953L);
  }

  @Test
  void aSummaryAddsUp() {
    // When
    JsonNode total = summary("");
    JsonNode enterprise = summary("&report_scope=enterprise");
    JsonNode subledger = summary("&report_scope=subledger&subledger_reference_id=a");

    // Then
    assertThat(total.at("/account_balances").toString())
        .isEqualTo(
            "{\"opening\":{\"pending_amount\":0,\"available_amount\":0},"
                + "\"closing\":{\"pending_amount\":0,\"available_amount\":1000}}");
    assertThat(total.at("/ledger_entry_balances").toString())
        .isEqualTo("[{\"type\":\"balance_top_up\",\"debit\":0,\"credit\":1000}]");
    assertThat(enterprise.at("/account_balances/closing/available_amount").longValue())
        .isEqualTo(750);
    assertThat(enterprise.at("/ledger_entry_balances").toString())
        .isEqualTo(
            "[{\"type\":\"outbound_funds\",\"debit\":300,\"credit\":0},"
                + "{\"type\":\"inbound_funds\",\"debit\":0,\"credit\":50},"
                + "{\"type\":\"balance_top_up\",\"debit\":0,\"credit\":1000}]");
    assertThat(subledger.at("/ledger_entry_balances").toString())
        .isEqualTo(
            "[{\"type\":\"outbound_funds\",\"debit\":150,\"credit\":0},"
                + "{\"type\":\"inbound_funds\",\"debit\":0,\"credit\":300}]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|missing_start_time start_time is required",
        "{'start_time':7}|invalid_start_time start_time must be a valid timestamp",
        "{'start_time':'2020-01-01T00:00:00Z'}|missing_end_time end_time is required",
        "{'start_time':'2020-01-01T00:00:00Z','end_time':'x'}"
            + "|invalid_end_time end_time must be a valid timestamp",
        "{'start_time':'2020-01-01T00:00:00Z','end_time':'2019-01-01T00:00:00Z'}"
            + "|invalid_end_time end_time must be a valid timestamp",
        "{ALWAYS,'report_scope':'all'}|invalid_report_scope report_scope must be one of the"
            + " following: total, enterprise, subledger",
        "{ALWAYS,'report_scope':'subledger'}"
            + "|missing_subledger_reference_id subledger_reference_id is required",
        "{ALWAYS,'report_scope':'subledger','subledger_reference_id':''}"
            + "|invalid_subledger_reference_id subledger_reference_id must be a valid string",
        "{ALWAYS,'report_scope':'enterprise','subledger_reference_id':7}"
            + "|invalid_subledger_reference_id subledger_reference_id must be a valid string",
        "{ALWAYS,'report_scope':'subledger','subledger_reference_id':'z'}"
            + "|unknown_subledger_reference_id subledger_reference_id names no subledger.",
        "[]|bad_request The request cannot be read: the body must be a JSON object."
      })
  void whatIsAmissIsNamed(String body, String expected) {
    // When
    OrumReply reply = tenant.post(RECON, body.replace("ALWAYS", ALWAYS).replace('\'', '"'));

    // Then
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text("/error_code") + " " + reply.text("/message")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "/recon/x, 400 invalid_orum_id",
    "/x/download, 400 invalid_orum_id",
    "/recon/00000000-0000-7000-8000-000000000000, 404 not_found",
    "/00000000-0000-7000-8000-000000000000/download, 404 not_found",
    "/balances, 400 missing_start_time",
    "/balances?start_time=a&start_time=b, 400 invalid_start_time"
  })
  void aWrongParameterIsNamed(String path, String expected) {
    assertThat(tenant.get(REPORTS + path).summary()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"2020-01-01T00:00Z", "2020-01-01T00:00:00.5%2B0000", "2020-01-01T00:00:00+01:00"})
  void aTimeInAQueryMayBeWrittenAsGeneratedClientsWriteIt(String start) {
    // When
    OrumReply reply =
        tenant.get(
            REPORTS
                + "/balances?start_time="
                + start
                + "&end_time="
                + start.replace("2020", "2120"));

    // Then
    assertThat(reply.status()).isEqualTo(200);
  }

  @Test
  void aVersionIsNeitherWantedNorLookedAt() {
    // When
    List<OrumReply> replies =
        Stream.of(
                tenant.client().without("Orum-Version"), tenant.client().with("Orum-Version", "x"))
            .map(client -> new OrumReply(client.get(RECON)))
            .toList();

    // Then
    assertThat(replies.stream().map(OrumReply::summary)).containsOnly("200");
  }

  @Test
  void theNewestAreKept() {
    // Given
    String first = create("").text("/report/id");

    // When
    for (int i = 0; i < ReportStore.MAX_KEPT; i++) {
      create("");
    }

    // Then
    assertThat(tenant.get(RECON).json().get("reports")).hasSize(ReportStore.MAX_KEPT);
    assertThat(tenant.get(RECON + "/" + first).summary()).isEqualTo("404 not_found");
  }

  /** Whoever makes an id may have another clock than who was first. */
  @Test
  void theNewestComeFirstWhateverMadeTheirIds() {
    // Given
    List<String> made = Stream.generate(() -> create("").text("/report/id")).limit(3).toList();
    FIXTURE
        .gateway()
        .database()
        .execute(
            "UPDATE orum_report SET created_at = now() + interval '1 h' WHERE id = '%s'"
                .formatted(made.getFirst()));

    // When
    JsonNode listed = tenant.get(RECON).json().get("reports");

    // Then
    assertThat(listed)
        .extracting(report -> report.get("id").textValue())
        .containsExactly(made.get(0), made.get(2), made.get(1));
  }

  private static String body(String reference) {
    return OrumTenant.transferBody(reference, 1, "rich", null);
  }

  private OrumReply create(String more) {
    OrumReply reply = tenant.post(RECON, "{" + ALWAYS + more + "}");
    assertThat(reply.status()).as(reply.json().toString()).isEqualTo(200);
    return reply;
  }

  /** Programs compare reference ids with their own; whoever opens the file imports it as text. */
  @Test
  void leavesWhatASpreadsheetWouldTakeForAFormulaAsItIs() {
    // Given
    tenant.subledger("@SUM(1)");
    tenant.transfer("=1+1", 1, null, "@SUM(1)");

    // When
    Reply file = download(create("").text("/report/id"));

    // Then
    assertThat(lines(file)).anyMatch(line -> line.contains(",=1+1,") && line.contains(",@SUM(1),"));
  }

  private Reply download(String id) {
    Reply reply = tenant.client().get(REPORTS + "/" + id + "/download");
    assertThat(reply.status()).isEqualTo(200);
    return reply;
  }

  private JsonNode summary(String query) {
    String always = "?start_time=2020-01-01T00:00:00Z&end_time=2120-01-01T00:00:00Z";
    OrumReply reply = tenant.get(REPORTS + "/balances" + always + query);
    assertThat(reply.status()).as(reply.json().toString()).isEqualTo(200);
    return reply.json().get("balance_statement_summary_report");
  }

  private String at(String reference) {
    return tenant
        .get(OrumTenant.TRANSFERS + "?book_transfer_reference_id=" + reference)
        .text("/book_transfers/0/created_at");
  }

  private static List<String> lines(Reply file) {
    return Arrays.asList(file.text().split("\r\n"));
  }

  /** The columns that differ. */
  private static String gist(String line) {
    String[] cells = line.replace("\"b,", "\"b;").split(",", -1);
    assertThat(cells).hasSize(16);
    assertThat(cells[15]).isEqualTo(cells[13]);
    return String.join(
        " ", cells[1], cells[6], cells[7], cells[9], cells[10], cells[11], cells[13]);
  }
}
