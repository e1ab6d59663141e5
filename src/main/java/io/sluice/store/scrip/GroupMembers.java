package io.sluice.store.scrip;

import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.store.Holder;
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

/** Groups' members. A group with members always has at least one that is an admin. */
public final class GroupMembers {
  /** What became of a change. */
  public enum Change {
    DONE,
    /** Refused: the group would be left without an admin. */
    LAST_ADMIN,
    /** There is no such membership. */
    ABSENT
  }

  private static final String CREATE =
      """
      WITH created AS (
        INSERT INTO holder (tenant_id, id, kind, reference, status, detail, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $7)
        RETURNING tenant_id, id, created_at)
      INSERT INTO scrip_group_member (tenant_id, group_id, participant_id, admin, joined_at)
      SELECT created.tenant_id, created.id, member.id, member.admin, created.created_at
        FROM created, unnest($8::uuid[], $9::boolean[]) AS member (id, admin)
      """;

  /** One change of a group's members at a time, so that two admins cannot both leave last. */
  private static final String LOCK =
      "SELECT 1 FROM holder WHERE tenant_id = $1 AND id = $2 FOR NO KEY UPDATE";

  private static final String HAS_OTHER_ADMIN =
      """
      SELECT 1 FROM scrip_group_member
       WHERE tenant_id = $1 AND group_id = $2 AND participant_id <> $3 AND admin
         AND left_at IS NULL
       LIMIT 1
      """;

  private static final String FIND =
      """
      SELECT participant_id, admin, joined_at, left_at FROM scrip_group_member
       WHERE tenant_id = $1 AND group_id = $2 AND participant_id = $3
      """;

  private static final String PUT =
      """
      INSERT INTO scrip_group_member AS member
             (tenant_id, group_id, participant_id, admin, joined_at)
      VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (tenant_id, group_id, participant_id) DO UPDATE
      SET admin = $4, left_at = NULL,
          joined_at = CASE WHEN member.left_at IS NULL THEN member.joined_at ELSE $5 END
      """;

  private static final String LEAVE =
      """
      UPDATE scrip_group_member SET left_at = $4
       WHERE tenant_id = $1 AND group_id = $2 AND participant_id = $3
      """;

  private static final String LIST =
      """
      SELECT participant_id, admin, joined_at, left_at FROM scrip_group_member
       WHERE tenant_id = $1 AND group_id = $2
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
   */
  public Future<Void> create(Holder group, Map<HolderId, Boolean> admins) {
    List<Map.Entry<HolderId, Boolean>> members = List.copyOf(admins.entrySet());
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
            members.stream().map(member -> member.getKey().value()).toArray(UUID[]::new),
            members.stream().map(Map.Entry::getValue).toArray(Boolean[]::new))
        .mapEmpty();
  }

  /** Adds a member, brings one back, or changes a member's role. */
  public Future<Change> put(
      TenantId tenant, HolderId group, HolderId participant, boolean admin, Instant at) {
    return statements.inTransaction(
        tenant,
        connection ->
            lock(connection, tenant, group)
                .compose(
                    locked ->
                        admin
                            ? Future.succeededFuture(true)
                            : staysLed(connection, tenant, group, participant))
                .compose(
                    led ->
                        led
                            ? run(connection, PUT, tenant, group, participant, admin, Rows.time(at))
                            : Future.succeededFuture(Change.LAST_ADMIN)));
  }

  /** Ends a membership. */
  public Future<Change> leave(TenantId tenant, HolderId group, HolderId participant, Instant at) {
    return statements.inTransaction(
        tenant,
        connection ->
            lock(connection, tenant, group)
                .compose(locked -> find(connection, tenant, group, participant))
                .compose(
                    member ->
                        member.filter(found -> found.leftAt().isEmpty()).isEmpty()
                            ? Future.succeededFuture(Change.ABSENT)
                            : leave(connection, tenant, group, participant, at)));
  }

  public Future<Optional<GroupMember>> find(TenantId tenant, HolderId group, HolderId participant) {
    return statements.first(
        FIND, GroupMembers::member, tenant.value(), group.value(), participant.value());
  }

  /**
   * Members by their ids.
   *
   * @param after only ids above this one
   * @param former whether to list also those who left
   */
  public Future<List<GroupMember>> list(
      TenantId tenant, HolderId group, Optional<UUID> after, boolean former, int limit) {
    var query = new Query(LIST, tenant.value(), group.value());
    after.ifPresent(id -> query.add("AND participant_id > ?", id));
    if (!former) {
      query.add("AND left_at IS NULL");
    }
    return lists.all(
        query.add("ORDER BY participant_id LIMIT ?", (long) limit), GroupMembers::member);
  }

  private static Future<Change> leave(
      SqlConnection connection, TenantId tenant, HolderId group, HolderId member, Instant at) {
    return staysLed(connection, tenant, group, member)
        .compose(
            led ->
                led
                    ? run(connection, LEAVE, tenant, group, member, Rows.time(at))
                    : Future.succeededFuture(Change.LAST_ADMIN));
  }

  private static Future<?> lock(SqlConnection connection, TenantId tenant, HolderId group) {
    return Statements.on(connection, LOCK, tenant.value(), group.value());
  }

  private static Future<Boolean> staysLed(
      SqlConnection connection, TenantId tenant, HolderId group, HolderId without) {
    return Statements.on(
            connection, HAS_OTHER_ADMIN, tenant.value(), group.value(), without.value())
        .map(rows -> rows.size() > 0);
  }

  private static Future<Optional<GroupMember>> find(
      SqlConnection connection, TenantId tenant, HolderId group, HolderId participant) {
    return Statements.on(connection, FIND, tenant.value(), group.value(), participant.value())
        .map(rows -> Rows.first(rows, GroupMembers::member));
  }

  private static Future<Change> run(
      SqlConnection connection,
      String sql,
      TenantId tenant,
      HolderId group,
      HolderId member,
      Object... more) {
    Object[] parameters = new Object[3 + more.length];
    parameters[0] = tenant.value();
    parameters[1] = group.value();
    parameters[2] = member.value();
    System.arraycopy(more, 0, parameters, 3, more.length);
    return Statements.on(connection, sql, parameters).map(Change.DONE);
  }

  private static GroupMember member(Row row) {
    return new GroupMember(
        new HolderId(row.getUUID("participant_id")),
        row.getBoolean("admin"),
        Rows.instant(row, "joined_at"),
        Rows.optionalInstant(row, "left_at"));
  }
}
