package io.sluice.store.orum;

import io.sluice.ledger.TenantId;
import io.sluice.store.Query;
import io.sluice.store.Rows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Which customers to list. All conditions must hold.
 *
 * @param statuses one of these; any where there are none
 * @param from created then or later
 * @param to created before then
 * @param name as in {@link Customer.Names}
 */
public record CustomerQuery(
    TenantId tenant,
    CustomerKind kind,
    Set<CustomerStatus> statuses,
    Optional<UUID> id,
    Optional<String> reference,
    Optional<Instant> from,
    Optional<Instant> to,
    Optional<String> name,
    Optional<String> lastName) {
  public CustomerQuery {
    statuses = Set.copyOf(statuses);
  }

  /**
   * A page of ids, newest first. Of each status there is an index in this order, so the page is put
   * together of what each could bring to it.
   */
  Query page(int limit, long offset) {
    var query =
        new Query(
            "SELECT "
                + CustomerStore.COLUMNS
                + " FROM orum_customer WHERE tenant_id = $1 AND id = ANY(ARRAY("
                + "SELECT id FROM (",
            tenant.value(),
            limit + offset);
    String between = "";
    for (Optional<CustomerStatus> status : streams()) {
      query.add(between);
      stream(query, status);
      between = "UNION ALL";
    }
    return query.add(
        ") AS merged ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?))"
            + " ORDER BY created_at DESC, id DESC",
        (long) limit,
        offset);
  }

  private List<Optional<CustomerStatus>> streams() {
    if (statuses.isEmpty() && name.isEmpty() && lastName.isEmpty()) {
      return List.of(Optional.empty());
    }
    var streams = new ArrayList<Optional<CustomerStatus>>();
    for (CustomerStatus status : CustomerStatus.values()) {
      if (statuses.isEmpty() || statuses.contains(status)) {
        streams.add(Optional.of(status));
      }
    }
    return streams;
  }

  private void stream(Query query, Optional<CustomerStatus> status) {
    // The kind is no parameter, so that the index of last names, which only persons have, serves.
    query.add("(SELECT id, created_at FROM orum_customer WHERE tenant_id = $1");
    query.add("AND kind = " + kind.code());
    status.ifPresent(it -> query.add("AND status = " + it.code()));
    id.ifPresent(it -> query.add("AND id = ?", it));
    reference.ifPresent(it -> query.add("AND reference = ?", it));
    from.ifPresent(it -> query.add("AND created_at >= ?", Rows.time(it)));
    to.ifPresent(it -> query.add("AND created_at < ?", Rows.time(it)));
    name.ifPresent(it -> query.add("AND name = ?", it));
    lastName.ifPresent(it -> query.add("AND last_name = ?", it));
    // Of one id or reference there is one at the most, which is found before it is put in order.
    query.add(
        id.isPresent() || reference.isPresent()
            ? "OFFSET 0)"
            : "ORDER BY created_at DESC, id DESC LIMIT $2::bigint)");
  }
}
