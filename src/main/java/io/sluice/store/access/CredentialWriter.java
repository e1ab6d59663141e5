package io.sluice.store.access;

import io.sluice.store.TenantStatus;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
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

/**
 * Writes one credential within a transaction. The transaction holds the tenant, so that two grants
 * never count past each other.
 */
final class CredentialWriter {
  /** Holders and assets may still be inserted: their foreign keys do not need this lock. */
  private static final String LOCK_TENANT =
      "SELECT status FROM tenant WHERE id = $1 FOR NO KEY UPDATE";

  private static final String REVOKE_LABEL =
      "UPDATE credential SET revoked_at = $4"
          + " WHERE tenant_id = $1 AND type = $2 AND label = $3 AND revoked_at IS NULL"
          + " RETURNING secret_hash";

  private static final String COUNT_OTHERS =
      "SELECT count(*) FROM credential"
          + " WHERE tenant_id = $1 AND type = $2 AND label <> $3 AND revoked_at IS NULL";

  private static final String INSERT =
      "INSERT INTO credential (tenant_id, id, type, label, created_at, demo, name, secret_hash,"
          + " password_hash, scopes, expires_at)"
          + " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";

  /** The next generation: tokens of the one before are worth nothing any more. */
  private static final String CHANGE_PASSWORD =
      "UPDATE credential SET password_hash = $4, generation = generation + 1, demo = $5"
          + " WHERE tenant_id = $1 AND type = $2 AND name = $3"
          + " AND password_hash IS NOT NULL AND revoked_at IS NULL RETURNING id";

  private final SqlConnection connection;
  private final NewCredential credential;
  private final Integer tenant;
  private final String type;
  private final OffsetDateTime now;

  /**
   * @param connection with a transaction under way
   */
  CredentialWriter(SqlConnection connection, NewCredential credential) {
    this.connection = connection;
    this.credential = credential;
    this.tenant = credential.owner().tenant().value();
    this.type = credential.type().text();
    this.now = time(credential.createdAt());
  }

  /** In place of the one that has its label, if any; a user who is there gets the new password. */
  Future<Grant> write(int maxInForce) {
    return run(LOCK_TENANT, Tuple.of(tenant))
        .compose(
            rows ->
                rows.size() == 0
                    ? Future.succeededFuture(new Grant.UnknownTenant())
                    : write(TenantStatus.ofCode(rows.iterator().next().getShort(0)), maxInForce));
  }

  private Future<Grant> write(TenantStatus tenantStatus, int maxInForce) {
    return tenantStatus == TenantStatus.CLOSED
        ? Future.succeededFuture(new Grant.ClosedTenant())
        : countOthers().compose(others -> write(others, maxInForce));
  }

  private Future<Grant> write(long others, int maxInForce) {
    return others >= maxInForce
        ? Future.succeededFuture(new Grant.TooMany(maxInForce))
        : switch (credential.proof()) {
          case Proof.Secret secret -> replace();
          case Proof.Client client -> replace();
          case Proof.User user -> putUser(user);
          case Proof.Token token -> replace();
        };
  }

  private Future<Long> countOthers() {
    return run(COUNT_OTHERS, Tuple.of(tenant, type, credential.label()))
        .map(rows -> rows.iterator().next().getLong(0));
  }

  private Future<Grant> putUser(Proof.User user) {
    return run(
            CHANGE_PASSWORD,
            Tuple.of(tenant, type, user.name(), user.passwordHash(), credential.demo()))
        .compose(
            changed ->
                changed.size() == 0
                    ? insert(List.of())
                    : granted(changed.iterator().next().getUUID("id"), List.of()));
  }

  private Future<Grant> replace() {
    return revokeLabel().compose(this::insert);
  }

  /** The secret hashes of those that are no longer in force. */
  private Future<List<Buffer>> revokeLabel() {
    return run(REVOKE_LABEL, Tuple.of(tenant, type, credential.label(), now))
        .map(
            rows -> {
              List<Buffer> hashes = new ArrayList<>(rows.size());
              rows.forEach(
                  row -> Optional.ofNullable(row.getBuffer("secret_hash")).ifPresent(hashes::add));
              return hashes;
            });
  }

  private Future<Grant> insert(List<Buffer> revoked) {
    UUID id = credential.owner().id();
    Tuple row = Tuple.of(tenant, id, type, credential.label(), now, credential.demo());
    return run(
            INSERT,
            switch (credential.proof()) {
              case Proof.Secret(Buffer hash) -> proof(row, null, hash, null, Set.of(), null);
              case Proof.Client client ->
                  proof(row, client.id(), client.secretHash(), null, client.scopes(), null);
              case Proof.User(String name, String hash) ->
                  proof(row, name, null, hash, Set.of(), null);
              case Proof.Token(String subject, Instant expiresAt) ->
                  proof(row, subject, null, null, Set.of(), time(expiresAt));
            })
        .compose(rows -> granted(id, revoked));
  }

  /** In the order of the columns; null where the table's checks want nothing. */
  private static Tuple proof(
      Tuple row,
      String name,
      Buffer secretHash,
      String passwordHash,
      Set<String> scopes,
      OffsetDateTime expiresAt) {
    return row.addString(name)
        .addBuffer(secretHash)
        .addString(passwordHash)
        .addArrayOfString(scopes.toArray(String[]::new))
        .addOffsetDateTime(expiresAt);
  }

  private Future<RowSet<Row>> run(String sql, Tuple arguments) {
    return connection.preparedQuery(sql).execute(arguments);
  }

  private static Future<Grant> granted(UUID id, List<Buffer> revoked) {
    return Future.succeededFuture(new Grant.Granted(id, revoked));
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
