package io.sluice.dialect.scrip;

import io.sluice.dialect.Call;
import io.sluice.dialect.Members;
import io.sluice.dialect.Wanted;
import io.sluice.dialect.scrip.Reader.Choice;
import io.sluice.ledger.Bucket;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A direct credit or debit as the client asks for it: well formed, but held against nothing yet.
 *
 * @param amount more than zero, without zeros at the end
 * @param bucket AVAILABLE or HELD
 * @param expiresAt when the credited lot expires; an addition of ours to the provider's API
 */
record AdjustmentRequest(
    UUID program,
    UUID asset,
    Type type,
    BigDecimal amount,
    String description,
    boolean allowNegative,
    Bucket bucket,
    Optional<Instant> expiresAt) {
  private static final Wanted<Type> TYPE = new Choice<>(List.of(Type.values()));
  private static final Wanted<Bucket> BUCKET = new Choice<>(List.of(Bucket.AVAILABLE, Bucket.HELD));

  enum Type {
    CREDIT,
    DEBIT
  }

  static AdjustmentRequest read(Call call, Instant now) {
    Members body = Reader.body(call);
    var request =
        new AdjustmentRequest(
            body.required("program_id", Reader.ID),
            body.required("asset_id", Reader.ID),
            body.required("type", TYPE),
            body.required("amount", Reader.AMOUNT),
            body.required("description", Reader.DESCRIPTION),
            body.optional("allow_negative", Reader.FLAG).orElse(false),
            body.optional("bucket", BUCKET).orElse(Bucket.AVAILABLE),
            body.optional("expires_at", Reader.TIME));
    request.requireFitting(now);
    return request;
  }

  private void requireFitting(Instant now) {
    if (type == Type.CREDIT && allowNegative) {
      throw Reader.refusal("allow_negative is for DEBIT only");
    }
    if (type == Type.DEBIT && expiresAt.isPresent()) {
      throw Reader.refusal("expires_at is for CREDIT only");
    }
    if (expiresAt.filter(end -> !end.isAfter(now)).isPresent()) {
      throw Reader.refusal("expires_at must be in the future");
    }
  }
}
