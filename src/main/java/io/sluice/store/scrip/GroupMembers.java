package io.sluice.store.scrip;

import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.TenantId;
import io.sluice.store.Holder;
import io.sluice.store.ListOrder;
import io.sluice.store.Place;
import io.sluice.store.Pools;
import io.sluice.store.Query;
import io.sluice.store.Rows;
import io.sluice.store.Statements;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Groups' members. A group with members always has at least one that is an admin. */
public final class GroupMembers {
  /** What became of a change. */
  public enum Change {
    DONE,
    /** Refused: the group would be left without an admin. */
    LAST_ADMIN,
    /** There is no such membership, or no longer. */
    ABSENT,
    /** Refused: somebody is a member already. */
    MEMBER_ALREADY,
    /** Refused: the group is archived, for ever. */
    ARCHIVED
  }

  private static final String CREATE =
      """
      WITH created AS (
        INSERT INTO holder (tenant_id, id, kind, reference, status, detail, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $7)
        RETURNING tenant_id, id, created_at)
      INSERT INTO scrip_group_member
             (tenant_id, group_id, participant_id, admin, joined_at, on_behalf_of)
      SELECT created.tenant_id, created.id, member.id, member.admin, created.created_at, $10
        FROM created, unnest($8::uuid[], $9::boolean[]) AS member (id, admin)
      """;

  /** One change of a group's members at a time, so that two admins cannot both leave last. */
  private static final String LOCK =
      "SELECT status FROM holder WHERE tenant_id = $1 AND id = $2 FOR NO KEY UPDATE";

  private static final String HAS_OTHER_ADMIN =
      """
      SELECT 1 FROM scrip_group_member
       WHERE tenant_id = $1 AND group_id = $2 AND participant_id <> $3 AND admin
         AND left_at IS NULL
       LIMIT 1
      """;

  private static final String COUNT_ACTIVE =
      """
      SELECT count(*) FROM scrip_group_member
       WHERE tenant_id = $1 AND group_id = $2 AND participant_id = ANY($3) AND left_at IS NULL
      """;

  private static final String ADD =
      """
      INSERT INTO scrip_group_member
             (tenant_id, group_id, participant_id, admin, joined_at, on_behalf_of)
      SELECT $1, $2, member.id, member.admin, $5, $6
        FROM unnest($3::uuid[], $4::boolean[]) AS member (id, admin)
      ON CONFLICT (tenant_id, group_id, participant_id) DO UPDATE
      SET admin = excluded.admin, joined_at = excluded.joined_at, left_at = NULL,
          on_behalf_of = excluded.on_behalf_of
      """;

  private static final String SET_ROLE =
      """
      UPDATE scrip_group_member SET admin = $4, on_behalf_of = $5
       WHERE tenant_id = $1 AND group_id = $2 AND participant_id = $3
      """;

  private static final String LEAVE =
      """
      UPDATE scrip_group_member SET left_at = $4
       WHERE tenant_id = $1 AND group_id = $2 AND participant_id = $3
      """;

  private static final String LIST =
      """
      SELECT page.*, holder.reference
        FROM (SELECT participant_id, admin, joined_at, left_at FROM scrip_group_member
               WHERE tenant_id = $1 AND group_id = $2
      """;

  private static final ListOrder LAST_JOINED = ListOrder.newest("joined_at", "participant_id");

  private static final String NAMES =
      """
             ) AS page
       CROSS JOIN LATERAL (
         SELECT reference FROM holder WHERE tenant_id = $1 AND id = page.participant_id LIMIT 1)
           AS holder
       ORDER BY joined_at DESC, participant_id DESC
      """;

  private final Statements statements;
  private final Statements lists;

  public GroupMembers(Pools pools) {
    this.statements = pools.lookUps();
    this.lists = pools.lists();
  }

  /**
   * Stores a new group with its first members.
   *
   * @param admins every member, and whether it is an admin
   * @param behalf for whom it is done
   */
  public Future<Void> create(
      Holder group, Map<HolderId, Boolean> admins, Optional<HolderId> behalf) {
    return statements
        .insert(
            CREATE,
            group.tenant().value(),
            group.id().value(),
            group.kind(),
            group.reference(),
            group.status().code(),
            group.detail(),
            Rows.time(group.createdAt()),
            members(admins),
            roles(admins),
            value(behalf))
        .mapEmpty();
  }

