package io.sluice.store.scrip;

import io.sluice.ledger.AccountId;
import io.sluice.ledger.Amount;
import io.sluice.ledger.AssetId;
import io.sluice.ledger.Bucket;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferId;
import io.sluice.store.Pools;
import io.sluice.store.Query;
import io.sluice.store.Rows;
import io.sluice.store.Statements;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.data.Numeric;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** The journal: posted transfers with their postings. */
public final class JournalStore {
  private static final String ENTRIES =
      """
      SELECT t.id, t.kind, t.created_at, t.detail, t.debit_account, t.credit_account,
             t.debit_sequence, t.credit_sequence, t.amount, t.accounts, t.sequences,
             ARRAY(
               SELECT (SELECT l.amount FROM listed_posting l
                        WHERE l.tenant_id = $1 AND l.account = listed.account
                          AND l.sequence = listed.sequence)
                 FROM unnest(t.accounts, t.sequences)
                        WITH ORDINALITY AS listed (account, sequence, place)
                ORDER BY listed.place) AS amounts,
             (SELECT c.id FROM credential c WHERE c.tenant_id = $1 AND c.number = t.credential)
               AS credential
        FROM transfer t
       WHERE t.tenant_id = $1 AND t.status = 0
      """;

  private static final String SIDES =
      """
      SELECT a.number, a.id, a.holder_id, a.asset_id, a.bucket,
             (SELECT h.kind FROM holder h WHERE h.tenant_id = $1 AND h.id = a.holder_id) AS kind,
             (SELECT h.reference FROM holder h WHERE h.tenant_id = $1 AND h.id = a.holder_id)
               AS reference
        FROM account a
       WHERE a.tenant_id = $1 AND a.number = ANY($2)
      """;

  private final Statements lists;

  public JournalStore(Pools pools) {
    this.lists = pools.lists();
  }

  /**
   * An entry as it is stored.
   *
   * @param credential the credential that asked for it; empty where none did
   * @param lines in the order of the transfer
   */
  public record Entry(
      TransferId id,
      String kind,
      Instant createdAt,
      String detail,
      Optional<UUID> credential,
      List<Line> lines) {}

  /**
   * A posting as it is stored.
   *
   * @param account an account's number
   */
  public record Line(long account, long sequence, Amount amount) {}

  /**
   * What an account is, which never changes.
   *
   * @param kind of the holder
   * @param reference of the holder
   */
  public record Side(
      AccountId account,
      HolderId holder,
      String kind,
      String reference,
      AssetId asset,
      Bucket bucket) {}

  /** Those of the transfers that posted, in no particular order. */
  public Future<List<Entry>> findAll(TenantId tenant, Collection<TransferId> ids) {
    if (ids.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    Object wanted = Rows.uuids(ids, TransferId::value);
    return lists.all(
        new Query(ENTRIES, tenant.value()).add("AND t.id = ANY(?)", wanted), JournalStore::entry);
  }

  /**
   * All posted transfers of the tenant, or those of one kind, newest first by their ids.
   *
   * @param kind a word of this program's, never a client's; an index of its own leads to each but
   *     the most common
   * @param before only those with lesser ids
   */
  public Future<List<Entry>> newest(
      TenantId tenant, Optional<String> kind, Optional<UUID> before, int limit) {
    var query = new Query(ENTRIES, tenant.value());
    kind.ifPresent(word -> query.add("AND t.kind = '" + word + "'"));
    before.ifPresent(id -> query.add("AND t.id < ?", id));
    query.add("ORDER BY t.id DESC LIMIT ?", (long) limit);
    return lists.all(query, JournalStore::entry);
  }

  /** What accounts are, by their numbers. */
  public Future<Map<Long, Side>> sides(TenantId tenant, Collection<Long> numbers) {
    return lists
        .all(
            SIDES,
            row -> Map.entry(row.getLong("number"), side(row)),
            tenant.value(),
            numbers.toArray(Long[]::new))
        .map(
            found ->
                found.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  private static Side side(Row row) {
    return new Side(
        new AccountId(row.getUUID("id")),
        Rows.holder(row),
        row.getString("kind"),
        row.getString("reference"),
        new AssetId(row.getUUID("asset_id")),
        Rows.bucket(row));
  }

  private static Entry entry(Row row) {
    return new Entry(
        new TransferId(row.getUUID("id")),
        row.getString("kind"),
        Rows.instant(row, "created_at"),
        row.getString("detail"),
        Optional.ofNullable(row.getUUID("credential")),
        row.getLong("debit_account") == null ? listed(row) : pair(row));
  }

  private static List<Line> pair(Row row) {
    Amount amount = Rows.amount(row, "amount");
    return List.of(
        new Line(row.getLong("debit_account"), row.getLong("debit_sequence"), amount.negated()),
        new Line(row.getLong("credit_account"), row.getLong("credit_sequence"), amount));
  }

  private static List<Line> listed(Row row) {
    Long[] accounts = row.getArrayOfLongs("accounts");
    Long[] sequences = row.getArrayOfLongs("sequences");
    Numeric[] amounts = row.getArrayOfNumerics("amounts");
    var lines = new ArrayList<Line>(accounts.length);
    for (int i = 0; i < accounts.length; i++) {
      lines.add(new Line(accounts[i], sequences[i], Rows.amount(amounts[i])));
    }
    return lines;
  }
}
