package io.sluice.dialect.isometric;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Services;
import io.sluice.ledger.Amount;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.Ids;
import io.sluice.ledger.TenantId;
import io.sluice.store.Asset;
import io.sluice.store.Holder;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Registers organisations and suppliers, and says who may receive from whom. */
final class PartyAdministration {
  private static final int MAX_REFERENCE_CHARS = 255;
  private static final int MAX_NAME_CHARS = 256;
  private static final int MAX_DESCRIPTION_CHARS = 10_000;
  private static final int COUNTRY_CHARS = 3;

  /** The most organisations in one list of transferees. */
  private static final int MAX_TRANSFEREES = 1_000;

  private final Services services;
  private final Directory directory;
  private final TransfereeLists transferees;
  private final IdCodec codec;
  private final Ids ids;

  PartyAdministration(
      Services services, Directory directory, TransfereeLists transferees, IdCodec codec, Ids ids) {
    this.services = services;
    this.directory = directory;
    this.transferees = transferees;
    this.codec = codec;
    this.ids = ids;
  }

  Future<Answer> createOrganisation(TenantId tenant, Call call) {
    var problems = new Problems();
    Body body = Body.of(call, problems);
    Optional<String> reference = body.optionalText("reference", 1, MAX_REFERENCE_CHARS);
    String name = body.text("name", 1, MAX_NAME_CHARS);
    Optional<String> domain = body.optionalText("domain", 1, MAX_NAME_CHARS);
    problems.throwIfAny();
    return organisation(tenant, reference, name, domain).map(this::answer);
  }

  /** The organisation of that reference, new or registered before with the same name and domain. */
  Future<Organisation> organisation(
      TenantId tenant, Optional<String> reference, String name, Optional<String> domain) {
    var organisation = new Organisation(new HolderId(ids.next()), name, domain);
    String kind = Names.ORGANISATION_KIND;
    return foundations(tenant)
        .compose(
            done -> register(tenant, organisation.id(), kind, reference, organisation.detail()))
        .map(holder -> Organisation.of(holder.id(), holder.detail()));
  }

  Future<Answer> createSupplier(TenantId tenant, Call call) {
    var problems = new Problems();
    Body body = Body.of(call, problems);
    Optional<String> reference = body.optionalText("reference", 1, MAX_REFERENCE_CHARS);
    String organisation = body.id("organisation_id");
    Optional<String> brief = body.optionalText("short_description", 0, MAX_DESCRIPTION_CHARS);
    Optional<String> full = body.optionalText("long_description", 0, MAX_DESCRIPTION_CHARS);
    Optional<String> location = body.optionalText("location", COUNTRY_CHARS, COUNTRY_CHARS);
    problems.throwIfAny();
    return directory
        .requireOrganisation(tenant, codec, organisation)
        .compose(
            behind -> {
              var id = new HolderId(ids.next());
              return supplier(
                      tenant, reference, new Supplier(id, behind.id(), brief, full, location))
                  .map(supplier -> answer(supplier, behind));
            });
  }

  /** The supplier of that reference, new or registered before with the same description. */
  Future<Supplier> supplier(TenantId tenant, Optional<String> reference, Supplier supplier) {
    return register(tenant, supplier.id(), Names.SUPPLIER_KIND, reference, supplier.detail())
        .map(holder -> Supplier.of(holder.id(), holder.detail()));
  }

  Future<Answer> setTransferees(TenantId tenant, Call call) {
    var problems = new Problems();
    String id = new Query(call, problems).pathId();
    List<String> list = Body.of(call, problems).ids("organisation_ids");
    problems.throwIfAny();
    if (list.size() > MAX_TRANSFEREES) {
      throw new ApiException(
          Errors.rule("organisation_ids may have up to " + MAX_TRANSFEREES + " entries"));
    }
    return directory
        .requireOrganisation(tenant, codec, id)
        .compose(
            owner ->
                requireAll(tenant, list)
                    .compose(
                        found -> {
                          if (found.contains(owner.id())) {
                            throw new ApiException(
                                Errors.rule("An organisation is no transferee of itself"));
                          }
                          return transferees.set(tenant, owner.id(), found);
                        }))
        .map(done -> transfereesAnswer(list));
  }

  private Future<Set<HolderId>> requireAll(TenantId tenant, List<String> organisations) {
    var found = new ArrayList<Future<Organisation>>();
    for (String id : organisations) {
      found.add(directory.requireOrganisation(tenant, codec, id));
    }
    return Future.all(found)
        .map(
            done ->
                done.<Organisation>list().stream()
                    .map(Organisation::id)
                    .collect(Collectors.toSet()));
  }

  /** The asset and the account that credits come from; every tenant has them from its first use. */
  private Future<Void> foundations(TenantId tenant) {
    Instant now = services.clock().instant();
    var asset =
        new Asset(
            tenant,
            Names.ASSET,
            Names.ASSET_KIND,
            "credit",
            0,
            true,
            HolderStatus.ACTIVE,
            "{}",
            now,
            now);
    Holder system = holder(tenant, Names.SYSTEM, Names.SYSTEM_KIND, "system", "{}");
    return services
        .assets()
        .insert(asset)
        .compose(done -> services.holders().insertWithAccount(system, Names.ISSUED, Amount.ZERO))
        .mapEmpty();
  }

  private Future<Holder> register(
      TenantId tenant, HolderId id, String kind, Optional<String> reference, String detail) {
    String name = reference.orElseGet(() -> codec.encode(prefix(kind), id.value()));
    Holder holder = holder(tenant, id, kind, name, detail);
    return services
        .holders()
        .insert(holder)
        .compose(
            isNew ->
                isNew
                    ? Future.succeededFuture(holder)
                    : services
                        .holders()
                        .findByReference(tenant, kind, name)
                        .map(found -> same(found.orElseThrow(), detail)));
  }

  private static IdPrefix prefix(String kind) {
    return kind.equals(Names.SUPPLIER_KIND) ? IdPrefix.SUPPLIER : IdPrefix.ORGANISATION;
  }

  private static Holder same(Holder found, String detail) {
    if (!found.detail().equals(detail)) {
      throw new ApiException(Errors.referenceOfAnotherRequest(found.reference()));
    }
    return found;
  }

  private Holder holder(
      TenantId tenant, HolderId id, String kind, String reference, String detail) {
    Instant now = services.clock().instant();
    return new Holder(tenant, id, kind, reference, HolderStatus.ACTIVE, detail, now, now);
  }

  private Answer answer(Organisation organisation) {
    // holder_id is what credentials for the organisation are issued to.
    return Answer.json(
        200,
        organisation
            .write(JsonWriter.object(), codec)
            .uuid("holder_id", organisation.id().value())
            .toBuffer());
  }

  private Answer answer(Supplier supplier, Organisation behind) {
    return Answer.json(200, supplier.write(JsonWriter.object(), codec, behind).toBuffer());
  }

  private static Answer transfereesAnswer(List<String> list) {
    var json = JsonWriter.object().array("organisation_ids");
    list.forEach(json::element);
    return Answer.json(200, json.toBuffer());
  }
}
