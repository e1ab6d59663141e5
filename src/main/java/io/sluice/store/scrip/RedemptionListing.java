package io.sluice.store.scrip;

import io.sluice.ledger.Amount;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferId;
import io.sluice.store.ListOrder;
import io.sluice.store.Place;
import io.sluice.store.Pools;
import io.sluice.store.Query;
import io.sluice.store.Rows;
import io.sluice.store.Statements;
import io.sluice.store.scrip.Walked.Seen;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Redemptions with what has been reversed of them, and their reversals. Of a redemption that was
 * ever to be reversed there is a holder of the same id, whose AVAILABLE account goes below zero by
 * what was reversed: its postings are the reversals in their order.
 */
public final class RedemptionListing {
  private static final ListOrder NEWEST = ListOrder.newest("created_at", "id");

  /** As in the column account.bucket. */
  private static final String LEFT_TO_REVERSE = "bucket = 0";

  /** A redemption has two postings, so that its amount is its own column. */
  private static final String REDEMPTION =
      "SELECT t.id, t.created_at, t.detail, t.amount, coalesce(-a.balance, 0) AS reversed,"
          + " a.updated_at AS reversed_at";

  private static final String WITH_REVERSED =
      "LEFT JOIN account a ON a.tenant_id = $1 AND a.holder_id = t.id AND a." + LEFT_TO_REVERSE;

  private static final String FIND =
      REDEMPTION
          + " FROM transfer t "
          + WITH_REVERSED
          + " WHERE t.tenant_id = $1 AND t.id = $2 AND t.kind = 'scrip.redemption'";

  private static final String REVERSALS =
      """
      SELECT p.sequence, t.id, t.created_at, t.detail
        FROM account a
       CROSS JOIN LATERAL (
         SELECT sequence, transfer_id FROM listed_posting
          WHERE tenant_id = $1 AND account = a.number AND sequence > $3
          ORDER BY sequence LIMIT $4) p
       CROSS JOIN LATERAL (
         SELECT id, created_at, detail FROM transfer
          WHERE tenant_id = $1 AND id = p.transfer_id LIMIT 1) t
       WHERE a.tenant_id = $1 AND a.holder_id = $2 AND a.\
      """
          + LEFT_TO_REVERSE
          + " ORDER BY p.sequence";

  private final Statements statements;
  private final Statements lists;

  public RedemptionListing(Pools pools) {
    this.statements = pools.lookUps();
    this.lists = pools.lists();
  }

  /**
   * A redemption.
   *
   * @param reversed how much of the amount has been reversed, zero to all of it
   * @param reversedAt when something last was
   */
  public record Stored(
      TransferId id,
      Instant createdAt,
      String detail,
      Amount amount,
      Amount reversed,
      Optional<Instant> reversedAt) {
    /** How much is left to reverse. */
    public Amount left() {
      return amount.minus(reversed);
    }

    private static Stored of(Row row) {
      Amount reversed = Rows.amount(row, "reversed");
      return new Stored(
          new TransferId(row.getUUID("id")),
          Rows.instant(row, "created_at"),
          row.getString("detail"),
          Rows.amount(row, "amount"),
          reversed,
          // The account may have been opened for a reversal that was refused.
          reversed.isZero() ? Optional.empty() : Rows.optionalInstant(row, "reversed_at"));
    }
  }

  /** How much of a redemption has been reversed. */
  public enum Reversed {
    NOTHING("reversed = 0"),
    A_PART("reversed > 0 AND reversed < amount"),
    ALL("reversed = amount");

    private final String condition;

    Reversed(String condition) {
      this.condition = condition;
    }
  }

  /**
   * Which redemptions to list. All conditions must hold.
   *
   * @param from made at this time or later
   * @param to made at this time or earlier
   * @param after only earlier ones than this
   */
  public record Filter(
      HolderId participant,
      Optional<Reversed> reversed,
      Optional<Instant> from,
      Optional<Instant> to,
      Optional<Place> after) {}

  /** A reversal, and the how manieth of its redemption it was. */
  public record Reversal(long number, TransferId id, Instant createdAt, String detail) {}

  public Future<Optional<Stored>> find(TenantId tenant, TransferId id) {
    return statements.first(FIND, Stored::of, tenant.value(), id.value());
  }

  /** Redemptions of a participant, newest first. */
  public Future<Walked<Stored>> page(TenantId tenant, Filter wanted, int limit) {
    long examined = Walked.examined(wanted.reversed().isPresent(), limit);
    String condition = wanted.reversed().map(reversed -> reversed.condition).orElse("true");
    var query = new Query("SELECT * FROM (SELECT examined.*, ", tenant.value());
    query.add("row_number() OVER (ORDER BY created_at DESC, id DESC) AS place,");
    query.add("(" + condition + ") AS wanted FROM (" + REDEMPTION + " FROM (");
    addExamined(query, wanted, examined);
    query.add(") t " + WITH_REVERSED + ") examined) seen");
    query.add("WHERE wanted OR place = ? ORDER BY place LIMIT ?", examined, (long) limit + 1);
    return lists.all(query, RedemptionListing::seen).map(seen -> Walked.of(seen, limit, examined));
  }

  private static void addExamined(Query query, Filter wanted, long examined) {
    query.add("SELECT id, created_at, detail, amount FROM transfer");
    query.add("WHERE tenant_id = $1 AND kind = 'scrip.redemption'");
    query.add(
        "AND (detail::jsonb ->> 'participant_id') = ?", wanted.participant().value().toString());
    wanted.from().ifPresent(time -> query.add("AND created_at >= ?", Rows.time(time)));
    wanted.to().ifPresent(time -> query.add("AND created_at <= ?", Rows.time(time)));
    NEWEST.cut(query, wanted.after(), examined);
  }

  private static Seen<Stored> seen(Row row) {
    Stored redemption = Stored.of(row);
    return Seen.of(row, redemption, Place.of(redemption.createdAt(), redemption.id().value()));
  }

  /**
   * The reversals of a redemption, oldest first.
   *
   * @param after only those with a higher number
   */
  public Future<List<Reversal>> reversals(
      TenantId tenant, TransferId redemption, long after, int limit) {
    return lists.all(
        REVERSALS,
        row ->
            new Reversal(
                row.getLong("sequence"),
                new TransferId(row.getUUID("id")),
                Rows.instant(row, "created_at"),
                row.getString("detail")),
        tenant.value(),
        redemption.value(),
        after,
        (long) limit);
  }
}
