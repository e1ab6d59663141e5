package io.sluice.store.orum;

import io.sluice.ledger.AccountId;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.TenantId;
import io.sluice.store.PgTransferStore;
import io.sluice.store.Pools;
import io.sluice.store.Query;
import io.sluice.store.Statements;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Lists book transfers, newest first. */
public final class BookTransferListing {
  /** What receipts of book transfers call themselves, as do the indexes that lists go along. */
  public static final String KIND = "orum.booktransfer";

  private static final String OF_KIND =
      "FROM transfer WHERE tenant_id = $1 AND kind = '" + KIND + "'";

  /** The parameters that all of the texts below name. */
  private static final String ACCOUNT =
      "(SELECT number FROM account WHERE tenant_id = $1 AND id = $4)";

  /** Each with all that may be on the page or before it, in the order of one index. */
  private static final String COMPLETED =
      newest("id, created_at", "status = 0", "created_at DESC, id DESC");

  private static final String FAILED =
      newest("id, created_at", "status = 1", "created_at DESC, id DESC");

  /**
   * An account's postings are in the order of their numbers. Clocks may differ between gateways, so
   * a posting counts as no newer than those after it.
   */
  private static final String COMPLETED_OF_ACCOUNT =
      """
      SELECT id, min(created_at) OVER (ORDER BY sequence DESC) AS moment, sequence
        FROM (%s UNION ALL %s) AS posted
      """
          .formatted(posted("debit"), posted("credit"));

  private static final String FAILED_OF_ACCOUNT =
      failed("debit") + " UNION ALL " + failed("credit");

  private static final String PAGE = " LIMIT $2 OFFSET $3) AS page ";

  private static final String WHOLE =
      """
       CROSS JOIN LATERAL (SELECT * FROM transfer WHERE tenant_id = $1 AND id = page.id LIMIT 1) t
      """
          + PgTransferStore.POSTINGS;

  private final Statements lists;

  /**
   * Which book transfers to list.
   *
   * @param posted only posted, or only refused ones
   * @param account only those that this account was a party to, whether they posted or not
   */
  public record Filter(TenantId tenant, Optional<Boolean> posted, Optional<AccountId> account) {}

  public BookTransferListing(Pools pools) {
    this.lists = pools.lists();
  }

  /** A page of them; what comes before it costs a step along an index each. */
  public Future<List<Receipt>> list(Filter filter, int limit, long offset) {
    boolean completed = filter.posted().orElse(true);
    boolean failed = !filter.posted().orElse(false);
    Object tenant = filter.tenant().value();
    Query query =
        filter
            .account()
            .map(
                account ->
                    page(
                        "SELECT id, moment, sequence FROM (",
                        either(completed, COMPLETED_OF_ACCOUNT, failed, FAILED_OF_ACCOUNT),
                        "moment DESC, sequence DESC, id DESC",
                        new Object[] {tenant, (long) limit, offset, account.value()}))
            .orElseGet(
                () ->
                    page(
                        "SELECT id, created_at FROM (",
                        either(completed, COMPLETED, failed, FAILED),
                        "created_at DESC, id DESC",
                        new Object[] {tenant, (long) limit, offset}));
    return lists.all(query, PgTransferStore::receipt);
  }

  private static Query page(String head, String streams, String order, Object[] parameters) {
    String inside = head + streams + ") AS merged ORDER BY " + order + PAGE;
    String outside = " ORDER BY page." + order.replace(", ", ", page.");
    return new Query(PgTransferStore.RECEIPT + " FROM (" + inside + WHOLE + outside, parameters);
  }

  private static String either(boolean one, String ones, boolean other, String others) {
    return one && other ? ones + " UNION ALL " + others : one ? ones : others;
  }

  private static String posted(String side) {
    return newest(
        "id, created_at, %s_sequence AS sequence".formatted(side),
        "%1$s_account = %2$s AND debit_sequence IS NOT NULL".formatted(side, ACCOUNT),
        side + "_sequence DESC");
  }

  private static String failed(String side) {
    return newest(
        "id, created_at AS moment, 0::bigint AS sequence",
        "status = 1 AND %s_account = %s".formatted(side, ACCOUNT),
        "created_at DESC, id DESC");
  }

  private static String newest(String columns, String condition, String order) {
    return "(SELECT %s %s AND %s ORDER BY %s LIMIT $2::bigint + $3::bigint)"
        .formatted(columns, OF_KIND, condition, order);
  }
}
