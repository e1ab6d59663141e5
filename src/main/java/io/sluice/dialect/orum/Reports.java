package io.sluice.dialect.orum;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Services;
import io.sluice.ledger.AccountId;
import io.sluice.ledger.TenantId;
import io.sluice.store.orum.Report;
import io.sluice.store.orum.ReportStore;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.UUID;

/**
 * Reports for reconciliation. The books are never changed, only added to: a report is what they
 * held when it was made, so that nothing is kept of it but how far they had come, and its file is
 * written while it is sent.
 */
record Reports(Services services, Enterprises enterprises, Directory directory, ReportStore store) {
  Future<Answer> create(Caller caller, Call call) {
    ReportRequest request = ReportRequest.ofBody(call);
    TenantId tenant = caller.tenant();
    return account(tenant, request)
        .compose(
            account -> {
              var report =
                  new Report(
                      tenant,
                      services.ids().next(),
                      request.scope(),
                      request.subledger(),
                      request.from(),
                      request.to(),
                      services.now());
              return store.insert(report, account).map(stored -> one(report, "created"));
            });
  }

  /** The account that a report is about; the enterprise's where it is about all. */
  Future<AccountId> account(TenantId tenant, ReportRequest request) {
    return enterprises
        .accounts(tenant)
        .compose(
            accounts ->
                request
                    .subledger()
                    .map(
                        reference ->
                            directory
                                .find(tenant, reference)
                                .map(
                                    found ->
                                        accounts.account(
                                            found.orElseThrow(
                                                () ->
                                                    new ApiException(
                                                        Errors.unknownSubledgerOfReport())))))
                    .orElseGet(() -> Future.succeededFuture(accounts.enterpriseAccount()))
                    .map(account -> account.id()));
  }

  Future<Answer> list(Caller caller, Call call) {
    return store
        .list(caller.tenant())
        .map(
            found ->
                JsonWriter.object()
                    .objects("reports", found, (json, report) -> write(json, report, "completed"))
                    .toAnswer(200));
  }

  Future<Answer> get(Caller caller, Call call) {
    return find(caller.tenant(), call).map(report -> one(report, "completed"));
  }

  Future<Answer> delete(Caller caller, Call call) {
    return store
        .delete(caller.tenant(), id(call))
        .map(deleted -> deleted ? Answer.empty(204) : Errors.unknownReport());
  }

  Future<Answer> download(Caller caller, Call call) {
    return find(caller.tenant(), call)
        .map(
            report ->
                Answer.of(200, "text/csv; charset=utf-8", new ReportFile(store, report))
                    .with(
                        "Content-Disposition",
                        "attachment; filename=\"report-" + report.id() + ".csv\""));
  }

  private Future<Report> find(TenantId tenant, Call call) {
    return store.find(tenant, id(call)).map(Reports::found);
  }

  private static Report found(Optional<Report> report) {
    return report.orElseThrow(() -> new ApiException(Errors.unknownReport()));
  }

  private static UUID id(Call call) {
    return Reader.pathId(call, Errors::invalidOrumId);
  }

  private static Answer one(Report report, String status) {
    return write(JsonWriter.object().object("report"), report, status).toAnswer(200);
  }

  private static JsonWriter write(JsonWriter json, Report report, String status) {
    json.uuid("id", report.id())
        .time("created_at", report.createdAt())
        .time("start_time", report.from())
        .time("end_time", report.to())
        .text("status", status)
        .text("report_scope", ReportRequest.word(report.scope()));
    report.subledger().ifPresent(name -> json.text(Reader.SUBLEDGER_ID, name));
    return json;
  }
}
