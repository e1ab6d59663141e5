package io.sluice.dialect.isometric;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Services;
import io.sluice.dialect.isometric.Errors.Model;
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
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferCommand;
import io.sluice.ledger.TransferId;
import io.sluice.ledger.TransferIdTaken;
import io.sluice.store.isometric.IsometricStores;
import io.sluice.store.isometric.Issuance;
import io.sluice.store.isometric.IssuanceStore.IssuedBatch;
import io.sluice.store.isometric.IssuanceStore.Registered;
import io.sluice.store.isometric.Origin;
import io.sluice.store.isometric.Project;
import io.vertx.core.Future;
import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Registers projects and issues credits to their suppliers. */
final class IssuanceAdministration {
  private static final int MAX_NAME_CHARS = 256;
  private static final int MAX_CODE_CHARS = 16;
  private static final int COUNTRY_CHARS = 3;

  /** A project's serial numbers end here, so that the largest issuance still fits a long. */
  private static final long MAX_SERIAL = 8_000_000_000_000_000_000L;

  private final Services services;
  private final Directory directory;
  private final IsometricStores stores;
  private final IdCodec codec;
  private final Ids ids;

  IssuanceAdministration(
      Services services, Directory directory, IsometricStores stores, IdCodec codec, Ids ids) {
    this.services = services;
    this.directory = directory;
    this.stores = stores;
    this.codec = codec;
    this.ids = ids;
  }

  Future<Answer> createProject(TenantId tenant, Call call) {
    var problems = new Problems();
    Body body = Body.of(call, problems);
    String supplier = body.id("supplier_id");
    String name = body.text("name", 1, MAX_NAME_CHARS);
    String shortCode = body.code("short_code", 1, MAX_CODE_CHARS);
    String pathway = body.code("pathway_code", 1, MAX_CODE_CHARS);
    String country = body.code("country_code", COUNTRY_CHARS, COUNTRY_CHARS);
    problems.throwIfAny();
    return directory
        .supplier(tenant, codec, supplier)
        .map(
            found ->
                found.orElseThrow(
                    () -> new ApiException(Errors.notFound(Model.SUPPLIER, supplier))))
        .map(
            found ->
                new Project(
                    tenant,
                    ids.next(),
                    found.id(),
                    name,
                    shortCode,
                    pathway,
                    country,
                    1,
                    services.clock().instant()))
        .compose(this::project)
        .map(this::answer);
  }

  /** The project of that short code, new or registered before with the same description. */
  Future<Project> project(Project wanted) {
    return stores
        .projects()
        .insert(wanted)
        .compose(done -> stores.projects().findByCode(wanted.tenant(), wanted.shortCode()))
        .map(found -> same(found.orElseThrow(), wanted));
  }

  private static Project same(Project found, Project wanted) {
    boolean same =
        found.supplier().equals(wanted.supplier())
            && found.name().equals(wanted.name())
            && found.pathwayCode().equals(wanted.pathwayCode())
            && found.countryCode().equals(wanted.countryCode());
    if (!same) {
      throw new ApiException(Errors.referenceOfAnotherRequest(wanted.shortCode()));
    }
    return found;
  }

  Future<Answer> createIssuance(TenantId tenant, Call call) {
    return issue(tenant, IssuanceRequest.read(call));
  }

  /** Issues once for each reference: first what the registry knows of it, then the credits. */
  Future<Answer> issue(TenantId tenant, IssuanceRequest request) {
    request
        .broken()
        .ifPresent(
            reason -> {
              throw new ApiException(Errors.rule(reason));
            });
    return codec
        .decode(IdPrefix.PROJECT, request.project())
        .map(id -> stores.projects().find(tenant, id))
        .orElse(Future.succeededFuture(Optional.empty()))
        .map(
            found ->
                found.orElseThrow(
                    () -> new ApiException(Errors.notFound(Model.PROJECT, request.project()))))
        .compose(project -> issue(tenant, request, project));
  }

  private Future<Answer> issue(TenantId tenant, IssuanceRequest request, Project project) {
    if (project.nextSerial() > MAX_SERIAL) {
      throw new ApiException(Errors.rule("The project has no serial numbers left"));
    }
    byte[] fingerprint = request.fingerprint().toBytes();
    Issuance issuance = issuance(tenant, request, project, fingerprint);
    return directory
        .find(tenant, List.of(project.supplier()))
        .map(found -> Directory.supplier(found, project.supplier()).orElseThrow())
        .compose(
            supplier ->
                stores
                    .issuances()
                    .register(issuance, origins(request, issuance, project))
                    .compose(
                        registered -> {
                          if (!Arrays.equals(registered.issuance().fingerprint(), fingerprint)) {
                            throw new ApiException(
                                Errors.referenceOfAnotherRequest(request.reference()));
                          }
                          return services
                              .pipeline()
                              .submit(command(registered, supplier, request))
                              .map(outcome -> answer(outcome, registered, project));
                        }));
  }

