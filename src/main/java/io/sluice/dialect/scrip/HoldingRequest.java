package io.sluice.dialect.scrip;

import io.sluice.dialect.Members;
import io.sluice.dialect.Timestamps;
import io.sluice.dialect.Wanted;
import io.sluice.dialect.scrip.Reader.Choice;
import io.sluice.ledger.Bucket;
import io.sluice.ledger.Digest;
import io.sluice.ledger.IdempotencyKey;
import io.sluice.ledger.LotFilter;
import io.sluice.ledger.LotId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;

/**
 * A hold, or what becomes of one, as the client asks for it: well formed, but held against nothing
 * yet.
 *
 * @param holder a participant or a group
 * @param amount more than zero, without zeros at the end; everything that matches where it is empty
 * @param from the bucket that value leaves
 * @param lots only these; any where it is empty
 * @param earnedFrom only lots that came into being then or later
 * @param earnedTo only lots that came into being then or earlier
 * @param reference what a hold marks lots with; for all else, what lots must be marked with
 */
record HoldingRequest(
    Kind kind,
    UUID holder,
    UUID program,
    UUID asset,
    String description,
    Optional<BigDecimal> amount,
    Bucket from,
    List<UUID> lots,
    Optional<Instant> earnedFrom,
    Optional<Instant> earnedTo,
    Optional<String> reference,
    Optional<String> key) {
  /** What is to be done. */
  enum Kind {
    HOLD,
    RELEASE,
    FORFEIT,
    VOID_HOLD;

    /** What the journal calls it. */
    Action action() {
      return Action.valueOf(name());
    }
  }

  /** The most lots that a request may name. */
  static final int MAX_LOT_IDS = 1_000;

  private static final String AMOUNT = "amount";
  private static final String LOT_IDS = "lot_ids";
  private static final String EARNED_FROM = "earned_from";
  private static final String EARNED_TO = "earned_to";
  private static final String REFERENCE = "reference_id";
  private static final Wanted<Bucket> BUCKET = new Choice<>(List.of(Bucket.AVAILABLE, Bucket.HELD));

  static HoldingRequest read(Reader reader, Kind kind) {
    Members body = reader.body();
    boolean voids = kind == Kind.VOID_HOLD;
    if (voids) {
      reader.refuseAll(
          body, List.of(AMOUNT, LOT_IDS, EARNED_FROM, EARNED_TO), "is not for voiding holds");
    }
    var request =
        new HoldingRequest(
            kind,
            reader.pathId(),
            body.required("program_id", Reader.ID),
            body.required("asset_id", Reader.ID),
            body.required("description", Reader.DESCRIPTION),
            voids ? Optional.empty() : body.optional(AMOUNT, Reader.AMOUNT),
            from(body, kind),
            voids ? List.of() : lots(body),
            voids ? Optional.empty() : body.optional(EARNED_FROM, Reader.TIME),
            voids ? Optional.empty() : body.optional(EARNED_TO, Reader.TIME),
            voids
                ? Optional.of(body.required(REFERENCE, Reader.REFERENCE))
                : body.optional(REFERENCE, Reader.REFERENCE),
            Reader.key(body));
    request.requireOrder(reader);
    return request;
  }

  /** Only a forfeit says which one; the others ignore what is said. */
  private static Bucket from(Members body, Kind kind) {
    return switch (kind) {
      case HOLD -> Bucket.AVAILABLE;
      case FORFEIT -> body.required("bucket", BUCKET);
      case RELEASE, VOID_HOLD -> Bucket.HELD;
    };
  }

  private static List<UUID> lots(Members body) {
    return body.optionalAll(LOT_IDS, 1, MAX_LOT_IDS, Reader.ID).orElse(List.of());
  }

  private void requireOrder(Reader reader) {
    if (earnedFrom.isPresent() && earnedTo.filter(earnedFrom.get()::isAfter).isPresent()) {
      reader.refuse(
          FieldError.invalid(EARNED_TO, "a time", "must not be before earned_from")
              .of(Timestamps.format(earnedTo.get())));
    }
  }

  /** The members given that are for LOT assets only. */
  List<String> lotMembers() {
    var given = new ArrayList<String>();
    if (!lots.isEmpty()) {
      given.add(LOT_IDS);
    }
    earnedFrom.ifPresent(time -> given.add(EARNED_FROM));
    earnedTo.ifPresent(time -> given.add(EARNED_TO));
    reference.ifPresent(text -> given.add(REFERENCE));
    return given;
  }

  /** Which lots it is about. */
  LotFilter filter() {
    var state = kind == Kind.VOID_HOLD ? LotFilter.State.CREDITED : LotFilter.State.SPENDABLE;
    var ids = new TreeSet<LotId>();
    lots.forEach(id -> ids.add(new LotId(id)));
    return new LotFilter(
        ids, earnedFrom, earnedTo, kind == Kind.HOLD ? Optional.empty() : reference, state);
  }

  /** The key, which stands for the same request however it is written. */
  Optional<IdempotencyKey> idempotencyKey() {
    return key.map(text -> IdempotencyKey.of(Names.KEY_SCOPE + program, text, fingerprint()));
  }

  private Digest fingerprint() {
    Digest digest =
        Digest.start()
            .add(kind.action().kind())
            .add(holder)
            .add(asset)
            .add(description)
            .add(amount.map(BigDecimal::toPlainString).orElse(null))
            .add(from.name())
            .add(earnedFrom.map(Instant::toString).orElse(null))
            .add(earnedTo.map(Instant::toString).orElse(null))
            .add(reference.orElse(null));
    var ids = new TreeSet<>(lots);
    digest.add(ids.size());
    ids.forEach(digest::add);
    return digest;
  }
}
