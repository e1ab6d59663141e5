package io.sluice.dialect.isometric;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.Members;
import io.sluice.dialect.Services;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.Ids;
import io.sluice.ledger.TenantId;
import io.sluice.store.isometric.Project;
import io.sluice.store.isometric.ProjectStore;
import io.vertx.core.Future;

/** Projects, which the administrator registers for a supplier. */
record Projects(
    Services services, Directory directory, ProjectStore store, ProjectReads reads, Ids ids) {
  private record Request(String supplier, ProjectDescription description) {
    private static Request read(Reader reader) {
      Members body = reader.body();
      return new Request(body.required("supplier_id", Reader.ID), ProjectDescription.read(body));
    }
  }

  /** {@code POST /projects} of the administration. */
  Future<Answer> create(TenantId tenant, Call call) {
    Request request = Reader.read(call, Request::read);
    request
        .description()
        .broken()
        .ifPresent(
            reason -> {
              throw new ApiException(Errors.rule(reason));
            });
    return directory
        .requireSupplier(tenant, request.supplier())
        .compose(supplier -> register(tenant, supplier.id(), request.description()))
        .compose(project -> reads.answer(tenant, project));
  }

  /** The project of that short code, new or registered before with the same description. */
  Future<Project> register(TenantId tenant, HolderId supplier, ProjectDescription description) {
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
        || !ProjectDescription.of(found).equals(ProjectDescription.of(wanted))) {
      throw new ApiException(Errors.referenceOfAnotherRequest(wanted.shortCode()));
    }
    return found;
  }
}