  private Issuance issuance(
      TenantId tenant, IssuanceRequest request, Project project, byte[] fingerprint) {
    Instant now = services.clock().instant().truncatedTo(ChronoUnit.MICROS);
    Instant issuedAt = request.issuedAt().orElse(now);
    return new Issuance(
        tenant,
        ids.next(),
        request.reference(),
        fingerprint,
        project.id(),
        issuedAt,
        request.periodStart().orElse(issuedAt),
        request.periodEnd().orElse(issuedAt),
        now);
  }

  private List<Origin> origins(IssuanceRequest request, Issuance issuance, Project project) {
    var origins = new ArrayList<Origin>();
    long serial = 0;
    for (NewBatch batch : request.batches()) {
      String prefix =
          String.join(
              "-",
              "ISO-1",
              project.pathwayCode(),
              project.countryCode(),
              project.shortCode(),
              Integer.toString(batch.sequesteredOn().getYear()));
      origins.add(origin(batch, issuance, project, prefix, serial));
      serial += batch.kilograms().longValueExact();
    }
    return origins;
  }

  private Origin origin(
      NewBatch batch, Issuance issuance, Project project, String serialPrefix, long serial) {
    return new Origin(
        ids.next(),
        issuance.id(),
        project.id(),
        project.supplier(),
        ids.next(),
        Optional.empty(),
        Optional.empty(),
        issuance.issuedAt(),
        batch.sequesteredOn(),
        project.countryCode(),
        serialPrefix,
        serial,
        batch.kilograms().longValueExact(),
        batch.ccpApproved(),
        batch.carbonRemoval().stream().map(BigInteger::longValueExact).toList());
  }

  private TransferCommand command(
      Registered registered, Supplier supplier, IssuanceRequest request) {
    AccountRef receiver = Names.account(supplier.organisation());
    List<Leg> legs =
        registered.batches().stream().map(batch -> leg(batch, receiver, supplier)).toList();
    return TransferCommand.of(
            registered.issuance().tenant(),
            new TransferId(services.ids().next()),
            Names.ISSUANCE_KIND)
        .key(IdempotencyKey.of(Names.ISSUANCE_KIND, request.reference(), request.fingerprint()))
        .detail(JsonWriter.object().uuid("issuance", registered.issuance().id()).toText())
        .to(new Intent.Move(List.of(), legs));
  }

  private static Leg leg(IssuedBatch batch, AccountRef receiver, Supplier supplier) {
    var rule =
        new LotRule.Issue(new LotId(batch.id()), supplier.id(), batch.id(), batch.serialFrom());
    return Leg.of(Names.ISSUED, receiver, Amount.of(batch.kilograms()), rule);
  }

  private Answer answer(Outcome outcome, Registered registered, Project project) {
    return switch (outcome) {
      case Outcome.Posted posted -> answer(registered, project);
      case Outcome.Replayed replayed -> answer(registered, project);
      case Outcome.Conflict conflict ->
          Errors.referenceOfAnotherRequest(registered.issuance().reference());
      case Outcome.Refused(TransferIdTaken taken, var recorded) -> Errors.noFreeId();
      case Outcome.Refused(LedgerRefusal.LotIdTaken taken, var recorded) ->
          throw new IllegalStateException("an issued batch's id is taken: " + taken);
      case Outcome.Refused refused -> Errors.balanceOutOfRange();
      case Outcome.Overloaded overloaded -> Errors.overloaded(overloaded.retryAfter());
      case Outcome.Expired expired -> Errors.deadlinePassed();
      case Outcome.Unavailable unavailable -> Errors.unavailable();
    };
  }

  private Answer answer(Registered registered, Project project) {
    Issuance issuance = registered.issuance();
    BigInteger total =
        registered.batches().stream()
            .map(batch -> BigInteger.valueOf(batch.kilograms()))
            .reduce(BigInteger.ZERO, BigInteger::add);
    var json = JsonWriter.object().text("id", id(IdPrefix.ISSUANCE, issuance.id()));
    json.text("reference", issuance.reference())
        .time("issued_at", issuance.issuedAt())
        .text("supplier_id", id(IdPrefix.SUPPLIER, project.supplier().value()))
        .text("project_id", id(IdPrefix.PROJECT, project.id()))
        .time("reporting_period_start_at", issuance.reportingPeriodStartAt())
        .time("reporting_period_end_at", issuance.reportingPeriodEndAt());
    Kilograms.write(json, "credit_batch_size_total", total).array("credit_batches");
    for (IssuedBatch batch : registered.batches()) {
      json.element().text("id", id(IdPrefix.CREDIT_BATCH, batch.id()));
      Kilograms.write(json, "size", BigInteger.valueOf(batch.kilograms())).end();
    }
    return Answer.json(200, json.end().toBuffer());
  }

  private Answer answer(Project project) {
    return Answer.json(
        200,
        JsonWriter.object()
            .text("id", id(IdPrefix.PROJECT, project.id()))
            .text("supplier_id", id(IdPrefix.SUPPLIER, project.supplier().value()))
            .text("name", project.name())
            .text("short_code", project.shortCode())
            .text("pathway_code", project.pathwayCode())
            .text("country_code", project.countryCode())
            .toBuffer());
  }

  private String id(IdPrefix prefix, UUID id) {
    return codec.encode(prefix, id);
  }
}
