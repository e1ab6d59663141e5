package io.sluice.dialect.scrip;

import io.sluice.dialect.Answer;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.scrip.Balances.Balance;
import io.sluice.ledger.HolderId;
import io.sluice.store.Holder;
import java.util.List;
import java.util.Map;

/**
 * Writes participants.
 *
 * @param programs where each is enrolled
 * @param balances what each has
 */
record ParticipantWriter(
    Map<HolderId, List<HolderId>> programs, Map<HolderId, List<Balance>> balances) {
  Answer answer(int status, Holder participant) {
    return write(JsonWriter.object(), participant).toAnswer(status);
  }

  JsonWriter write(JsonWriter json, Holder participant) {
    HolderId id = participant.id();
    json.uuid("id", id.value())
        .text("external_id", participant.reference())
        .text("status", participant.status().name())
        .uuids("program_ids", programs.getOrDefault(id, List.of()), HolderId::value)
        .objects("balances", balances.getOrDefault(id, List.of()), ParticipantWriter::writeBalance);
    ParticipantDetail.parse(participant.detail()).write(json);
    return json.object("counters")
        .end()
        .object("tiers")
        .end()
        .time("created_at", participant.createdAt())
        .time("updated_at", participant.updatedAt());
  }

  static JsonWriter writeBalance(JsonWriter json, Balance balance) {
    return balance.write(json.uuid("asset_id", balance.asset().id().value()));
  }
}
