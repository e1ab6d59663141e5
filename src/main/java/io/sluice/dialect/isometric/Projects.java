package io.sluice.dialect.isometric;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.Json;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Members;
import io.sluice.dialect.Services;
import io.sluice.dialect.Wanted;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.Ids;
import io.sluice.ledger.TenantId;
import io.sluice.store.isometric.Project;
import io.sluice.store.isometric.ProjectStore;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Projects, which the administrator registers for a supplier. */
record Projects(
    Services services, Directory directory, ProjectStore store, IdCodec codec, Ids ids) {
  private static final Wanted<String> CODE = new Reader.Code(1, 16);

  /** How carbon is removed, in the registry's words. */
  private static final Wanted<String> PATHWAY =
      new Wanted.OneOf(
          List.of(
              "biomass_carbon_removal_and_storage",
              "direct_air_capture",
              "enhanced_weathering",
              "carbon_mineralization",
              "reforestation",
              "marine",
              "superpollutants"));

  /** What the administrator says of a project. */
  record Description(
      String name,
      String shortCode,
      String pathway,
      String countryCode,
      Optional<Location> location) {
    private static Description read(Members body) {
      return new Description(
          body.required("name", Reader.NAME),
          body.required("short_code", CODE),
          body.required("pathway", PATHWAY),
          body.required("country_code", Reader.COUNTRY),
          body.optionalInner("location").map(Location::read));
    }

    private static Description of(Project project) {
      return new Description(
          project.name(),
          project.shortCode(),
          project.pathway(),
          project.countryCode(),
          Location.in(Json.parse(project.detail())));
    }

    /** What is stored with the project. */
    private String detail() {
      return Location.write(JsonWriter.object(), location).toText();
    }
  }

  private record Request(String supplier, Description description) {
    private static Request read(Reader reader) {
      Members body = reader.body();
      return new Request(body.required("supplier_id", Reader.ID), Description.read(body));
    }
  }

  /** {@code POST /projects} of the administration. */
  Future<Answer> create(TenantId tenant, Call call) {
    Request request = Reader.read(call, Request::read);
    return directory
        .requireSupplier(tenant, request.supplier())
        .compose(supplier -> register(tenant, supplier.id(), request.description()))
        .map(this::answer);
  }

  /** The project of that short code, new or registered before with the same description. */
  Future<Project> register(TenantId tenant, HolderId supplier, Description description) {
    var wanted =
        new Project(
            tenant,
            ids.next(),
            supplier,
            description.name(),
            description.shortCode(),
            description.pathway(),
            description.countryCode(),
            description.detail(),
            0,
            services.now());
    return store
        .insert(wanted)
        .compose(done -> store.findByCode(tenant, wanted.shortCode()))
        .map(found -> same(found.orElseThrow(), wanted));
  }

  private static Project same(Project found, Project wanted) {
    if (!found.supplier().equals(wanted.supplier())
        || !Description.of(found).equals(Description.of(wanted))) {
      throw new ApiException(Errors.referenceOfAnotherRequest(wanted.shortCode()));
    }
    return found;
  }

  private Answer answer(Project project) {
    return JsonWriter.object()
        .text("id", codec.encode(IdPrefix.PROJECT, project.id()))
        .text("supplier_id", codec.encode(IdPrefix.SUPPLIER, project.supplier().value()))
        .text("name", project.name())
        .text("short_code", project.shortCode())
        .text("pathway", project.pathway())
        .text("country_code", project.countryCode())
        .members(project.detail())
        .toAnswer(200);
  }
}
