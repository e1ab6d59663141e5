package io.sluice.store.isometric;

import io.sluice.ledger.TenantId;
import io.sluice.store.ListOrder;
import io.sluice.store.Pools;
import io.sluice.store.Query;
import io.sluice.store.Statements;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.UUID;

/** Documents of projects in PostgreSQL, listed by their names without case. */
public final class DocumentStore {
  private static final String INSERT =
      """
      INSERT INTO isometric_project_document (tenant_id, id, project_id, display_name, url)
      VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT DO NOTHING
      """;

  private static final String SELECT = "SELECT d.id, d.project_id, d.display_name, d.url ";

  private static final String OF_PROJECT =
      "FROM isometric_project_document d WHERE d.tenant_id = $1 AND d.project_id = $2";

  private static final String FIND = SELECT + OF_PROJECT + " AND d.display_name = $3";

  private static final ListOrder BY_NAME = ListOrder.named("d.display_name", "d.id");

  private final Statements statements;
  private final Statements lists;

  public DocumentStore(Pools pools) {
    this.statements = pools.lookUps();
    this.lists = pools.lists();
  }

  /** The document as registered: the one given, or an earlier one of the same name. */
  public Future<Document> register(TenantId tenant, Document document) {
    return statements
        .insert(
            INSERT,
            tenant.value(),
            document.id(),
            document.project(),
            document.name(),
            document.url())
        .compose(
            done ->
                statements.first(
                    FIND,
                    DocumentStore::document,
                    tenant.value(),
                    document.project(),
                    document.name()))
        .map(found -> found.orElseThrow());
  }

  public Future<List<Document>> list(UUID project, Window window) {
    var query = new Query(SELECT + OF_PROJECT, window.tenant().value(), project);
    return lists.all(window.cut(query, BY_NAME), DocumentStore::document);
  }

  /** How many there are, or {@link Counts#MOST}. */
  public Future<Long> count(TenantId tenant, UUID project) {
    return Counts.run(lists, Counts.of(OF_PROJECT, tenant.value(), project));
  }

  private static Document document(Row row) {
    return new Document(
        row.getUUID("id"),
        row.getUUID("project_id"),
        row.getString("display_name"),
        row.getString("url"));
  }
}
