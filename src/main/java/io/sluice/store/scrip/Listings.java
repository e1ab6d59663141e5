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
import io.sluice.store.scrip.HolderQuery.Column;
import io.sluice.store.scrip.Walked.Seen;
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
 * Pages of holders, assets and lots. A page starts behind the place where the one before ended, so
 * that rows which appear meanwhile neither repeat nor hide any.
 */
public final class Listings {
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
  public Future<Walked<Holder>> holders(TenantId tenant, HolderQuery wanted, int limit) {
    HolderQuery.Kind kind = wanted.kind();
    // The kind is no parameter, so that the indexes of only one kind serve each plan.
    return walk(wanted)
        .page(
            lists,
            tenant,
            PgHolderStore.COLUMNS,
            "FROM holder WHERE tenant_id = $1 AND kind = '" + kind.stored() + "'",
            new Walk.Window(wanted.after(), limit),
            row -> PgHolderStore.holder(tenant, row),
            wanted.order().column()::key);
  }

  private static Walk walk(HolderQuery wanted) {
    Column column = wanted.order().column();
    var walk = new Walk(wanted.order().list());
    addStatus(walk, wanted.statuses(), column.hasIndexOfStatus(wanted.kind()));
    wanted.search().ifPresent(part -> addSearch(walk, wanted.kind().searched(), part));
    wanted.reference().ifPresent(name -> walk.find("reference = ?", name));
    wanted.from().ifPresent(time -> addTime(walk, column, ">=", time));
    wanted.to().ifPresent(time -> addTime(walk, column, "<=", time));
    wanted
        .program()
        .ifPresent(
            program ->
                walk.look(
                    "EXISTS (SELECT 1 FROM scrip_enrolment WHERE tenant_id = $1"
                        + " AND participant_id = examined.id AND program_id = ?)",
                    program.value()));
    return walk;
  }

  /** An index leads to one status, but in the order of a list not to several. */
  private static void addStatus(Walk walk, List<HolderStatus> statuses, boolean isIndexed) {
    if (isIndexed && statuses.size() == 1) {
      walk.lead("status = " + statuses.getFirst().code());
    } else if (!statuses.isEmpty()) {
      Object codes = statuses.stream().map(status -> (short) status.code()).toArray(Short[]::new);
      walk.look("status = ANY(?)", codes);
    }
  }

  private static void addTime(Walk walk, Column column, String comparison, Instant time) {
    String condition = "created_at " + comparison + " ?";
    if (column == Column.CREATED_AT) {
      walk.lead(condition, Rows.time(time));
    } else {
      walk.look(condition, Rows.time(time));
    }
  }

  /** A part of one of some texts. */
  private static void addSearch(Walk walk, List<String> texts, String part) {
    Object pattern = "%" + part.replaceAll("([\\\\%_])", "\\\\$1") + "%";
    walk.look(
        texts.stream()
            .map(text -> "coalesce((" + text + ") ILIKE ?, false)")
            .collect(Collectors.joining(" OR ", "(", ")")),
        Collections.nCopies(texts.size(), pattern).toArray());
  }

  /** Assets, newest first. */
  public Future<Walked<Asset>> assets(TenantId tenant, AssetQuery wanted, int limit) {
    var walk = new Walk(OLDEST.reversed());
    addStatus(walk, wanted.statuses(), false);
    wanted.search().ifPresent(part -> addSearch(walk, ASSET_TEXTS, part));
    wanted
        .program()
        .ifPresent(
            program ->
                walk.look(
                    "EXISTS (SELECT 1 FROM scrip_program_asset WHERE tenant_id = $1"
                        + " AND asset_id = examined.id AND program_id = ?)",
                    program.value()));
    return walk.page(
        lists,
        tenant,
        PgAssetStore.COLUMNS,
        "FROM asset WHERE tenant_id = $1 AND kind = 'scrip.asset'",
        new Walk.Window(wanted.after(), limit),
        row -> PgAssetStore.asset(tenant, row),
        Column.CREATED_AT::key);
  }

  /** Lots of some accounts, oldest first. */
  public Future<Walked<LotId>> lots(TenantId tenant, LotQuery wanted, int limit) {
    long examined = Walked.examined(wanted.isSelective(), limit);
    var query =
        new Query("SELECT id, created_at, place, wanted FROM (", tenant.value(), wanted.ids());
    query.add("SELECT id, created_at, row_number() OVER (ORDER BY created_at, id) AS place,");
    wanted.addConditions(query);
    query.add("AS wanted FROM (SELECT l.* FROM unnest($2::uuid[]) AS held (account) CROSS JOIN");
    query.add("LATERAL (");
    walk(query, wanted, examined);
    query.add(") l ORDER BY l.created_at, l.id LIMIT ?) examined) seen", examined);
    query.add("WHERE wanted OR place = ? ORDER BY place LIMIT ?", examined, (long) limit + 1);
    return lists.all(query, Listings::seen).map(seen -> Walked.of(seen, limit, examined));
  }

  private static Seen<LotId> seen(Row row) {
    UUID id = row.getUUID("id");
    return Seen.of(row, new LotId(id), Place.of(Rows.instant(row, "created_at"), id));
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
