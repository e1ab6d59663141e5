package io.sluice.store;

import io.sluice.ledger.AccountId;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.Bucket;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferId;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * What accounts' postings were and how accounts stood at a moment. Postings are numbered without
 * gaps and carry running balances, so a moment is found by halving the numbers: a handful of index
 * descents whatever the books' size, and no index by time that every transfer would pay for.
 */
public final class AccountHistory {
  private static final String HELD =
      """
      SELECT number, id, asset_id, bucket, sequence, balance
        FROM account WHERE tenant_id = $1 AND holder_id = $2
      """;

  /** The value of a posting's transfer, for a FROM that names its account and sequence. */
  private static final String OF_POSTING =
      """
      coalesce(
        (SELECT %1$s FROM transfer WHERE tenant_id = $1
            AND debit_account = seen.account AND debit_sequence = seen.sequence),
        (SELECT %2$s FROM transfer WHERE tenant_id = $1 AND debit_sequence IS NOT NULL
            AND credit_account = seen.account AND credit_sequence = seen.sequence),
        (SELECT %3$s FROM listed_posting l JOIN transfer t
             ON t.tenant_id = $1 AND t.id = l.transfer_id
          WHERE l.tenant_id = $1 AND l.account = seen.account AND l.sequence = seen.sequence))
      """;

  private static final String TIME =
      OF_POSTING.formatted("created_at", "created_at", "t.created_at");

  private static final String BALANCE =
      OF_POSTING.formatted("debit_balance", "credit_balance", "l.balance");

  /** OFFSET 0 keeps the time from being looked up once for each of its uses. */
  private static final String AT =
      """
      WITH RECURSIVE halving (account, low, high) AS (
        SELECT number, 0::bigint, sequence FROM account
         WHERE tenant_id = $1 AND number = ANY($2)
        UNION ALL
        SELECT account, CASE WHEN is_past THEN sequence ELSE low END,
               CASE WHEN is_past THEN high ELSE sequence - 1 END
          FROM (SELECT seen.*, %s <= $3 AS is_past
                  FROM (SELECT account, low, high, (low + high + 1) / 2 AS sequence
                          FROM halving WHERE low < high) AS seen
                OFFSET 0) AS halved)
      SELECT account, sequence, coalesce(%s, 0) AS balance
        FROM (SELECT account, low AS sequence FROM halving WHERE low = high) AS seen
      """
          .formatted(TIME, BALANCE);

  private static final String LINES =
      """
      SELECT range.account, p.sequence, p.amount, p.balance, t.id, t.kind, t.created_at, t.detail,
             (SELECT c.id FROM credential c WHERE c.tenant_id = $1 AND c.number = t.credential)
               AS credential
        FROM unnest($2::bigint[], $3::bigint[], $4::bigint[]) AS range (account, above, up_to)
       CROSS JOIN LATERAL (
         SELECT sequence, amount, balance, transfer_id FROM posting
          WHERE tenant_id = $1 AND account = range.account
            AND sequence > range.above AND sequence <= range.up_to
          LIMIT $5) p
       CROSS JOIN LATERAL (
         SELECT id, kind, created_at, detail, credential FROM transfer
          WHERE tenant_id = $1 AND id = p.transfer_id LIMIT 1) t
      """;

  private final Statements lists;

  public AccountHistory(Pools pools) {
    this.lists = pools.lists();
  }

  /**
   * One of a holder's accounts as it stands now.
   *
   * @param number its short name in the record of what moved
   */
  public record Held(long number, AccountId id, AssetId asset, Bucket bucket, Standing standing) {}

  /**
   * How an account stood.
   *
   * @param sequence of its last posting by then; 0 before its first
   */
  public record Standing(long sequence, Amount balance) {
    /** Before an account's first posting. */
    public static final Standing NONE = new Standing(0, Amount.ZERO);
  }

  /** The postings of an account from the one after {@code above} to {@code upTo}. */
  public record Range(long account, long above, long upTo) {}

  /**
   * A posting with what is told of its transfer.
   *
   * @param credential the credential that asked for it; empty where none did
   */
  public record Line(
      long account,
      long sequence,
      Amount amount,
      Amount balance,
      TransferId transfer,
      String kind,
      Instant createdAt,
      String detail,
      Optional<UUID> credential) {}

  /** A holder's accounts, in no particular order. */
  public Future<List<Held>> held(TenantId tenant, HolderId holder) {
    return lists.all(HELD, AccountHistory::held, tenant.value(), holder.value());
  }

  private static Held held(Row row) {
    return new Held(
        row.getLong("number"),
        new AccountId(row.getUUID("id")),
        new AssetId(row.getUUID("asset_id")),
        Rows.bucket(row),
        standing(row));
  }

  private static Standing standing(Row row) {
    return new Standing(row.getLong("sequence"), Rows.amount(row, "balance"));
  }

  /**
   * How accounts stood at the end of a moment, by account number. An account's postings are taken
   * to be in the order of their times: where clocks of gateways differ, one of them may count to
   * the wrong side by as much.
   */
  public Future<Map<Long, Standing>> at(
      TenantId tenant, Collection<Long> accounts, Instant moment) {
    if (accounts.isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    return lists.run(AT, question(tenant, accounts, moment)).map(AccountHistory::standings);
  }

  /** The same in a transaction of somebody else's, as of its snapshot. */
  public static Future<Map<Long, Standing>> at(
      SqlConnection connection, TenantId tenant, Collection<Long> accounts, Instant moment) {
    return Statements.on(connection, AT, question(tenant, accounts, moment))
        .map(AccountHistory::standings);
  }

  private static Object[] question(TenantId tenant, Collection<Long> accounts, Instant moment) {
    return new Object[] {tenant.value(), accounts.toArray(Long[]::new), Rows.time(moment)};
  }

  private static Map<Long, Standing> standings(RowSet<Row> rows) {
    var standings = new HashMap<Long, Standing>();
    rows.forEach(row -> standings.put(row.getLong("account"), standing(row)));
    return standings;
  }

  /** The last moment before another one; times are whole microseconds. */
  public static Instant before(Instant moment) {
    return moment.minus(1, ChronoUnit.MICROS);
  }

  /** The postings of all ranges, in no particular order: as many as the ranges have numbers. */
  public Future<List<Line>> lines(TenantId tenant, Collection<Range> ranges) {
    List<Range> wanted = ranges.stream().filter(range -> range.above() < range.upTo()).toList();
    if (wanted.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    long longest = wanted.stream().mapToLong(range -> range.upTo() - range.above()).max().orElse(0);
    return lists.all(
        LINES,
        AccountHistory::line,
        tenant.value(),
        longs(wanted, Range::account),
        longs(wanted, Range::above),
        longs(wanted, Range::upTo),
        longest);
  }

  private static Long[] longs(List<Range> ranges, Function<Range, Long> part) {
    return ranges.stream().map(part).toArray(Long[]::new);
  }

  private static Line line(Row row) {
    return new Line(
        row.getLong("account"),
        row.getLong("sequence"),
        Rows.amount(row, "amount"),
        Rows.amount(row, "balance"),
        new TransferId(row.getUUID("id")),
        row.getString("kind"),
        Rows.instant(row, "created_at"),
        row.getString("detail"),
        Optional.ofNullable(row.getUUID("credential")));
  }
}
