package io.sluice.store.isometric;

import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.store.ListOrder;
import io.sluice.store.Pools;
import io.sluice.store.Query;
import io.sluice.store.Rows;
import io.sluice.store.Statements;
import io.sluice.store.isometric.PartyStore.Party;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** For whom an organisation may retire credits, beside itself. */
public final class BeneficiaryStore {
  private static final String ADD =
      """
      INSERT INTO isometric_beneficiary (tenant_id, organisation_id, beneficiary_id, created_at)
      SELECT $1, $2, id, created_at FROM holder WHERE tenant_id = $1 AND id = ANY($3::uuid[])
      ON CONFLICT DO NOTHING
      """;

  private static final String FIND =
      "SELECT beneficiary_id FROM isometric_beneficiary"
          + " WHERE tenant_id = $1 AND organisation_id = $2 AND beneficiary_id = $3";

  private static final String ADDED =
      "FROM isometric_beneficiary WHERE tenant_id = $1 AND organisation_id = $2";

  private static final String ITSELF = "FROM holder WHERE tenant_id = $1 AND id = $2";

  private static final ListOrder NEWEST = ListOrder.newest("created_at", "beneficiary_id");
  private static final ListOrder SHOWN = ListOrder.newest("h.created_at", "h.id");

  private static final String FIND_DOMAIN =
      """
      SELECT id FROM holder
       WHERE tenant_id = $1 AND kind = 'isometric.organisation'
         AND lower(btrim((detail::jsonb) ->> 'domain')) = $2
       ORDER BY id LIMIT 1
      """;

  private final Statements statements;
  private final Statements lists;

  public BeneficiaryStore(Pools pools) {
    this.statements = pools.lookUps();
    this.lists = pools.lists();
  }

  /** Adds to those for whom an organisation may retire; who is among them stays. */
  public Future<Void> add(
      TenantId tenant, HolderId organisation, Collection<HolderId> beneficiaries) {
    return statements
        .all(
            ADD,
            row -> row,
            tenant.value(),
            organisation.value(),
            Rows.uuids(beneficiaries, HolderId::value))
        .mapEmpty();
  }

  public Future<Boolean> contains(TenantId tenant, HolderId organisation, HolderId beneficiary) {
    return statements
        .first(FIND, row -> row, tenant.value(), organisation.value(), beneficiary.value())
        .map(Optional::isPresent);
  }

  /** Itself and those that were added, newest first. */
  public Future<List<Party>> list(HolderId organisation, Window window) {
    var query =
        new Query(
            "SELECT h.id, h.detail, h.created_at FROM ((SELECT beneficiary_id, created_at " + ADDED,
            window.tenant().value(),
            organisation.value());
    window.cut(query, NEWEST).add(") UNION ALL (SELECT id, created_at " + ITSELF);
    window.cut(query, PartyStore.NEWEST).add(")) allowed");
    query.add("JOIN holder h ON h.tenant_id = $1 AND h.id = allowed.beneficiary_id");
    query.add(window.way(SHOWN).sql() + " LIMIT ?", (long) window.limit());
    return lists.all(query, Party::of);
  }

  /** How many there are, or {@link Counts#MOST}. */
  public Future<Long> count(TenantId tenant, HolderId organisation) {
    Query query = Counts.of(ADDED, tenant.value(), organisation.value());
    return Counts.run(lists, query.add("UNION ALL SELECT 1 " + ITSELF));
  }

  /**
   * The oldest account holder with that domain.
   *
   * @param domain in lower case, without outer blanks
   */
  public Future<Optional<HolderId>> ofDomain(TenantId tenant, String domain) {
    return statements.first(
        FIND_DOMAIN, row -> new HolderId(row.getUUID("id")), tenant.value(), domain);
  }
}
