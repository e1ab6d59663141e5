package io.sluice.dialect.scrip;

import io.sluice.dialect.Call;
import io.sluice.dialect.Members;
import io.sluice.dialect.Place;
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

  private static final String AMOUNT = "amount";

  /**
   * One row.
   *
   * @param amount more than zero, without zeros at the end
   * @param at where the row stands
   */
  record Recipient(Party party, BigDecimal amount, Place at) {
    static Recipient read(Reader reader, Members row) {
      return new Recipient(
          Party.recipient(reader, row), row.required(AMOUNT, Reader.AMOUNT), row.place());
    }

    /** What messages call the party. */
    String partyField() {
      return at.then(party.kind().member()).toString();
    }

    /** What messages call the amount. */
    String amountField() {
      return at.then(AMOUNT).toString();
    }
  }

  static TransferRequest read(Call call) {
    return Reader.read(call, TransferRequest::read);
  }

  private static TransferRequest read(Reader reader) {
    Members body = reader.body();
    return new TransferRequest(
        body.required("program_id", Reader.ID),
        body.required("asset_id", Reader.ID),
        body.required("description", Reader.DESCRIPTION),
        Party.source(reader, body),
        body.objects("recipients", 1, MAX_RECIPIENTS, row -> Recipient.read(reader, row)),
        Reader.key(body));
  }

  /** Everybody, who pays first. */
  List<Party> parties() {
    List<Party> parties = new ArrayList<>(recipients.size() + 1);
    parties.add(source);
    recipients.forEach(row -> parties.add(row.party()));
    return parties;
  }

  /** The exact sum of all rows. */
  BigDecimal total() {
    BigDecimal total = recipients.getFirst().amount();
    for (int i = 1; i < recipients.size(); i++) {
      total = total.add(recipients.get(i).amount());
    }
    return total;
  }
}
