package io.sluice.dialect.scrip;

import io.sluice.dialect.Json;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Values;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.store.Holder;

/** External ids that participants had before: they stay theirs, and lead to them. */
final class FormerName {
  private static final String PARTICIPANT = "participant_id";

  private FormerName() {}

  /** What is kept with each former name of a participant. */
  static String of(HolderId participant) {
    return JsonWriter.object().uuid(PARTICIPANT, participant.value()).toText();
  }

  /** Whether what has an external id is none itself but the former name of one. */
  static boolean is(Holder named) {
    return named.status() == HolderStatus.ARCHIVED;
  }

  /** The participant that an external id leads to. */
  static HolderId participant(Holder named) {
    return is(named)
        ? Values.uuid(Json.parse(named.detail()).get(PARTICIPANT)).map(HolderId::new).orElseThrow()
        : named.id();
  }
}
