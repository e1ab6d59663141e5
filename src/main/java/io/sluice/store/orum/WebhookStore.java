package io.sluice.store.orum;

import io.sluice.ledger.Event;
import io.sluice.ledger.TenantId;
import io.sluice.store.EventSql;
import io.sluice.store.Pools;
import io.sluice.store.Rows;
import io.sluice.store.Statements;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What webhooks need beside their endpoints, in PostgreSQL. */
public final class WebhookStore {
  private static final String FIND =
      "SELECT id, public_key, private_key, created_at FROM orum_keypair WHERE tenant_id = $1";

  private static final String INSERT =
      """
      INSERT INTO orum_keypair (tenant_id, id, public_key, private_key, created_at)
      VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT DO NOTHING
      """;

  private final Statements statements;
  private final Statements background;

  public WebhookStore(Pools pools) {
    this.statements = pools.lookUps();
    this.background = pools.inBackground().lists();
  }

  public Future<Optional<KeyPair>> find(TenantId tenant) {
    return statements.first(FIND, row -> keyPair(tenant, row), tenant.value());
  }

  /** The same for whoever signs, for which no client waits. */
  public Future<Optional<KeyPair>> findInBackground(TenantId tenant) {
    return background.first(FIND, row -> keyPair(tenant, row), tenant.value());
  }

  /** Stores a key pair, unless there is one, and gives the one that is there. */
  public Future<KeyPair> insert(KeyPair pair) {
    return statements
        .insert(
            INSERT,
            pair.tenant().value(),
            pair.id(),
            pair.publicKey(),
            pair.privateKey(),
            Rows.time(pair.createdAt()))
        .compose(done -> find(pair.tenant()))
        .map(Optional::orElseThrow);
  }

  /** Tells of something that has not happened, for whoever wants to see what that looks like. */
  public Future<Void> tell(TenantId tenant, Event event, Instant now) {
    return statements.inTransaction(
        tenant, connection -> EventSql.insert(connection, tenant, List.of(event), now));
  }

  private static KeyPair keyPair(TenantId tenant, Row row) {
    return new KeyPair(
        tenant,
        row.getUUID("id"),
        row.getString("public_key"),
        row.getBuffer("private_key").copy(),
        Rows.instant(row, "created_at"));
  }
}
