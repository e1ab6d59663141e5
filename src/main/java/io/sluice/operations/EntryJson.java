package io.sluice.operations;

import io.sluice.dialect.JsonWriter;
import io.sluice.ledger.Amount;
import io.sluice.ledger.IdempotencyKey;
import io.sluice.ledger.Posting;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.StoredTransfer;
import io.sluice.ledger.TransferId;
import io.sluice.store.Particulars;
import io.sluice.store.Particulars.Account;
import io.sluice.store.Particulars.Asker;
import io.sluice.store.Particulars.Party;
import java.math.BigDecimal;
import java.util.Locale;

/** How an entry of the books reads, whichever dialect made it. */
final class EntryJson {
  private EntryJson() {}

  static void write(JsonWriter json, StoredTransfer transfer, Particulars named) {
    Receipt receipt = transfer.receipt();
    String[] kind = receipt.kind().split("\\.", 2);
    json.uuid("id", receipt.id().value())
        .text("dialect", kind[0])
        .text("kind", kind[kind.length - 1])
        .text("status", receipt.posted() ? "posted" : "refused")
        .time("created_at", receipt.createdAt())
        .uuid(
            "reverses",
            transfer.key().flatMap(IdempotencyKey::reversed).map(TransferId::value).orElse(null));
    Asker asker = named.askers().get(transfer.credential());
    if (asker == null) {
      json.nothing("credential");
    } else {
      write(json.object("credential"), asker).end();
    }
    json.objects("postings", receipt.postings(), (inner, posting) -> write(inner, posting, named));
  }

  private static JsonWriter write(JsonWriter json, Asker asker) {
    return json.number("number", asker.number().value())
        .uuid("id", asker.id())
        .text("type", asker.type())
        .text("label", asker.label());
  }

  private static void write(JsonWriter json, Posting posting, Particulars named) {
    Account account = named.accounts().get(posting.account());
    write(json, account);
    json.number("sequence", posting.sequence())
        .text("amount", decimal(posting.amount(), account))
        .text("balance", decimal(posting.balance(), account));
  }

  /** Whose account of what. */
  static void write(JsonWriter json, Account account) {
    write(json.uuid("account_id", account.id().value()).object("holder"), account.holder());
    write(json.object("asset"), account.asset());
    json.text("bucket", account.bucket().name().toLowerCase(Locale.ROOT));
  }

  private static void write(JsonWriter json, Party party) {
    json.uuid("id", party.id())
        .text("kind", party.kind())
        .text("reference", party.reference())
        .end();
  }

  /** In whole units of the asset, with all the decimals that it has. */
  static String decimal(Amount amount, Account account) {
    return new BigDecimal(amount.units(), account.scale()).toPlainString();
  }
}
