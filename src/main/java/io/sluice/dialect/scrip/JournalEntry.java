package io.sluice.dialect.scrip;

import io.sluice.dialect.JsonWriter;
import io.sluice.ledger.Posting;
import io.sluice.store.Asset;
import io.sluice.store.scrip.JournalStore.Entry;
import io.sluice.store.scrip.JournalStore.Line;
import io.sluice.store.scrip.JournalStore.Side;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;

/**
 * An entry of the journal, with everything about it that never changes.
 *
 * @param parts its postings, without those that only the dialect keeps for itself
 */
record JournalEntry(Entry stored, Action action, EntryDetail detail, List<Part> parts) {
  private static final String PARTICIPANT = "PARTICIPANT";
  private static final String GROUP = "GROUP";
  private static final String PROGRAM = "PROGRAM";

  /** A posting, whose it is, and of what. */
  record Part(Line line, Side side, Asset asset) {
    /** Negative for a debit. */
    BigDecimal amount() {
      return new BigDecimal(line.amount().units(), asset.scale());
    }
  }

  UUID id() {
    return stored.id().value();
  }

  /**
   * Its members.
   *
   * @param program the programme's name
   * @param hash of the sealed entry
   */
  void write(JsonWriter json, String program, String hash) {
    json.uuid("id", id())
        .text("action_type", action.name())
        .text("description", detail.description())
        .uuid("program_id", detail.program())
        .text("program_name", program)
        .nothing("event_id")
        .nothing("rule_id");
    detail.reference().ifPresent(name -> json.text("reference_id", name));
    json.uuid("created_by_api_key_id", stored.credential().orElse(null))
        .time("created_at", stored.createdAt())
        .text("entry_hash", hash)
        .objects("postings", parts, this::writePart);
  }

  private void writePart(JsonWriter json, Part part) {
    Side side = part.side();
    json.uuid("id", Posting.idOf(side.account(), part.line().sequence()))
        .text("amount", part.amount().toPlainString())
        .text("asset_symbol", part.asset().reference())
        .text("bucket", side.bucket().name());
    switch (side.kind()) {
      case Names.PARTICIPANT -> writeEntity(json, PARTICIPANT, "participant_id", side);
      case Names.GROUP -> writeEntity(json, GROUP, "group_id", side);
      case Names.PROGRAM -> writeEntity(json, PROGRAM, "program_id", side);
      case String system -> json.text("entity_type", side.reference());
    }
    json.time("created_at", stored.createdAt());
  }

  private static void writeEntity(JsonWriter json, String type, String member, Side side) {
    json.text("entity_type", type).uuid(member, side.holder().value());
  }
}
