package io.sluice.dialect.corebanq;

import io.sluice.dialect.DialectFixture.Lists;
import io.sluice.dialect.Listed;
import io.sluice.dialect.Paging;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** Every list of one tenant of its own. */
final class PagedLists {
  private static final String PAST = "2020-01-01T00:00:00Z";
  private static final String FUTURE = "2999-01-01T00:00:00Z";

  private final User user;
  private final UUID parent;
  private final UUID transaction = UUID.randomUUID();

  private PagedLists(Room room) {
    user = room.user(room.newTenant());
    parent = user.ledger(1_000);
    user.client()
        .post(
            "/v1/ledgers/" + parent + "/entries",
            User.entryBody("debit", 7, transaction, ",\"description\":\"rent of May\""));
    addChild();
  }

  static Lists of(Room room) {
    var lists = new PagedLists(room);
    return new Lists(lists.user.client(), List.of(lists.ledgers(), lists.entries(), lists.lines()));
  }

  private Listed ledgers() {
    String code = user.show(parent).get("code").textValue();
    return list("listLedgers", "/v1/ledgers", "/ledgers", "/ledger/id", this::addChild)
        .filter("sort", "created_at", "code", "balance_current")
        .filter("order", "asc", "desc")
        .filter(
            "filter",
            filter("\"code\":\"" + code + "\""),
            filter("\"type\":\"liability\""),
            filter("\"currency_code\":\"EUR\",\"active\":true"),
            filter("\"parent_ledger_id\":\"" + parent + "\""),
            filter("\"parent_ledger_id\":null"))
        .filter("only_subledgers", true, false)
        .filter("exclude_subledgers", true, false)
        .filter("include_subledgers", true, false);
  }

  private Listed entries() {
    return list("listEntries", ledger() + "/entries", "/entries", "/id", this::addEntry)
        .filter("sort", "timestamp", "amount")
        .filter("order", "asc", "desc")
        .filter("transaction_id", transaction)
        .filter("type", "credit", "debit")
        .filter("min_amount", 5)
        .none("min_amount", 1_000_000)
        .filter("max_amount", 500)
        .none("max_amount", 1)
        .filter("min_timestamp", PAST)
        .none("min_timestamp", FUTURE)
        .filter("max_timestamp", FUTURE)
        .none("max_timestamp", PAST)
        .filter("description", "rent");
  }

  private Listed lines() {
    return new Listed(
            "getStatement",
            ledger() + "/statement",
            Paging.OFFSET,
            "/entries",
            "/id",
            this::addEntry)
        .filter("from", PAST)
        .none("from", FUTURE)
        .filter("to", FUTURE)
        .none("to", PAST);
  }

  private static Listed list(
      String operation, String target, String elements, String id, Runnable add) {
    return new Listed(operation, target, Paging.OFFSET, elements, id, add)
        .also(Paging.OFFSET_ASCENDING);
  }

  private static String filter(String members) {
    return URLEncoder.encode("{" + members + "}", StandardCharsets.UTF_8);
  }

  private String ledger() {
    return "/v1/ledgers/" + parent;
  }

  private void addChild() {
    user.ledger(5, ",\"parent_ledger_id\":\"" + parent + "\"");
  }

  private void addEntry() {
    user.entry(parent, "credit", 10);
  }
}
