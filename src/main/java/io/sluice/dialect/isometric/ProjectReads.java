package io.sluice.dialect.isometric;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.PlaceForm;
import io.sluice.ledger.AccountId;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.TenantId;
import io.sluice.store.Place;
import io.sluice.store.isometric.Project;
import io.sluice.store.isometric.ProjectStore;
import io.sluice.store.isometric.ProjectTotals;
import io.vertx.core.Future;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Projects, to be read by anybody in the registry. */
record ProjectReads(
    Directory directory, ProjectStore store, BufferPool pool, IdCodec codec, Settings settings) {
  private static final ProjectTotals NOTHING =
      new ProjectTotals(BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO);

  /** {@code GET /projects}: by name. */
  Future<Answer> list(TenantId tenant, Call call) {
    Page page = Reader.read(call, reader -> Page.read("projects", PlaceForm.WORD, reader));
    return page(
        tenant,
        page,
        store.list(page.window(tenant)),
        Optional.empty(),
        project -> Place.of(project.name(), project.id()));
  }

  /** {@code GET /suppliers/{id}/projects}: newest first. */
  Future<Answer> ofSupplier(TenantId tenant, Call call) {
    Below below = Below.read(call, "supplier_projects", PlaceForm.MOMENT);
    return directory
        .requireSupplier(tenant, below.id())
        .map(Supplier::id)
        .compose(
            supplier ->
                page(
                    tenant,
                    below.page(),
                    store.list(supplier, below.page().window(tenant)),
                    Optional.of(supplier),
                    project -> Place.of(project.createdAt(), project.id())));
  }

  private Future<Answer> page(
      TenantId tenant,
      Page page,
      Future<List<Project>> reading,
      Optional<HolderId> supplier,
      Function<Project, Place> place) {
    return page.answer(
        reading.compose(found -> known(tenant, found)),
        () -> store.count(tenant, supplier),
        known -> place.apply(known.project()),
        (json, known) -> known.write(json, codec, settings));
  }

  /** {@code GET /projects/{id}}: JSON null where there is none. */
  Future<Answer> get(TenantId tenant, Call call) {
    return directory
        .find(IdPrefix.PROJECT, Reader.pathId(call), id -> store.find(tenant, id))
        .compose(
            found ->
                found
                    .map(project -> answer(tenant, project))
                    .orElseGet(() -> Future.succeededFuture(Organisations.nothing())));
  }

  /** The registry's Project. */
  Future<Answer> answer(TenantId tenant, Project project) {
    return known(tenant, List.of(project))
        .map(known -> known.getFirst().write(JsonWriter.object(), codec, settings).toAnswer(200));
  }

  /** The project of that id; fails with 400 when there is none. */
  Future<Project> require(TenantId tenant, String id) {
    return directory.require(IdPrefix.PROJECT, id, uuid -> store.find(tenant, uuid));
  }

  private Future<List<KnownProject>> known(TenantId tenant, List<Project> projects) {
    Future<Map<UUID, ProjectTotals>> totals =
        pool.account(tenant).compose(account -> totals(tenant, projects, account));
    return directory
        .suppliers(tenant, projects.stream().map(Project::supplier).distinct().toList())
        .compose(
            suppliers ->
                totals.map(
                    of ->
                        projects.stream()
                            .map(
                                project ->
                                    new KnownProject(
                                        project,
                                        suppliers.get(project.supplier()),
                                        of.getOrDefault(project.id(), NOTHING)))
                            .toList()));
  }

  private Future<Map<UUID, ProjectTotals>> totals(
      TenantId tenant, List<Project> projects, AccountId account) {
    return projects.isEmpty()
        ? Future.succeededFuture(Map.of())
        : store.totals(tenant, projects.stream().map(Project::id).toList(), account);
  }
}
