package io.sluice.operations;

import io.sluice.dialect.JsonWriter;
import io.sluice.store.Verifier;

/** How what a verification found reads. */
public final class VerificationJson {
  private VerificationJson() {}

  /** Writes a report's members into the open object. */
  public static JsonWriter write(JsonWriter json, Verifier.Report report) {
    return json.bool("whole", report.isWhole())
        .number("tenants", report.tenants())
        .number("transfers", report.rows("transfer"))
        .number("postings", report.rows("posting"))
        .number("elapsed_ms", report.elapsed().toMillis())
        .objects("findings", report.findings(), VerificationJson::write);
  }

  private static void write(JsonWriter json, Verifier.Finding finding) {
    json.number("tenant", finding.tenant())
        .text("rule", finding.invariant().rule())
        .number("violations", finding.violations())
        .texts("examples", finding.examples());
  }
}
