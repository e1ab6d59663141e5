package io.sluice.store.isometric;

import io.sluice.ledger.Receipt;
import io.sluice.ledger.TenantId;
import io.sluice.store.ListOrder;
import io.sluice.store.PgTransferStore;
import io.sluice.store.Pools;
import io.sluice.store.Query;
import io.sluice.store.Statements;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lists what was done with credit batches, newest first: transfers, deliveries, retirements,
 * refunds.
 */
public final class MovementListing {
  private static final String NUMBER =
      " = (SELECT number FROM account WHERE tenant_id = $1 AND account.id = ?)";

  private static final ListOrder ORDER = ListOrder.newest("created_at", "id");
  private static final ListOrder SHOWN = ListOrder.newest("t.created_at", "t.id");

  private final Statements lists;

  /** What was done. Receipts call themselves so, as do the indexes that lists go along. */
  public enum Kind {
    TRANSFER("isometric.transfer"),
    DELIVERY("isometric.delivery"),
    RETIREMENT("isometric.retirement"),
    REFUND("isometric.refund");

    private final String text;
    private final String from;

    Kind(String text) {
      this.text = text;
      this.from = "FROM transfer WHERE tenant_id = $1 AND kind = '" + text + "' AND status = 0";
    }

    public String text() {
      return text;
    }
  }

  /**
   * By what lists are filtered. The accounts of what was done are in the order of its postings: of
   * a transfer and a retirement the one owner, then for each batch the one receiver; of a delivery
   * the order, the one who delivers, where the order's kilograms go, then for each batch the buyer.
   */
  public enum Place {
    SENDER("AND coalesce(debit_account, accounts[1])" + NUMBER),
    RECEIVER("AND coalesce(credit_account, accounts[2])" + NUMBER),
    OWNER("AND coalesce(debit_account, accounts[1])" + NUMBER),
    BENEFICIARY("AND ((detail::jsonb) #>> '{beneficiary,id}') = ?"),
    ORDER("AND accounts[1]" + NUMBER),
    DELIVERER("AND accounts[2]" + NUMBER),
    BUYER("AND accounts[4]" + NUMBER);

    private final String condition;

    Place(String condition) {
      this.condition = condition;
    }
  }

  /** One condition: an account's id, or the text of a beneficiary's. */
  public record Where(Place place, Object value) {}

  /**
   * Which to list; all conditions must hold.
   *
   * @param byOperator only what the operator did, who has no credential
   */
  public record Filter(Kind kind, boolean byOperator, List<Where> wheres) {
    /** All of a kind. */
    public static Filter of(Kind kind) {
      return new Filter(kind, false, List.of());
    }

    /** Those of a kind that the operator did. */
    public static Filter byOperator(Kind kind) {
      return new Filter(kind, true, List.of());
    }

    /** The same, with a condition where there is a value for it. */
    public Filter where(Place place, Optional<?> value) {
      if (value.isEmpty()) {
        return this;
      }
      var more = new ArrayList<>(wheres);
      more.add(new Where(place, value.get()));
      return new Filter(kind, byOperator, List.copyOf(more));
    }
  }

  public MovementListing(Pools pools) {
    this.lists = pools.lists();
  }

  public Future<List<Receipt>> list(Filter filter, Window window) {
    var query =
        new Query(
            PgTransferStore.RECEIPT + " FROM (SELECT * " + filter.kind().from,
            window.tenant().value());
    window
        .cut(filtered(query, filter), ORDER)
        .add(") t " + PgTransferStore.POSTINGS + window.way(SHOWN).sql());
    return lists.all(query, PgTransferStore::receipt);
  }

  /** How many there are, or {@link Counts#MOST}. */
  public Future<Long> count(TenantId tenant, Filter filter) {
    return Counts.run(lists, filtered(Counts.of(filter.kind().from, tenant.value()), filter));
  }

  private static Query filtered(Query query, Filter filter) {
    if (filter.byOperator()) {
      query.add("AND credential IS NULL");
    }
    filter.wheres().forEach(where -> query.add(where.place().condition, where.value()));
    return query;
  }
}
