package io.sluice.store.scrip;

import io.sluice.ledger.AccountId;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.LotId;
import io.sluice.ledger.TenantId;
import io.sluice.store.Asset;
import io.sluice.store.Holder;
import io.sluice.store.ListOrder;
import io.sluice.store.PgAssetStore;
import io.sluice.store.PgHolderStore;
import io.sluice.store.Place;
import io.sluice.store.Pools;
import io.sluice.store.Query;
import io.sluice.store.Rows;
import io.sluice.store.Statements;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Pages of ids. A page starts after the last id of the page before, so that rows which appear
 * meanwhile neither repeat nor hide any.
 */
public final class Listings {
  /** The most lots that are looked at for one page, whether they are on it or not. */
  static final int MOST_EXAMINED = 2_000;

  private static final ListOrder OLDEST = new ListOrder("created_at", "id", false);

  private static final List<String> ASSET_TEXTS = List.of("reference", "detail::jsonb ->> 'name'");

  /**
   * That a lot came into being by a transfer of a programme; a part of one, that the lot did. What
   * only moves lots, or gives some of them back, makes none.
   */
  static final String MADE_IN =
      """
      AND EXISTS (
        SELECT 1 FROM lot_movement AS made
          JOIN transfer ON transfer.tenant_id = $1 AND transfer.id = made.transfer_id
         WHERE made.tenant_id = $1 AND made.lot_id = coalesce(examined.parent_id, examined.id)
           AND made.amount > 0 AND transfer.created_at = examined.created_at
           AND transfer.kind NOT IN ('scrip.hold', 'scrip.release', 'scrip.maturity')
           AND transfer.detail::jsonb ->> 'program_id' = ?)
      """;

  /** Lots with something left, or with nothing, each along an index of their own. */
  private static final String LIVE = "remaining > 0";

  private static final String USED_UP = "remaining = 0";

  private final Statements lists;

  public Listings(Pools pools) {
    this.lists = pools.lists();
  }

  /** Holders of one kind. */
  public Future<List<Holder>> holders(TenantId tenant, HolderQuery wanted, int limit) {
    HolderQuery.Kind kind = wanted.kind();
    // The kind is no parameter, so that the indexes of only one kind serve each plan.
    var query =
        new Query(
            "SELECT "
                + PgHolderStore.COLUMNS
                + " FROM holder WHERE tenant_id = $1 AND kind = '"
                + kind.stored()
                + "'",
            tenant.value());
    addStatus(query, wanted.statuses());
    wanted.search().ifPresent(part -> addSearch(query, kind.searched(), part));
    wanted.reference().ifPresent(name -> query.add("AND reference = ?", name));
    wanted.from().ifPresent(time -> query.add("AND created_at >= ?", Rows.time(time)));
    wanted.to().ifPresent(time -> query.add("AND created_at <= ?", Rows.time(time)));
    wanted
        .program()
        .ifPresent(
            program ->
                query.add(
                    "AND EXISTS (SELECT 1 FROM scrip_enrolment WHERE tenant_id = $1"
                        + " AND participant_id = holder.id AND program_id = ?)",
                    program.value()));
    wanted.order().list().cut(query, wanted.after(), limit);
    return lists.all(query, row -> PgHolderStore.holder(tenant, row));
  }

  private static void addStatus(Query query, List<HolderStatus> statuses) {
    Object codes = statuses.stream().map(status -> (short) status.code()).toArray(Short[]::new);
    query.add("AND status = ANY(?)", codes);
  }

  /** A part of one of some texts. */
  private static void addSearch(Query query, List<String> texts, String part) {
    Object pattern = "%" + part.replaceAll("([\\\\%_])", "\\\\$1") + "%";
    query.add(
        texts.stream()
            .map(text -> "(" + text + ") ILIKE ?")
            .collect(Collectors.joining(" OR ", "AND (", ")")),
        Collections.nCopies(texts.size(), pattern).toArray());
  }

  /** Assets, newest first. */
  public Future<List<Asset>> assets(TenantId tenant, AssetQuery wanted, int limit) {
    var query =
        new Query(
            "SELECT "
                + PgAssetStore.COLUMNS
                + " FROM asset WHERE tenant_id = $1 AND kind = 'scrip.asset'",
            tenant.value());
    addStatus(query, wanted.statuses());
    wanted.search().ifPresent(part -> addSearch(query, ASSET_TEXTS, part));
    wanted
        .program()
        .ifPresent(
            program ->
                query.add(
                    "AND EXISTS (SELECT 1 FROM scrip_program_asset WHERE tenant_id = $1"
                        + " AND asset_id = asset.id AND program_id = ?)",
                    program.value()));
    OLDEST.reversed().cut(query, wanted.after(), limit);
    return lists.all(query, row -> PgAssetStore.asset(tenant, row));
  }

