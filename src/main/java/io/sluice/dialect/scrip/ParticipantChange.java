package io.sluice.dialect.scrip;

import io.sluice.dialect.ApiException;
import io.sluice.ledger.HolderStatus;
import io.sluice.store.Holder;
import io.vertx.core.Future;
import java.util.Optional;

/** What is to be different about a participant. */
record ParticipantChange(ParticipantDetail given, Optional<HolderStatus> status) {
  /** The participant that results; the same when it would have too many attributes. */
  private Holder of(Holder old) {
    return ParticipantDetail.parse(old.detail())
        .changedBy(given)
        .map(detail -> detail.text().equals(old.detail()) ? old : old.withDetail(detail.text()))
        .map(changed -> changed.withStatus(status.orElse(old.status())))
        .orElse(old);
  }

  /** Carries it out. */
  Future<Holder> on(Holder participant, Holders holders) {
    Future<Holder> changed =
        of(participant).equals(participant)
            ? Future.succeededFuture(participant)
            : holders.change(participant, this::of);
    return changed.map(this::fitting);
  }

  /**
   * The same participant.
   *
   * @throws ApiException when it would have too many attributes
   */
  Holder fitting(Holder participant) {
    if (ParticipantDetail.parse(participant.detail()).changedBy(given).isEmpty()) {
      throw new ApiException(
          Errors.invalid(
              FieldError.invalid(
                  ParticipantDetail.ATTRIBUTES,
                  "object",
                  "must have at most "
                      + Reader.MAX_OBJECT_BYTES
                      + " bytes of JSON together with those that are there")));
    }
    return participant;
  }
}
