package io.sluice.store.access;

import io.sluice.ledger.TenantId;
import io.sluice.store.SqlState;
import io.sluice.store.StoreException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Credentials in PostgreSQL. */
public final class CredentialStore {
  /** One in use and the one that is about to replace it. */
  public static final int MAX_OAUTH_CLIENTS = 2;

  private static final String BY_SECRET =
      "SELECT tenant_id, id FROM credential"
          + " WHERE type = $1 AND secret_hash = $2 AND name IS NULL AND revoked_at IS NULL";

  private static final String OAUTH_CLIENT =
      "SELECT tenant_id, id, secret_hash, scopes FROM credential"
          + " WHERE type = 'oauth-client' AND name = $1"
          + " AND secret_hash IS NOT NULL AND revoked_at IS NULL";

  private static final String USER =
      "SELECT tenant_id, id, password_hash, locked_until FROM credential"
          + " WHERE type = 'user' AND name = $1"
          + " AND password_hash IS NOT NULL AND revoked_at IS NULL";

  /** Reads the lock again: it may have come while the password was being checked. */
  private static final String ADMIT =
      "UPDATE credential SET failed_count = 0, locked_until = NULL"
          + " WHERE tenant_id = $1 AND id = $2 AND revoked_at IS NULL"
          + " AND (locked_until IS NULL OR locked_until <= $3)";

  private static final String COUNT_FAILURE =
      "UPDATE credential SET"
          + " failed_count = CASE WHEN failed_count + 1 >= $4 THEN 0 ELSE failed_count + 1 END,"
          + " locked_until = CASE WHEN failed_count + 1 >= $4 THEN $5::timestamptz END"
          + " WHERE tenant_id = $1 AND id = $2 AND revoked_at IS NULL"
          + " AND (locked_until IS NULL OR locked_until <= $3)";

  /** Holders and assets may still be inserted: their foreign keys do not need this lock. */
  private static final String LOCK_TENANT = "SELECT id FROM tenant WHERE id = $1 FOR NO KEY UPDATE";

  private static final String REVOKE_LABEL =
      "UPDATE credential SET revoked_at = $4"
          + " WHERE tenant_id = $1 AND type = $2 AND label = $3 AND revoked_at IS NULL"
          + " RETURNING secret_hash";

  private static final String COUNT =
      "SELECT count(*) FROM credential"
          + " WHERE tenant_id = $1 AND type = $2 AND revoked_at IS NULL";

  private static final String INSERT =
      "INSERT INTO credential (tenant_id, id, type, label, name, secret_hash, password_hash,"
          + " scopes, expires_at, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

  private static final String CHANGE_PASSWORD =
      "UPDATE credential SET password_hash = $3, failed_count = 0, locked_until = NULL"
          + " WHERE tenant_id = $1 AND type = 'user' AND name = $2"
          + " AND password_hash IS NOT NULL AND revoked_at IS NULL"
          + " RETURNING id";

  private static final String SHOW =
      "SELECT id, label, name, scopes, created_at, expires_at, locked_until, revoked_at"
          + " FROM credential WHERE tenant_id = $1 AND type = $2";

  private static final String LIST = SHOW + " ORDER BY created_at, id LIMIT $3";

  private static final String FIND = SHOW + " AND label = $3 AND revoked_at IS NULL";

  private static final String REVOKE =
      "UPDATE credential SET revoked_at = coalesce(revoked_at, $4)"
          + " WHERE tenant_id = $1 AND type = $2 AND id = $3 RETURNING id";

  private final Pool pool;

  public CredentialStore(Pool pool) {
    this.pool = pool;
  }

  /**
   * The owner of a random secret that is in force. The index compares hashes, not secrets: what its
   * timing might tell about a hash leads nobody to the secret.
   */
  public Future<Optional<CredentialOwner>> findBySecret(CredentialType type, Buffer hash) {
    return run(BY_SECRET, Tuple.of(type.text(), hash))
        .map(rows -> first(rows).map(CredentialStore::owner));
  }

  public Future<Optional<StoredOAuthClient>> findOAuthClient(String clientId) {
    return run(OAUTH_CLIENT, Tuple.of(clientId))
        .map(
            rows ->
                first(rows)
                    .map(
                        row ->
                            new StoredOAuthClient(
                                owner(row),
                                row.getBuffer("secret_hash"),
                                Set.of(row.getArrayOfStrings("scopes")))));
  }

  public Future<Optional<StoredUser>> findUser(String username) {
    return run(USER, Tuple.of(username))
        .map(
            rows ->
                first(rows)
                    .map(
                        row ->
                            new StoredUser(
                                owner(row),
                                row.getString("password_hash"),
                                instant(row, "locked_until"))));
  }

  /**
   * Forgets a user's failures after the right password.
   *
   * @return false when the user is locked or revoked by now
   */
  public Future<Boolean> admit(CredentialOwner user, Instant now) {
    return run(ADMIT, Tuple.of(user.tenant().value(), user.id(), time(now)))
        .map(rows -> rows.rowCount() == 1);
  }

  /**
   * Counts a wrong password; the last one allowed locks the user.
   *
   * @return false when the user is locked already, or not there; nothing is counted then
   */
  public Future<Boolean> countFailure(
      CredentialOwner user, Instant now, int maxFailures, Instant lockedUntil) {
    return run(
            COUNT_FAILURE,
            Tuple.of(user.tenant().value(), user.id(), time(now), maxFailures, time(lockedUntil)))
        .map(rows -> rows.rowCount() == 1);
  }

