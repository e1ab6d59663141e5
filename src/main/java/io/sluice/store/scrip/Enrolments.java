package io.sluice.store.scrip;

import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.store.Pools;
import io.sluice.store.Rows;
import io.sluice.store.Statements;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Which participants take part in which programmes. */
public final class Enrolments {
  private static final String ENROL =
      """
      INSERT INTO scrip_enrolment (tenant_id, participant_id, program_id, created_at)
      VALUES ($1, $2, $3, $4)
      ON CONFLICT DO NOTHING
      """;

  private static final String PROGRAMS_OF =
      """
      SELECT participant_id, program_id FROM scrip_enrolment
       WHERE tenant_id = $1 AND participant_id = ANY($2) ORDER BY created_at, program_id
      """;

  private final Statements statements;

  public Enrolments(Pools pools) {
    this.statements = pools.lookUps();
  }

  /** Enrols a participant in a programme; both exist. Enrolling again changes nothing. */
  public Future<Void> enrol(TenantId tenant, HolderId participant, HolderId program, Instant at) {
    return statements
        .insert(ENROL, tenant.value(), participant.value(), program.value(), Rows.time(at))
        .mapEmpty();
  }

  /** The programmes of each of these participants, in the order of enrolment. */
  public Future<Map<HolderId, List<HolderId>>> programsOf(
      TenantId tenant, Collection<HolderId> participants) {
    return statements
        .all(
            PROGRAMS_OF,
            Function.identity(),
            tenant.value(),
            Rows.uuids(participants, HolderId::value))
        .map(
            rows ->
                rows.stream()
                    .collect(
                        Collectors.groupingBy(
                            row -> new HolderId(row.getUUID("participant_id")),
                            HashMap::new,
                            Collectors.mapping(
                                row -> new HolderId(row.getUUID("program_id")),
                                Collectors.toUnmodifiableList()))));
  }
}
