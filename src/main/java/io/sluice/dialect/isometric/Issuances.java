package io.sluice.dialect.isometric;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.Fault;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.OutcomeWords;
import io.sluice.dialect.Services;
import io.sluice.dialect.isometric.IssuanceRequest.NewBatch;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Amount;
import io.sluice.ledger.IdempotencyKey;
import io.sluice.ledger.Ids;
import io.sluice.ledger.Intent;
import io.sluice.ledger.LedgerRefusal;
import io.sluice.ledger.Leg;
import io.sluice.ledger.LotId;
import io.sluice.ledger.LotRule;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.Principal;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferCommand;
import io.sluice.ledger.TransferId;
import io.sluice.store.isometric.IsometricStores;
import io.sluice.store.isometric.Issuance;
import io.sluice.store.isometric.IssuanceStore.IssuedBatch;
import io.sluice.store.isometric.IssuanceStore.Registered;
import io.sluice.store.isometric.Origin;
import io.sluice.store.isometric.Project;
import io.vertx.core.Future;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Issuances, with which the administrator gives credits to the supplier of a project. */
record Issuances(
    Services services,
    Directory directory,
    IsometricStores stores,
    BufferPool pool,
    IdCodec codec,
    Ids ids) {
  /** A project's serial numbers end here, so that the largest issuance still fits a long. */
  private static final long MAX_SERIAL = 8_000_000_000_000_000_000L;

  /** {@code POST /issuances} of the administration. */
  Future<Answer> create(TenantId tenant, Call call) {
    IssuanceRequest request = IssuanceRequest.read(call);
    call.note("sluice.reference", request.reference());
    call.note("sluice.amount", request.supplierKilograms().add(request.bufferKilograms()) + " kg");
    return issue(tenant, request);
  }

  /**
   * Issues once for each reference: first what the registry knows of it, then the credits.
   *
   * @return what was issued, now or before; fails with {@link ApiException} if nothing was
   */
  Future<Answer> issue(TenantId tenant, IssuanceRequest request) {
    request.broken().ifPresent(reason -> refuse(Errors.rule(reason)));
    return directory
        .require(IdPrefix.PROJECT, request.project(), id -> stores.projects().find(tenant, id))
        .compose(project -> issue(tenant, request, project));
  }

  private Future<Answer> issue(TenantId tenant, IssuanceRequest request, Project project) {
    if (project.nextSerial() > MAX_SERIAL) {
      refuse(Errors.rule("The project has no serial numbers left"));
    }
    return directory
        .supplier(tenant, project.supplier())
        .map(Optional::orElseThrow)
        .compose(
            supplier ->
                receivers(tenant, request, supplier)
                    .compose(
                        receivers ->
                            register(tenant, request, project, supplier)
                                .compose(
                                    issued ->
                                        move(
                                            issued,
                                            new Wish(request, receivers),
                                            Submissions.MAX_DRAWS))));
  }

  /** What is asked for, and for whom. */
  private record Wish(IssuanceRequest request, Receivers receivers) {}

  /** Who gets what is issued; the second one is only asked for if there is something for it. */
  private record Receivers(AccountRef supplier, AccountRef pool) {
    AccountRef of(IssuedBatch batch) {
      return batch.buffer() ? pool : supplier;
    }
  }

  private Future<Receivers> receivers(TenantId tenant, IssuanceRequest request, Supplier supplier) {
    AccountRef own = Accounts.of(supplier.organisation());
    return request.bufferKilograms().signum() == 0
        ? Future.succeededFuture(new Receivers(own, own))
        : pool.require(tenant).map(found -> new Receivers(own, Accounts.of(found.id())));
  }

  private Future<Issued> register(
      TenantId tenant, IssuanceRequest request, Project project, Supplier supplier) {
    byte[] fingerprint = request.fingerprint().toBytes();
    Issuance issuance = issuance(tenant, request, project, fingerprint);
    return stores
        .issuances()
        .register(issuance, origins(request, issuance, project, supplier))
        .map(
            registered -> {
              if (!Arrays.equals(registered.issuance().fingerprint(), fingerprint)) {
                refuse(Errors.referenceOfAnotherRequest(request.reference()));
              }
              return new Issued(registered, project, codec);
            });
  }

  /**
   * Gives the credits out; where another process has drawn the id of a batch, under another one.
   */
  private Future<Answer> move(Issued issued, Wish wish, int draws) {
    return services
        .pipeline()
        .submit(command(issued.registered(), wish))
        .compose(
            outcome -> draws > 1 ? redrawn(issued, wish, draws, outcome) : answer(issued, outcome));
  }

  private Future<Answer> redrawn(Issued issued, Wish wish, int draws, Outcome outcome) {
    return outcome instanceof Outcome.Refused refused
            && refused.reason() instanceof LedgerRefusal.LotIdTaken(LotId lot)
        ? stores
            .issuances()
            .redraw(issued.registered().issuance(), lot.value(), ids.next())
            .compose(again -> move(new Issued(again, issued.project(), codec), wish, draws - 1))
        : answer(issued, outcome);
  }

  private static Future<Answer> answer(Issued issued, Outcome outcome) {
    Receipt receipt = issued.receipt(outcome);
    return Future.succeededFuture(issued.stored(receipt).about(receipt.id()));
  }

  private static void refuse(Answer answer) {
    throw new ApiException(answer);
  }

  private Issuance issuance(
      TenantId tenant, IssuanceRequest request, Project project, byte[] fingerprint) {
    Instant now = services.now();
    Instant issuedAt = request.issuedAt().orElse(now);
    LocalDate issuedOn = LocalDate.ofInstant(issuedAt, ZoneOffset.UTC);
    LocalDate start = request.periodStart().orElse(issuedOn);
    LocalDate end = request.periodEnd().orElse(issuedOn);
    if (end.isBefore(start)) {
      refuse(Errors.rule("reporting_period_end_at must not be before reporting_period_start_at"));
    }
    return new Issuance(
        tenant,
        ids.next(),
        request.reference(),
        fingerprint,
        project.id(),
        project.supplier(),
        issuedAt,
        start,
        end,
        request.supplierKilograms().longValueExact(),
        request.bufferKilograms().longValueExact(),
        now);
  }

  private List<Origin> origins(
      IssuanceRequest request, Issuance issuance, Project project, Supplier supplier) {
    var origins = new ArrayList<Origin>();
    long serial = 0;
    for (NewBatch batch : request.batches()) {
      String prefix = serialPrefix(supplier, project, batch.sequesteredOn());
      var removal = new Removal(ids.next(), batch, prefix);
      origins.add(origin(removal, issuance, project, serial, false));
      serial += batch.kilograms().longValueExact();
      if (batch.bufferKilograms().signum() > 0) {
        origins.add(origin(removal, issuance, project, serial, true));
        serial += batch.bufferKilograms().longValueExact();
      }
    }
    return origins;
  }

  /** What the supplier's and the buffer pool's batch of one removal share. */
  private record Removal(UUID id, NewBatch batch, String serialPrefix) {
    long kilograms(boolean buffer) {
      return (buffer ? batch.bufferKilograms() : batch.kilograms()).longValueExact();
    }
  }

  private static String serialPrefix(Supplier supplier, Project project, LocalDate sequesteredOn) {
    return String.join(
        "-",
        "ISO-1",
        supplier.code(),
        project.countryCode(),
        project.shortCode(),
        Integer.toString(sequesteredOn.getYear()));
  }

  private Origin origin(
      Removal removal, Issuance issuance, Project project, long serial, boolean buffer) {
    NewBatch batch = removal.batch();
    return new Origin(
        ids.next(),
        issuance.id(),
        project.id(),
        project.supplier(),
        removal.id(),
        issuance.issuedAt(),
        batch.sequesteredOn(),
        project.countryCode(),
        removal.serialPrefix(),
        serial,
        removal.kilograms(buffer),
        batch.ccpApproved(),
        buffer,
        batch.carbonRemoval().stream().map(BigInteger::longValueExact).toList());
  }

  private TransferCommand command(Registered registered, Wish wish) {
    Issuance issuance = registered.issuance();
    List<Leg> legs =
        registered.batches().stream()
            .map(batch -> leg(batch, issuance, wish.receivers().of(batch)))
            .toList();
    Principal operator = Principal.operator(issuance.tenant());
    return TransferCommand.of(operator, services.transferId(), Names.ISSUANCE)
        .key(
            IdempotencyKey.of(
                Names.ISSUANCE, wish.request().reference(), wish.request().fingerprint()))
        .detail(JsonWriter.object().uuid("issuance", issuance.id()).toText())
        .to(new Intent.Move(List.of(), legs));
  }

  private static Leg leg(IssuedBatch batch, Issuance issuance, AccountRef receiver) {
    var rule =
        new LotRule.Issue(
            new LotId(batch.id()),
            issuance.supplier(),
            issuance.project(),
            batch.id(),
            batch.serialFrom(),
            issuance.issuedAt(),
            batch.sequesteredOn());
    return Leg.of(Accounts.ISSUED, receiver, Amount.of(batch.kilograms()), rule);
  }

  /** An issuance as the registry knows it, and what it says of giving out its credits. */
  record Issued(Registered registered, Project project, IdCodec codec) implements OutcomeWords {
    @Override
    public Answer stored(Receipt receipt) {
      return answer();
    }

    @Override
    public Answer conflict(TransferId existing) {
      return Errors.referenceOfAnotherRequest(registered.issuance().reference());
    }

    @Override
    public Answer refused(LedgerRefusal refusal) {
      return switch (refusal) {
        case LedgerRefusal.BalanceOutOfRange range -> Errors.balanceOutOfRange(Deed.ISSUANCE);
        case LedgerRefusal.LotIdTaken taken -> Errors.noFreeId();
        // The account that credits come from has no floor, and every batch is a new one.
        case LedgerRefusal.InsufficientFunds funds -> throw impossible(funds);
        case LedgerRefusal.OfLots lots -> throw impossible(lots);
      };
    }

    private static IllegalStateException impossible(LedgerRefusal refusal) {
      return new IllegalStateException("an issuance was refused: " + refusal);
    }

    @Override
    public Answer fault(Fault fault) {
      return Errors.fault(fault);
    }

    Answer answer() {
      Issuance issuance = registered.issuance();
      var json = JsonWriter.object().text("id", id(IdPrefix.ISSUANCE, issuance.id()));
      json.text("reference", issuance.reference())
          .time("issued_at", issuance.issuedAt())
          .text("supplier_id", id(IdPrefix.SUPPLIER, project.supplier().value()))
          .text("project_id", id(IdPrefix.PROJECT, project.id()))
          .text("reporting_period_start_at", issuance.reportingPeriodStart().toString())
          .text("reporting_period_end_at", issuance.reportingPeriodEnd().toString());
      return IssuanceReads.totals(json, issuance)
          .objects("credit_batches", batches(false), this::write)
          .objects("buffer_pool_credit_batches", batches(true), this::write)
          .toAnswer(200);
    }

    private List<IssuedBatch> batches(boolean buffer) {
      return registered.batches().stream().filter(batch -> batch.buffer() == buffer).toList();
    }

    private void write(JsonWriter json, IssuedBatch batch) {
      json.text("id", id(IdPrefix.CREDIT_BATCH, batch.id()));
      Kilograms.write(json, "size", BigInteger.valueOf(batch.kilograms()));
    }

    private String id(IdPrefix prefix, UUID id) {
      return codec.encode(prefix, id);
    }
  }
}
