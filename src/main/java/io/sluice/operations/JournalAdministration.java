package io.sluice.operations;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Operations;
import io.sluice.ledger.TenantId;
import io.sluice.store.seal.Journal;
import io.sluice.store.seal.Journal.Line;
import io.sluice.store.seal.Journal.Page;
import io.vertx.core.Future;

/** The journal of a tenant, in which the transfers of all dialects read alike. */
record JournalAdministration(Journal journal) {
  private static final int DEFAULT_PAGE = 50;
  private static final int MAX_PAGE = 200;

  Operations<TenantId> onTenants() {
    return new Operations<TenantId>()
        .get(
            "readJournal",
            "/admin/tenants/:tenant/journal",
            AdminQuery.reading(this::read, "from", "limit"));
  }

  private Future<Answer> read(TenantId tenant, Call call, AdminQuery query) {
    int from = query.whole("from", 0, Integer.MAX_VALUE).orElse(0);
    int limit = query.whole("limit", 1, MAX_PAGE).orElse(DEFAULT_PAGE);
    return journal
        .read(tenant, from, limit)
        .map(
            page ->
                JsonWriter.object()
                    .objects("journal", page.lines(), (json, line) -> write(json, line, page))
                    .number("next", from + page.lines().size())
                    .toAnswer(200));
  }

  private static void write(JsonWriter json, Line line, Page page) {
    json.number("position", line.position());
    EntryJson.write(json, line.transfer(), page.named());
    json.text("entry_hash", line.hash().toHex());
  }
}
