package io.sluice.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dialect.Chore;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferId;
import io.sluice.store.Verifier;
import io.sluice.testing.Await;
import io.sluice.testing.TestingGateway;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;

/** The books that all workers write, as a whole: what time does to them, and whether they fit. */
record AuditedBooks(TestingGateway gateway) {
  private static final int MAX_ROUNDS = 1_000;

  /** An archived asset takes no entry any more, so its lots wait for ever. */
  private static final String DUE =
      """
      SELECT count(*)
        FROM lot l
        JOIN account a ON a.tenant_id = l.tenant_id AND a.id = l.account_id
        JOIN holder h ON h.tenant_id = a.tenant_id AND h.id = a.asset_id
       WHERE l.remaining > 0 AND l.due_at <= '%s' AND h.status = 0
      """;

  private static final String KINDS =
      "SELECT string_agg(kind || ' ' || count, ', ' ORDER BY kind)"
          + " FROM (SELECT kind, count(*) FROM transfer GROUP BY kind) of";

  private static final String LAST_TRANSFER =
      "SELECT id FROM transfer WHERE tenant_id = %d ORDER BY id DESC LIMIT 1";

  private static final String UNSEALED =
      "SELECT (SELECT count(*) FROM transfer) - (SELECT sum(size)::bigint FROM sealed_head)";

  /** One round of what the gateway does by itself, which is never two at once. */
  synchronized void round() {
    List<Chore> chores = gateway.dialect("scrip").chores();
    Await.result(chores.getFirst().work().get());
  }

  /** Rounds until nothing is due any more. */
  void bringUpToDate() {
    for (int i = 0; one(DUE.formatted(gateway.services().now()), Long.class) > 0; i++) {
      assertThat(i).as("rounds").isLessThan(MAX_ROUNDS);
      round();
    }
  }

  /** How many there are of each kind of transfer, for whoever wonders what was tried. */
  String kinds() {
    return one(KINDS, String.class);
  }

  /** Every entry is in the chain, and the chain and the books are whole. */
  void assertWhole(List<TenantId> tenants) {
    for (TenantId tenant : tenants) {
      UUID last = one(LAST_TRANSFER.formatted(tenant.value()), UUID.class);
      Await.result(gateway.services().seals().hashes(tenant, List.of(new TransferId(last))));
    }
    assertThat(one(UNSEALED, Long.class)).as("entries that are not sealed").isZero();
    Verifier.Report report = Verifier.run(gateway.database().database(), progress -> {});
    assertThat(report.isWhole()).as(report.toString()).isTrue();
  }

  private <T> T one(String sql, Class<T> type) {
    try (Connection connection = gateway.database().database().dataSource().getConnection();
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getObject(1, type);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }
}
