package io.sluice.store.access;

import io.sluice.ledger.CredentialNumber;
import io.sluice.ledger.Principal;
import io.sluice.ledger.TenantId;
import io.sluice.store.ListOrder;
import io.sluice.store.Place;
import io.sluice.store.Pools;
import io.sluice.store.Query;
import io.sluice.store.Rows;
import io.sluice.store.SqlState;
import io.sluice.store.Statements;
import io.sluice.store.StoreException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Credentials in PostgreSQL. */
public final class CredentialStore {
  /** Of another tenant nobody is let in, whatever he presents. */
  private static final String OF_AN_ACTIVE_TENANT =
      " AND EXISTS (SELECT FROM tenant t WHERE t.id = credential.tenant_id AND t.status = 0)";

  private static final String BY_SECRET =
      "SELECT tenant_id, number FROM credential"
          + " WHERE type = $1 AND secret_hash = $2 AND name IS NULL AND revoked_at IS NULL"
          + OF_AN_ACTIVE_TENANT;

  private static final String CLIENT =
      "SELECT tenant_id, number, id, secret_hash, scopes FROM credential"
          + " WHERE type = $1 AND name = $2"
          + " AND secret_hash IS NOT NULL AND revoked_at IS NULL"
          + OF_AN_ACTIVE_TENANT;

  private static final String USER =
      "SELECT tenant_id, number, id, generation, password_hash FROM credential"
          + " WHERE type = $1 AND name = $2"
          + " AND password_hash IS NOT NULL AND revoked_at IS NULL"
          + OF_AN_ACTIVE_TENANT;

  private static final String SHOW =
      "SELECT id, number, label, name, scopes, created_at, expires_at, revoked_at"
          + " FROM credential WHERE tenant_id = $1 AND type = $2";

  private static final ListOrder OLDEST = new ListOrder("created_at", "id", false);

  private static final String PLACE =
      "SELECT created_at, id FROM credential WHERE tenant_id = $1 AND type = $2 AND id = $3";

  private static final String FIND = SHOW + " AND label = $3 AND revoked_at IS NULL";

  private static final String REVOKE =
      "UPDATE credential SET revoked_at = coalesce(revoked_at, $4)"
          + " WHERE tenant_id = $1 AND type = $2 AND id = $3 RETURNING number";

  private static final String REVOKE_DEMO =
      "UPDATE credential SET revoked_at = $1 WHERE demo AND revoked_at IS NULL";

  private final Statements statements;

  public CredentialStore(Pools pools) {
    this.statements = pools.lookUps();
  }

  /**
   * Who has a random secret that is in force. The index compares hashes, not secrets: what its
   * timing might tell about a hash leads nobody to the secret.
   *
   * @param stranger who asks, as far as one can tell him from others: he waits in turn with them
   */
  public Future<Optional<Principal>> findSecret(
      CredentialTypeName type, Buffer hash, Object stranger) {
    return statements
        .run(stranger, BY_SECRET, Tuple.of(type.text(), hash))
        .map(rows -> first(rows).map(CredentialStore::principal));
  }

  public Future<Optional<StoredClient>> findClient(
      CredentialTypeName type, String clientId, Object stranger) {
    return statements
        .run(stranger, CLIENT, Tuple.of(type.text(), clientId))
        .map(
            rows ->
                first(rows)
                    .map(
                        row ->
                            new StoredClient(
                                principal(row),
                                row.getUUID("id"),
                                row.getBuffer("secret_hash"),
                                Set.of(row.getArrayOfStrings("scopes")))));
  }

  public Future<Optional<StoredUser>> findUser(
      CredentialTypeName type, String username, Object stranger) {
    return statements
        .run(stranger, USER, Tuple.of(type.text(), username))
        .map(
            rows ->
                first(rows)
                    .map(
                        row ->
                            new StoredUser(
                                principal(row),
                                row.getUUID("id"),
                                row.getInteger("generation"),
                                row.getString("password_hash"))));
  }

  /**
   * Stores a credential in place of the one that has its label, if any; a user who is there keeps
   * its id and gets the new password.
   *
   * @param maxInForce how many of the type the tenant may then have in force
   */
  public Future<Grant> put(NewCredential credential, int maxInForce) {
    return statements.inTransaction(
        credential.owner().tenant(),
        connection -> new CredentialWriter(connection, credential).write(maxInForce),
        failure ->
            SqlState.of(failure) == SqlState.UNIQUE_VIOLATION
                ? Future.succeededFuture(new Grant.NameTaken())
                : Future.failedFuture(StoreException.of(failure)));
  }

  /**
   * A tenant's credentials of one type, oldest first, revoked ones included.
   *
   * @param after where the page before ended
   */
  public Future<List<StoredCredential>> list(
      TenantId tenant, CredentialTypeName type, Optional<Place> after, int limit) {
    var query = new Query(SHOW, tenant.value(), type.text());
    return statements.all(OLDEST.cut(query, after, limit), CredentialStore::shown);
  }

  /** Where a tenant's credential stands in that list. */
  public Future<Optional<Place>> place(TenantId tenant, CredentialTypeName type, UUID id) {
    return statements.first(
        PLACE,
        row -> Place.of(Rows.instant(row, "created_at"), row.getUUID("id")),
        tenant.value(),
        type.text(),
        id);
  }

  /** The tenant's credential in force of that type and label. */
  public Future<Optional<StoredCredential>> find(
      TenantId tenant, CredentialTypeName type, String label) {
    return run(FIND, Tuple.of(tenant.value(), type.text(), label))
        .map(rows -> first(rows).map(CredentialStore::shown));
  }

  /**
   * Takes a credential out of force, for ever.
   *
   * @return its number; empty when the tenant has no such credential
   */
  public Future<Optional<CredentialNumber>> revoke(
      TenantId tenant, CredentialTypeName type, UUID id, Instant now) {
    return run(REVOKE, Tuple.of(tenant.value(), type.text(), id, time(now)))
        .map(rows -> first(rows).map(CredentialStore::number));
  }

  /**
   * Takes every credential that was made for the demo out of force, for ever.
   *
   * @return how many there were
   */
  public Future<Integer> revokeDemo(Instant now) {
    return run(REVOKE_DEMO, Tuple.of(time(now))).map(RowSet::rowCount);
  }

  private Future<RowSet<Row>> run(String sql, Tuple arguments) {
    return statements.run(sql, arguments);
  }

  private static StoredCredential shown(Row row) {
    return new StoredCredential(
        row.getUUID("id"),
        number(row),
        row.getString("label"),
        Optional.ofNullable(row.getString("name")),
        List.of(row.getArrayOfStrings("scopes")),
        row.getOffsetDateTime("created_at").toInstant(),
        instant(row, "expires_at"),
        instant(row, "revoked_at"));
  }

  private static Principal principal(Row row) {
    return new Principal(new TenantId(row.getInteger("tenant_id")), number(row));
  }

  static CredentialNumber number(Row row) {
    return new CredentialNumber(row.getInteger("number"));
  }

  private static Optional<Row> first(RowSet<Row> rows) {
    return rows.size() == 0 ? Optional.empty() : Optional.of(rows.iterator().next());
  }

  private static Optional<Instant> instant(Row row, String column) {
    return Optional.ofNullable(row.getOffsetDateTime(column)).map(OffsetDateTime::toInstant);
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
