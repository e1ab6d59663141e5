package io.sluice.dialect.scrip;

import io.sluice.dialect.Answer;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.scrip.Balances.Balance;
import io.sluice.ledger.HolderId;
import io.sluice.store.Holder;
import java.util.List;

/** Writes participants: whole ones, or in lists only who they are. */
final class ParticipantWriter {
  private ParticipantWriter() {}

  /**
   * An answer with a whole one.
   *
   * @param programs where it is enrolled
   */
  static Answer answer(
      int status, Holder participant, List<HolderId> programs, List<Balance> balances) {
    var detail = ParticipantDetail.parse(participant.detail());
    JsonWriter json = begin(JsonWriter.object(), participant, detail);
    json.uuids("program_ids", programs, HolderId::value)
        .objects("balances", balances, ParticipantWriter::writeBalance);
    detail.writeState(json);
    json.object("counters").end().object("tiers").end();
    return end(json, participant).toAnswer(status);
  }

  /** The members of one in a list. */
  static void writeSlim(JsonWriter json, Holder participant) {
    end(begin(json, participant, ParticipantDetail.parse(participant.detail())), participant);
  }

  private static JsonWriter begin(JsonWriter json, Holder participant, ParticipantDetail detail) {
    json.uuid("id", participant.id().value())
        .text("external_id", participant.reference())
        .text("status", participant.status().name());
    detail.writeProfile(json);
    return json;
  }

  private static JsonWriter end(JsonWriter json, Holder participant) {
    return json.time("created_at", participant.createdAt())
        .time("updated_at", participant.updatedAt());
  }

  static JsonWriter writeBalance(JsonWriter json, Balance balance) {
    return balance.write(json.uuid("asset_id", balance.asset().id().value()));
  }
}
