package io.sluice.store.scrip;

import io.sluice.ledger.Amount;
import io.sluice.ledger.Bucket;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferId;
import io.sluice.store.Pools;
import io.sluice.store.Rows;
import io.sluice.store.Statements;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Balances as the first answer to a request told them, so that every further answer tells the same.
 */
public final class Answers {
  private static final String FIND =
      "SELECT available, held, deferred FROM scrip_answer WHERE tenant_id = $1 AND transfer_id ="
          + " $2";

  private static final String INSERT =
      """
      INSERT INTO scrip_answer (tenant_id, transfer_id, available, held, deferred)
      VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT DO NOTHING
      """;

  private final Statements statements;

  public Answers(Pools pools) {
    this.statements = pools.lookUps();
  }

  /**
   * The balance that was told first, or is from now on.
   *
   * @param now asked where none has been told
   */
  public Future<Map<Bucket, Amount>> first(
      TenantId tenant, TransferId transfer, Supplier<Future<Map<Bucket, Amount>>> now) {
    return find(tenant, transfer)
        .compose(
            told ->
                told.map(Future::succeededFuture)
                    .orElseGet(
                        () ->
                            now.get()
                                .compose(balance -> keep(tenant, transfer, balance))
                                .compose(kept -> find(tenant, transfer))
                                .map(Optional::orElseThrow)));
  }

  private Future<Optional<Map<Bucket, Amount>>> find(TenantId tenant, TransferId transfer) {
    return statements.first(FIND, Answers::balance, tenant.value(), transfer.value());
  }

  /** Somebody else may have been faster. */
  private Future<Boolean> keep(TenantId tenant, TransferId transfer, Map<Bucket, Amount> balance) {
    return statements.insert(
        INSERT,
        tenant.value(),
        transfer.value(),
        Rows.numeric(balance.getOrDefault(Bucket.AVAILABLE, Amount.ZERO)),
        Rows.numeric(balance.getOrDefault(Bucket.HELD, Amount.ZERO)),
        Rows.numeric(balance.getOrDefault(Bucket.DEFERRED, Amount.ZERO)));
  }

  private static Map<Bucket, Amount> balance(Row row) {
    var balance = new EnumMap<Bucket, Amount>(Bucket.class);
    balance.put(Bucket.AVAILABLE, Rows.amount(row, "available"));
    balance.put(Bucket.HELD, Rows.amount(row, "held"));
    balance.put(Bucket.DEFERRED, Rows.amount(row, "deferred"));
    return balance;
  }
}