  /** Stores a credential in place of the one that has its label, if any. */
  public Future<Grant> replace(NewCredential credential) {
    return granted(
        credential.tenant(),
        connection ->
            connection
                .preparedQuery(REVOKE_LABEL)
                .execute(
                    Tuple.of(
                        credential.tenant().value(),
                        credential.type().text(),
                        credential.label(),
                        time(credential.createdAt())))
                .compose(revoked -> insert(connection, credential, hashes(revoked))));
  }

  /** Stores a user, or gives the tenant's user of that name a new password. */
  public Future<Grant> putUser(NewCredential user) {
    return granted(
        user.tenant(),
        connection ->
            connection
                .preparedQuery(CHANGE_PASSWORD)
                .execute(
                    Tuple.of(
                        user.tenant().value(),
                        user.name().orElseThrow(),
                        user.passwordHash().orElseThrow()))
                .compose(
                    changed ->
                        first(changed)
                            .map(row -> granted(row.getUUID("id"), List.of()))
                            .orElseGet(() -> insert(connection, user, List.of()))));
  }

  /** A tenant's credentials of one type, oldest first, revoked ones included. */
  public Future<List<StoredCredential>> list(TenantId tenant, CredentialType type, int limit) {
    return run(LIST, Tuple.of(tenant.value(), type.text(), limit))
        .map(
            rows -> {
              List<StoredCredential> credentials = new ArrayList<>(rows.size());
              rows.forEach(row -> credentials.add(shown(row)));
              return credentials;
            });
  }

  /** The tenant's credential in force of that type and label. */
  public Future<Optional<StoredCredential>> find(
      TenantId tenant, CredentialType type, String label) {
    return run(FIND, Tuple.of(tenant.value(), type.text(), label))
        .map(rows -> first(rows).map(CredentialStore::shown));
  }

  /**
   * Takes a credential out of force, for ever.
   *
   * @return false when the tenant has no such credential
   */
  public Future<Boolean> revoke(TenantId tenant, CredentialType type, UUID id, Instant now) {
    return run(REVOKE, Tuple.of(tenant.value(), type.text(), id, time(now)))
        .map(rows -> rows.rowCount() == 1);
  }

  /**
   * Runs in a transaction that holds the tenant, so that two grants never count past each other.
   */
  private Future<Grant> granted(TenantId tenant, Function<SqlConnection, Future<Grant>> work) {
    return pool.withTransaction(
            connection ->
                connection
                    .preparedQuery(LOCK_TENANT)
                    .execute(Tuple.of(tenant.value()))
                    .compose(
                        rows ->
                            rows.size() == 0
                                ? Future.succeededFuture((Grant) new Grant.UnknownTenant())
                                : work.apply(connection)))
        .recover(
            failure ->
                SqlState.of(failure) == SqlState.UNIQUE_VIOLATION
                    ? Future.succeededFuture(new Grant.NameTaken())
                    : Future.failedFuture(StoreException.of(failure)));
  }

  private Future<RowSet<Row>> run(String sql, Tuple arguments) {
    return pool.preparedQuery(sql)
        .execute(arguments)
        .recover(failure -> Future.failedFuture(StoreException.of(failure)));
  }

  private static Future<Grant> insert(
      SqlConnection connection, NewCredential credential, List<Buffer> revoked) {
    if (credential.type() != CredentialType.OAUTH_CLIENT) {
      return insertRow(connection, credential, revoked);
    }
    return connection
        .preparedQuery(COUNT)
        .execute(Tuple.of(credential.tenant().value(), credential.type().text()))
        .compose(
            rows ->
                rows.iterator().next().getLong(0) >= MAX_OAUTH_CLIENTS
                    ? Future.succeededFuture(new Grant.TooMany(MAX_OAUTH_CLIENTS))
                    : insertRow(connection, credential, revoked));
  }

  private static Future<Grant> insertRow(
      SqlConnection connection, NewCredential credential, List<Buffer> revoked) {
    return connection
        .preparedQuery(INSERT)
        .execute(
            Tuple.tuple()
                .addInteger(credential.tenant().value())
                .addUUID(credential.id())
                .addString(credential.type().text())
                .addString(credential.label())
                .addString(credential.name().orElse(null))
                .addBuffer(credential.secretHash().orElse(null))
                .addString(credential.passwordHash().orElse(null))
                .addArrayOfString(credential.scopes().toArray(String[]::new))
                .addOffsetDateTime(credential.expiresAt().map(CredentialStore::time).orElse(null))
                .addOffsetDateTime(time(credential.createdAt())))
        .compose(rows -> granted(credential.id(), revoked));
  }

  private static Future<Grant> granted(UUID id, List<Buffer> revoked) {
    return Future.succeededFuture(new Grant.Granted(id, revoked));
  }

  private static List<Buffer> hashes(RowSet<Row> rows) {
    List<Buffer> hashes = new ArrayList<>(rows.size());
    rows.forEach(row -> Optional.ofNullable(row.getBuffer("secret_hash")).ifPresent(hashes::add));
    return hashes;
  }

  private static StoredCredential shown(Row row) {
    return new StoredCredential(
        row.getUUID("id"),
        row.getString("label"),
        Optional.ofNullable(row.getString("name")),
        List.of(row.getArrayOfStrings("scopes")),
        row.getOffsetDateTime("created_at").toInstant(),
        instant(row, "expires_at"),
        instant(row, "locked_until"),
        instant(row, "revoked_at"));
  }

  private static CredentialOwner owner(Row row) {
    return new CredentialOwner(new TenantId(row.getInteger("tenant_id")), row.getUUID("id"));
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
