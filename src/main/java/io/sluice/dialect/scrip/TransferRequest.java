package io.sluice.dialect.scrip;

import io.sluice.dialect.Call;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A transfer as the client asks for it: well formed, but held against nothing yet. */
record TransferRequest(
    UUID program,
    UUID asset,
    String description,
    Party source,
    List<Recipient> recipients,
    Optional<String> key) {
  static final int MAX_RECIPIENTS = 100;
  static final int MAX_KEY_CHARS = 255;

  /**
   * One row.
   *
   * @param amount more than zero, without zeros at the end
   * @param field the amount's place, for messages
   */
  record Recipient(Party party, BigDecimal amount, String field) {}

  static TransferRequest read(Call call) {
    Fields fields = Fields.of(call);
    UUID program = fields.uuid("program_id");
    UUID asset = fields.uuid("asset_id");
    String description = fields.text("description", 1, Fields.MAX_DESCRIPTION_CHARS);
    Party source = Party.read(fields, "source_");
    List<Recipient> recipients = new ArrayList<>();
    for (Fields row : fields.objects("recipients", 1, MAX_RECIPIENTS)) {
      Party party = Party.read(row, "");
      recipients.add(new Recipient(party, row.amount("amount"), row.path("amount")));
    }
    Optional<String> key = fields.optionalText("idempotency_key", 1, MAX_KEY_CHARS);
    return new TransferRequest(program, asset, description, source, List.copyOf(recipients), key);
  }

  /** The exact sum of all rows. */
  BigDecimal total() {
    return recipients.stream().map(Recipient::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
