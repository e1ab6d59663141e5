package io.sluice.dialect.scrip;

import io.sluice.dialect.Call;
import io.sluice.ledger.Bucket;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A direct credit or debit as the client asks for it: well formed, but held against nothing yet.
 *
 * @param amount more than zero, without zeros at the end
 * @param bucket AVAILABLE or HELD
 * @param expiresAt when the credited lot expires; an addition of ours to the provider's API
 */
record AdjustRequest(
    UUID program,
    UUID asset,
    Type type,
    BigDecimal amount,
    String description,
    boolean allowNegative,
    Bucket bucket,
    Optional<Instant> expiresAt) {
  enum Type {
    CREDIT,
    DEBIT
  }

  /** The buckets that can be adjusted. */
  private enum Adjustable {
    AVAILABLE,
    HELD
  }

  static AdjustRequest read(Call call, Instant now) {
    Fields fields = Fields.of(call);
    var request =
        new AdjustRequest(
            fields.uuid("program_id"),
            fields.uuid("asset_id"),
            fields.choice("type", Type.class),
            fields.amount("amount"),
            fields.text("description", 1, Fields.MAX_DESCRIPTION_CHARS),
            fields.flag("allow_negative"),
            fields
                .optionalChoice("bucket", Adjustable.class)
                .map(found -> Bucket.valueOf(found.name()))
                .orElse(Bucket.AVAILABLE),
            fields.optionalTime("expires_at"));
    request.requireFitting(now);
    return request;
  }

  private void requireFitting(Instant now) {
    if (type == Type.CREDIT && allowNegative) {
      throw Fields.refuse("allow_negative is for DEBIT only");
    }
    if (type == Type.DEBIT && expiresAt.isPresent()) {
      throw Fields.refuse("expires_at is for CREDIT only");
    }
    if (expiresAt.filter(end -> !end.isAfter(now)).isPresent()) {
      throw Fields.refuse("expires_at must be in the future");
    }
  }
}
