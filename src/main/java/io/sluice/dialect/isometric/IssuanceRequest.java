package io.sluice.dialect.isometric;

import io.sluice.dialect.Call;
import io.sluice.dialect.Members;
import io.sluice.dialect.Wanted;
import io.sluice.ledger.Digest;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A request for an issuance, sound in form.
 *
 * @param reference the administrator's own name for it; the same one issues once
 * @param project the project's id as clients know it
 * @param issuedAt now, if not given
 * @param periodStart the first day reported on; that of the issue, if not given
 * @param periodEnd the last one; that of the issue, if not given
 */
record IssuanceRequest(
    String reference,
    String project,
    Optional<Instant> issuedAt,
    Optional<LocalDate> periodStart,
    Optional<LocalDate> periodEnd,
    List<NewBatch> batches) {
  /** The most batches of one issuance. */
  static final int MAX_BATCHES = 500;

  /** The most kilograms of one batch. */
  static final BigInteger MAX_BATCH_KG = BigInteger.TEN.pow(15);

  private static final Wanted<LocalDate> DATE = new Reader.Date();
  private static final Wanted<Boolean> FLAG = new Wanted.Flag();

  /**
   * A removal to issue for: a batch for the supplier, and another one for the buffer pool.
   *
   * @param kilograms what the supplier receives
   * @param bufferKilograms what the buffer pool receives; 0 for no such batch
   * @param carbonRemoval gross, net, emissions, counterfactuals and losses in kilograms, or nothing
   */
  record NewBatch(
      BigInteger kilograms,
      BigInteger bufferKilograms,
      LocalDate sequesteredOn,
      boolean ccpApproved,
      List<BigInteger> carbonRemoval) {
    private static NewBatch read(Members members) {
      return new NewBatch(
          members.required("credit_quantity_kg", Reader.POSITIVE),
          members.optional("buffer_kg", Reader.NATURAL).orElse(BigInteger.ZERO),
          members.required("sequestered_on", DATE),
          members.optional("ccp_approved", FLAG).orElse(false),
          members
              .optionalInner("carbon_removal_data")
              .map(
                  data ->
                      BatchDetail.CARBON_REMOVAL.stream()
                          .map(m -> data.required(m, Reader.WHOLE))
                          .toList())
              .orElse(List.of()));
    }

    private void addTo(Digest digest) {
      digest.add(kilograms.toString()).add(bufferKilograms.toString());
      digest.add(sequesteredOn.toString());
      digest.add(ccpApproved ? 1 : 0).add(carbonRemoval.size());
      carbonRemoval.forEach(part -> digest.add(part.toString()));
    }
  }

  /**
   * Reads a request.
   *
   * @throws io.sluice.dialect.ApiException 422 when it does not fit
   */
  static IssuanceRequest read(Call call) {
    return Reader.read(call, IssuanceRequest::read);
  }

  private static IssuanceRequest read(Reader reader) {
    Members body = reader.body();
    return new IssuanceRequest(
        body.required("reference", Reader.REFERENCE),
        body.required("project_id", Reader.ID),
        body.optional("issued_at", Reader.EXACT_TIME),
        body.optional("reporting_period_start_at", DATE),
        body.optional("reporting_period_end_at", DATE),
        body.objects("credit_batches", 0, Integer.MAX_VALUE, NewBatch::read));
  }

  /** What the request asks that it should not, in words; numbers stay far from any overflow. */
  Optional<String> broken() {
    if (batches.isEmpty() || batches.size() > MAX_BATCHES) {
      return Optional.of("credit_batches must have 1 to " + MAX_BATCHES + " entries");
    }
    boolean tooLarge =
        batches.stream()
            .anyMatch(
                batch ->
                    batch.kilograms().max(batch.bufferKilograms()).compareTo(MAX_BATCH_KG) > 0
                        || batch.carbonRemoval().stream()
                            .anyMatch(part -> part.abs().compareTo(MAX_BATCH_KG) > 0));
    return tooLarge
        ? Optional.of("No quantity may be larger than " + MAX_BATCH_KG + " kg")
        : Optional.empty();
  }

  BigInteger supplierKilograms() {
    return sum(NewBatch::kilograms);
  }

  BigInteger bufferKilograms() {
    return sum(NewBatch::bufferKilograms);
  }

  private BigInteger sum(Function<NewBatch, BigInteger> kilograms) {
    return batches.stream().map(kilograms).reduce(BigInteger.ZERO, BigInteger::add);
  }

  Digest fingerprint() {
    Digest digest = Digest.start().add(project);
    for (Optional<?> time : List.of(issuedAt, periodStart, periodEnd)) {
      digest.add(time.map(Object::toString).orElse(null));
    }
    digest.add(batches.size());
    batches.forEach(batch -> batch.addTo(digest));
    return digest;
  }
}
