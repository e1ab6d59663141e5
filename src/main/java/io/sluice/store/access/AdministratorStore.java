package io.sluice.store.access;

import io.sluice.store.Pools;
import io.sluice.store.Rows;
import io.sluice.store.Statements;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Administrators in PostgreSQL. */
public final class AdministratorStore {
  private static final String COLUMNS = "id, name, role, created_at, rotated_at, revoked_at";

  private static final String INSERT =
      """
      INSERT INTO administrator (id, name, role, token_hash, created_at)
      SELECT $1, $2, $3, $4, $5
       WHERE (SELECT count(*) FROM administrator) < $6
      """;

  private static final String BY_TOKEN =
      "SELECT " + COLUMNS + " FROM administrator WHERE token_hash = $1 AND revoked_at IS NULL";

  private static final String LIST =
      "SELECT " + COLUMNS + " FROM administrator ORDER BY created_at, id LIMIT $1";

  private static final String ROTATE =
      "UPDATE administrator SET token_hash = $2, rotated_at = $3"
          + " WHERE id = $1 AND revoked_at IS NULL RETURNING "
          + COLUMNS;

  private static final String REVOKE =
      "UPDATE administrator SET revoked_at = coalesce(revoked_at, $2) WHERE id = $1 RETURNING "
          + COLUMNS;

  private final Statements statements;

  public AdministratorStore(Pools pools) {
    this.statements = pools.lookUps();
  }

  /**
   * Stores a new one.
   *
   * @param most how many there may then be, revoked ones included
   * @return false when another one has that name, or when there are too many
   */
  public Future<Boolean> insert(Administrator administrator, Buffer tokenHash, int most) {
    return statements.insert(
        INSERT,
        administrator.id(),
        administrator.name(),
        administrator.role().code(),
        tokenHash,
        Rows.time(administrator.createdAt()),
        (long) most);
  }

  /**
   * Who has a token that is in force. The index compares hashes, not tokens: what its timing might
   * tell about a hash leads nobody to the token.
   *
   * @param stranger who asks, as far as one can tell him from others: he waits in turn with them
   */
  public Future<Optional<Administrator>> find(Buffer tokenHash, Object stranger) {
    return statements
        .run(stranger, BY_TOKEN, Tuple.of(tokenHash))
        .map(rows -> Rows.first(rows, AdministratorStore::administrator));
  }

  /** Oldest first, revoked ones included. */
  public Future<List<Administrator>> list(int most) {
    return statements.all(LIST, AdministratorStore::administrator, (long) most);
  }

  /** Gives somebody another token; empty when there is nobody of this id who has one. */
  public Future<Optional<Administrator>> rotate(UUID id, Buffer tokenHash, Instant now) {
    return statements.first(
        ROTATE, AdministratorStore::administrator, id, tokenHash, Rows.time(now));
  }

  /** Ends somebody's token for ever; empty when there is nobody of this id. */
  public Future<Optional<Administrator>> revoke(UUID id, Instant now) {
    return statements.first(REVOKE, AdministratorStore::administrator, id, Rows.time(now));
  }

  private static Administrator administrator(Row row) {
    return new Administrator(
        row.getUUID("id"),
        row.getString("name"),
        Administrator.Role.ofCode(row.getShort("role")),
        Rows.instant(row, "created_at"),
        Rows.optionalInstant(row, "rotated_at"),
        Rows.optionalInstant(row, "revoked_at"));
  }
}
