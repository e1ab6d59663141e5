package io.sluice.operations;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Operations;
import io.sluice.ledger.Amount;
import io.sluice.ledger.Posting;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.TenantId;
import io.sluice.store.seal.Journal;
import io.sluice.store.seal.Journal.Account;
import io.sluice.store.seal.Journal.Asker;
import io.sluice.store.seal.Journal.Line;
import io.sluice.store.seal.Journal.Page;
import io.sluice.store.seal.Journal.Party;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.util.Locale;

/** The journal of a tenant, in which the transfers of all dialects read alike. */
record JournalAdministration(Journal journal) {
  private static final int DEFAULT_PAGE = 50;
  private static final int MAX_PAGE = 200;

  Operations<TenantId> onTenants() {
    return new Operations<TenantId>()
        .get("readJournal", "/admin/tenants/:tenant/journal", this::read);
  }

  private Future<Answer> read(TenantId tenant, Call call) {
    AdminQuery query = AdminQuery.of(call);
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
    Receipt receipt = line.transfer().receipt();
    String[] kind = receipt.kind().split("\\.", 2);
    json.number("position", line.position())
        .uuid("id", receipt.id().value())
        .text("dialect", kind[0])
        .text("kind", kind[kind.length - 1])
        .text("status", receipt.posted() ? "posted" : "refused")
        .time("created_at", receipt.createdAt());
    Asker asker = page.askers().get(line.transfer().credential());
    if (asker == null) {
      json.nothing("credential");
    } else {
      write(json.object("credential"), asker).end();
    }
    json.objects("postings", receipt.postings(), (inner, posting) -> write(inner, posting, page))
        .text("entry_hash", line.hash().toHex());
  }

  private static JsonWriter write(JsonWriter json, Asker asker) {
    return json.number("number", asker.number().value())
        .uuid("id", asker.id())
        .text("type", asker.type())
        .text("label", asker.label());
  }

  private static void write(JsonWriter json, Posting posting, Page page) {
    Account account = page.accounts().get(posting.account());
    write(json.uuid("account_id", posting.account().value()).object("holder"), account.holder());
    write(json.object("asset"), account.asset());
    json.text("bucket", account.bucket().name().toLowerCase(Locale.ROOT))
        .number("sequence", posting.sequence())
        .text("amount", decimal(posting.amount(), account))
        .text("balance", decimal(posting.balance(), account));
  }

  private static void write(JsonWriter json, Party party) {
    json.uuid("id", party.id())
        .text("kind", party.kind())
        .text("reference", party.reference())
        .end();
  }

  /** In whole units of the asset, with all the decimals that it has. */
  private static String decimal(Amount amount, Account account) {
    return new BigDecimal(amount.units(), account.scale()).toPlainString();
  }
}
