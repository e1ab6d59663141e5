package io.sluice.dialect.scrip;

import io.sluice.dialect.Members;
import io.sluice.dialect.Wanted;
import io.sluice.dialect.scrip.ProgramDetail.OnUnknown;
import io.sluice.ledger.HolderStatus;
import io.sluice.store.Holder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a client wants to be different about a programme; what is absent stays as it is. */
record ProgramChange(
    Optional<String> name,
    Optional<String> description,
    Optional<OnUnknown> onUnknown,
    Optional<HolderStatus> status,
    Optional<RedemptionTarget> target) {
  static final List<HolderStatus> STATUSES =
      List.of(HolderStatus.ACTIVE, HolderStatus.SUSPENDED, HolderStatus.ARCHIVED);

  private static final int MAX_DESCRIPTION_CHARS = 1_000;
  private static final Wanted<String> DESCRIPTION = new Wanted.Characters(0, MAX_DESCRIPTION_CHARS);
  private static final Wanted<OnUnknown> ON_UNKNOWNS =
      new Reader.Choice<>(List.of(OnUnknown.values()));

  /** What a new programme is to be. */
  static ProgramDetail readNew(Reader reader) {
    Members body = reader.body();
    reader.refuseAll(
        body,
        List.of(RedemptionTarget.TYPE, RedemptionTarget.ENTITY),
        "cannot be set when a program is created: change it afterwards");
    return new ProgramDetail(
        body.required(ProgramDetail.NAME, Reader.NAME),
        body.optional(ProgramDetail.DESCRIPTION, DESCRIPTION),
        body.optional(ProgramDetail.ON_UNKNOWN, ON_UNKNOWNS).orElse(OnUnknown.CREATE),
        RedemptionTarget.USUAL,
        Optional.empty());
  }

  static ProgramChange read(Reader reader) {
    Members body = reader.body();
    return new ProgramChange(
        body.optional(ProgramDetail.NAME, Reader.NAME),
        body.optional(ProgramDetail.DESCRIPTION, DESCRIPTION),
        body.optional(ProgramDetail.ON_UNKNOWN, ON_UNKNOWNS),
        body.optional("status", new Reader.Choice<>(STATUSES)),
        RedemptionTarget.read(reader, body));
  }

  /** The programme that results. */
  Holder of(Holder program, Instant now) {
    var old = ProgramDetail.parse(program.detail());
    HolderStatus next = status.orElse(program.status());
    Optional<Instant> archivedAt =
        next == HolderStatus.ARCHIVED
            ? old.archivedAt().or(() -> Optional.of(now))
            : Optional.empty();
    var detail =
        new ProgramDetail(
            name.orElse(old.name()),
            description.or(old::description),
            onUnknown.orElse(old.onUnknown()),
            target.orElse(old.target()),
            archivedAt);
    boolean same = detail.equals(old) && next == program.status();
    return same ? program : program.withStatus(next).withDetail(detail.text());
  }
}