  /**
   * Lots of some accounts, oldest first. No more than {@value #MOST_EXAMINED} are looked at: when
   * few of them are wanted, the page ends early and says where the next one begins.
   */
  public Future<LotPage> lots(TenantId tenant, LotQuery wanted, int limit) {
    long examined = wanted.isSelective() ? MOST_EXAMINED : limit + 1;
    var query =
        new Query("SELECT id, created_at, place, wanted FROM (", tenant.value(), wanted.ids());
    query.add("SELECT id, created_at, row_number() OVER (ORDER BY created_at, id) AS place,");
    wanted.addConditions(query);
    query.add("AS wanted FROM (SELECT l.* FROM unnest($2::uuid[]) AS held (account) CROSS JOIN");
    query.add("LATERAL (");
    walk(query, wanted, examined);
    query.add(") l ORDER BY l.created_at, l.id LIMIT ?) examined) seen", examined);
    query.add("WHERE wanted OR place = ? ORDER BY place LIMIT ?", examined, (long) limit + 1);
    return lists
        .all(query, Seen::of)
        .map(seen -> seen.size() > limit ? cut(seen, limit) : rest(seen, examined));
  }

  /** Each account's lots in their order, as many as the page could need of that account alone. */
  private static void walk(Query query, LotQuery wanted, long examined) {
    boolean live = wanted.standing().filter(s -> s == Standing.CONSUMED).isEmpty();
    boolean usedUp = wanted.standing().filter(s -> s == Standing.LIVE).isEmpty();
    if (live) {
      walk(query, LIVE, wanted, examined);
    }
    if (live && usedUp) {
      query.add("UNION ALL");
    }
    if (usedUp) {
      walk(query, USED_UP, wanted, examined);
    }
  }

  private static void walk(Query query, String condition, LotQuery wanted, long examined) {
    query.add("(SELECT id, created_at, expires_at, parent_id, reference, remaining, status");
    query.add("FROM lot");
    query.add("WHERE tenant_id = $1 AND account_id = held.account AND " + condition);
    OLDEST.cut(query, wanted.after(), examined).add(")");
  }

  private static LotPage cut(List<Seen> seen, int limit) {
    List<Seen> page = seen.subList(0, limit);
    return new LotPage(ids(page), Optional.of(page.getLast().at()));
  }

  /** All that was found; where so many were looked at, there may be more behind them. */
  private static LotPage rest(List<Seen> seen, long examined) {
    return new LotPage(
        ids(seen.stream().filter(Seen::wanted).toList()),
        seen.stream().filter(lot -> lot.place() == examined).map(Seen::at).findFirst());
  }

  private static List<LotId> ids(List<Seen> seen) {
    return seen.stream().map(lot -> new LotId(lot.at().id())).toList();
  }

  /** A lot that was looked at, the how manieth it was, and whether it is to be listed. */
  private record Seen(Place at, long place, boolean wanted) {
    static Seen of(Row row) {
      return new Seen(
          Place.of(Rows.instant(row, "created_at"), row.getUUID("id")),
          row.getLong("place"),
          row.getBoolean("wanted"));
    }
  }

  /**
   * A page of lots.
   *
   * @param next where the next page begins; empty when there is none
   */
  public record LotPage(List<LotId> lots, Optional<Place> next) {}

  /** What has become of a lot. */
  public enum Standing {
    /** Something is left of it, and has not expired. */
    LIVE,
    /** It was used up. */
    CONSUMED,
    /** It has expired, whether or not what was left of it is gone already. */
    EXPIRED
  }

  /**
   * Which lots to list. All conditions must hold.
   *
   * @param accounts held by one of these
   * @param standing what has become of it
   * @param now by when it has expired, or has not
   * @param program the programme of the transfer that made it
   * @param reference what it is marked with
   * @param after only later ones than this
   */
  public record LotQuery(
      Collection<AccountId> accounts,
      Optional<Standing> standing,
      Instant now,
      Optional<Instant> expiresBefore,
      Optional<Instant> expiresAfter,
      Optional<HolderId> program,
      Optional<String> reference,
      Optional<Place> after) {
    /** Whether lots are looked at that are then left out. */
    boolean isSelective() {
      return standing.isPresent()
          || reference.isPresent()
          || expiresBefore.isPresent()
          || expiresAfter.isPresent()
          || program.isPresent();
    }

    UUID[] ids() {
      return Rows.uuids(accounts, AccountId::value);
    }

    /** Lots that never expire do so neither before nor after anything. */
    void addConditions(Query query) {
      query.add("(true");
      standing.ifPresent(is -> addStanding(query, is));
      reference.ifPresent(text -> query.add("AND coalesce(reference = ?, false)", text));
      expiresBefore.ifPresent(
          time -> query.add("AND expires_at IS NOT NULL AND expires_at < ?", Rows.time(time)));
      expiresAfter.ifPresent(
          time -> query.add("AND expires_at IS NOT NULL AND expires_at > ?", Rows.time(time)));
      program.ifPresent(id -> query.add(MADE_IN, id.value().toString()));
      query.add(")");
    }

    private void addStanding(Query query, Standing wanted) {
      switch (wanted) {
        case LIVE ->
            query.add("AND (expires_at IS NULL OR expires_at > ?)", (Object) Rows.time(now));
        case CONSUMED -> query.add("AND status <> 3");
        case EXPIRED ->
            query.add(
                "AND (status = 3 OR (remaining > 0 AND expires_at IS NOT NULL AND expires_at <="
                    + " ?))",
                (Object) Rows.time(now));
      }
    }
  }
}
