package io.sluice.dialect.scrip;

import io.sluice.dialect.Members;
import io.sluice.dialect.Timestamps;
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
 * @param holder a participant or a group
 * @param amount more than zero, without zeros at the end
 * @param bucket AVAILABLE or HELD
 * @param expiresAt when the credited lot expires; an addition of ours to the provider's API
 */
record AdjustmentRequest(
    UUID holder,
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

  static final String EXPIRES_AT = "expires_at";

  private static final String ALLOW_NEGATIVE = "allow_negative";

  enum Type {
    CREDIT,
    DEBIT
  }

  static AdjustmentRequest read(Reader reader, Instant now) {
    Members body = reader.body();
    var request =
        new AdjustmentRequest(
            reader.pathId(),
            body.required("program_id", Reader.ID),
            body.required("asset_id", Reader.ID),
            body.required("type", TYPE),
            body.required("amount", Reader.AMOUNT),
            body.required("description", Reader.DESCRIPTION),
            body.optional(ALLOW_NEGATIVE, Reader.FLAG).orElse(false),
            body.optional("bucket", BUCKET).orElse(Bucket.AVAILABLE),
            body.optional(EXPIRES_AT, Reader.TIME));
    request.requireFitting(reader, now);
    reader.refuseAll(body, List.of("matures_at", "reference_id"), "is not served yet");
    return request;
  }

  private void requireFitting(Reader reader, Instant now) {
    if (allowNegative && (type == Type.CREDIT || bucket == Bucket.HELD)) {
      String rule = "is for a DEBIT from AVAILABLE only";
      reader.refuse(FieldError.invalid(ALLOW_NEGATIVE, "false", rule).of("true"));
    }
    if (type == Type.DEBIT && expiresAt.isPresent()) {
      refuseExpiry(reader, "absent", "is for CREDIT only");
    }
    if (expiresAt.filter(end -> !end.isAfter(now)).isPresent()) {
      refuseExpiry(reader, "a time to come", "must be in the future");
    }
  }

  private void refuseExpiry(Reader reader, String expected, String rule) {
    String given = Timestamps.format(expiresAt.orElseThrow());
    reader.refuse(FieldError.invalid(EXPIRES_AT, expected, rule).of(given));
  }
}