  /**
   * Adds members, or brings back those who left; all of them or none.
   *
   * @param admins every one of them, and whether it is to be an admin
   * @param behalf for whom it is done
   */
  public Future<Change> add(
      TenantId tenant,
      HolderId group,
      Map<HolderId, Boolean> admins,
      Optional<HolderId> behalf,
      Instant at) {
    return changing(
        tenant,
        group,
        connection ->
            Statements.on(connection, COUNT_ACTIVE, tenant.value(), group.value(), members(admins))
                .compose(
                    rows ->
                        rows.iterator().next().getLong(0) > 0
                            ? Future.succeededFuture(Change.MEMBER_ALREADY)
                            : Statements.on(
                                    connection,
                                    ADD,
                                    tenant.value(),
                                    group.value(),
                                    members(admins),
                                    roles(admins),
                                    Rows.time(at),
                                    value(behalf))
                                .map(Change.DONE)));
  }

  /**
   * Changes an active member's role.
   *
   * @param behalf for whom it is done
   */
  public Future<Change> setRole(
      TenantId tenant,
      HolderId group,
      HolderId participant,
      boolean admin,
      Optional<HolderId> behalf) {
    return changing(
        tenant,
        group,
        participant,
        admin,
        connection ->
            Statements.on(
                connection,
                SET_ROLE,
                tenant.value(),
                group.value(),
                participant.value(),
                admin,
                value(behalf)));
  }

  /** Ends an active membership. */
  public Future<Change> leave(TenantId tenant, HolderId group, HolderId participant, Instant at) {
    return changing(
        tenant,
        group,
        participant,
        false,
        connection ->
            Statements.on(
                connection,
                LEAVE,
                tenant.value(),
                group.value(),
                participant.value(),
                Rows.time(at)));
  }

  /**
   * Members, those who joined last first.
   *
   * @param after only what comes after this place
   * @param former whether to list also those who left
   */
  public Future<List<GroupMember>> list(
      TenantId tenant, HolderId group, Optional<Place> after, boolean former, int limit) {
    var query = new Query(LIST, tenant.value(), group.value());
    if (!former) {
      query.add("AND left_at IS NULL");
    }
    LAST_JOINED.cut(query, after, limit).add(NAMES);
    return lists.all(query, GroupMembers::member);
  }

  private Future<Change> changing(
      TenantId tenant, HolderId group, Function<SqlConnection, Future<Change>> change) {
    return statements.inTransaction(
        tenant,
        connection ->
            Statements.on(connection, LOCK, tenant.value(), group.value())
                .compose(
                    rows ->
                        rows.iterator().next().getShort(0) == HolderStatus.ARCHIVED.code()
                            ? Future.succeededFuture(Change.ARCHIVED)
                            : change.apply(connection)));
  }

  /**
   * Changes an active membership.
   *
   * @param staysAdmin whether the member is an admin afterwards; otherwise another one must be
   */
  private Future<Change> changing(
      TenantId tenant,
      HolderId group,
      HolderId participant,
      boolean staysAdmin,
      Function<SqlConnection, Future<?>> change) {
    return changing(
        tenant,
        group,
        connection ->
            isMember(connection, tenant, group, participant)
                .compose(
                    member ->
                        !member || staysAdmin
                            ? Future.succeededFuture(member ? Change.DONE : Change.ABSENT)
                            : staysLed(connection, tenant, group, participant))
                .compose(
                    outcome ->
                        outcome == Change.DONE
                            ? change.apply(connection).map(outcome)
                            : Future.succeededFuture(outcome)));
  }

  private static Future<Boolean> isMember(
      SqlConnection connection, TenantId tenant, HolderId group, HolderId participant) {
    Object one = new UUID[] {participant.value()};
    return Statements.on(connection, COUNT_ACTIVE, tenant.value(), group.value(), one)
        .map(rows -> rows.iterator().next().getLong(0) > 0);
  }

  private static Future<Change> staysLed(
      SqlConnection connection, TenantId tenant, HolderId group, HolderId without) {
    return Statements.on(
            connection, HAS_OTHER_ADMIN, tenant.value(), group.value(), without.value())
        .map(rows -> rows.size() > 0 ? Change.DONE : Change.LAST_ADMIN);
  }

  private static UUID[] members(Map<HolderId, Boolean> admins) {
    return Rows.uuids(admins.keySet(), HolderId::value);
  }

  private static Boolean[] roles(Map<HolderId, Boolean> admins) {
    return admins.values().toArray(Boolean[]::new);
  }

  private static UUID value(Optional<HolderId> holder) {
    return holder.map(HolderId::value).orElse(null);
  }

  private static GroupMember member(Row row) {
    return new GroupMember(
        new HolderId(row.getUUID("participant_id")),
        row.getString("reference"),
        row.getBoolean("admin"),
        Rows.instant(row, "joined_at"),
        Rows.optionalInstant(row, "left_at"));
  }
}
