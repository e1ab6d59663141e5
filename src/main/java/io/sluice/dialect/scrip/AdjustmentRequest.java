package io.sluice.dialect.scrip;

import io.sluice.dialect.Members;
import io.sluice.dialect.Timestamps;
import io.sluice.dialect.Wanted;
import io.sluice.dialect.scrip.Reader.Choice;
import io.sluice.ledger.Bucket;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A direct credit or debit as the client asks for it: well formed, but held against nothing yet.
 *
 * @param holder a participant or a group
 * @param amount more than zero, without zeros at the end
 * @param bucket AVAILABLE or HELD
 * @param expiresAt when the credited lot expires; like the next two, for which the provider has
 *     rules, an addition of ours
 * @param maturesAt when the credited lot becomes spendable
 * @param reference what the credited lot is marked with
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
    Optional<Instant> expiresAt,
    Optional<Instant> maturesAt,
    Optional<String> reference) {
  private static final Wanted<Type> TYPE = new Choice<>(List.of(Type.values()));
  private static final Wanted<Bucket> BUCKET = new Choice<>(List.of(Bucket.AVAILABLE, Bucket.HELD));

  private static final String EXPIRES_AT = "expires_at";
  private static final String MATURES_AT = "matures_at";
  private static final String REFERENCE = "reference_id";

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
            body.optional(EXPIRES_AT, Reader.TIME),
            body.optional(MATURES_AT, Reader.TIME),
            body.optional(REFERENCE, Reader.REFERENCE));
    request.requireFitting(reader, now);
    return request;
  }

  private void requireFitting(Reader reader, Instant now) {
    if (allowNegative && (type == Type.CREDIT || bucket == Bucket.HELD)) {
      String rule = "is for a DEBIT from AVAILABLE only";
      reader.refuse(FieldError.invalid(ALLOW_NEGATIVE, "false", rule).of("true"));
    }
    if (type == Type.DEBIT) {
      lotMembers()
          .forEach(
              member -> reader.refuse(FieldError.invalid(member, "absent", "is for CREDIT only")));
    }
    requireFuture(reader, EXPIRES_AT, expiresAt, now);
    requireFuture(reader, MATURES_AT, maturesAt, now);
    if (maturesAt.isPresent() && bucket == Bucket.HELD) {
      reader.refuse(FieldError.invalid(MATURES_AT, "absent", "is for AVAILABLE only"));
    }
  }

  private static void requireFuture(
      Reader reader, String member, Optional<Instant> time, Instant now) {
    time.filter(given -> !given.isAfter(now))
        .ifPresent(
            past ->
                reader.refuse(
                    FieldError.invalid(member, "a time to come", "must be in the future")
                        .of(Timestamps.format(past))));
  }

  /** The bucket that is credited or debited: what matures later is deferred until then. */
  Bucket account() {
    return maturesAt.isPresent() ? Bucket.DEFERRED : bucket;
  }

  /** The members given that are for lots only. */
  List<String> lotMembers() {
    var given = new ArrayList<String>();
    expiresAt.ifPresent(time -> given.add(EXPIRES_AT));
    maturesAt.ifPresent(time -> given.add(MATURES_AT));
    reference.ifPresent(text -> given.add(REFERENCE));
    return given;
  }
}
