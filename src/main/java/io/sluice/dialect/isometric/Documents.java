package io.sluice.dialect.isometric;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Members;
import io.sluice.dialect.PlaceForm;
import io.sluice.dialect.Wanted;
import io.sluice.ledger.Ids;
import io.sluice.ledger.TenantId;
import io.sluice.store.Place;
import io.sluice.store.isometric.Document;
import io.sluice.store.isometric.DocumentStore;
import io.sluice.store.isometric.Project;
import io.vertx.core.Future;

/**
 * Documents of projects, which the administrator names: what they are called, and where they are.
 */
record Documents(ProjectReads projects, DocumentStore store, IdCodec codec, Ids ids) {
  private static final Wanted<String> URL = new Wanted.Characters(1, 2_048);

  /** {@code GET /projects/{id}/documents}: by name. */
  Future<Answer> list(TenantId tenant, Call call) {
    Below below = Below.read(call, "documents", PlaceForm.WORD);
    return projects
        .require(tenant, below.id())
        .compose(project -> page(tenant, below.page(), project));
  }

  private Future<Answer> page(TenantId tenant, Page page, Project project) {
    return page.answer(
        store.list(project.id(), page.window(tenant)),
        () -> store.count(tenant, project.id()),
        document -> Place.of(document.name(), document.id()),
        this::write);
  }

  private record Request(String project, String name, String url) {
    private static Request read(Reader reader) {
      String project = reader.pathId();
      Members body = reader.body();
      return new Request(
          project, body.required("display_name", Reader.NAME), body.required("url", URL));
    }
  }

  /** {@code POST /projects/{id}/documents} of the administration: once for each name. */
  Future<Answer> create(TenantId tenant, Call call) {
    Request request = Reader.read(call, Request::read);
    return projects
        .require(tenant, request.project())
        .compose(
            project ->
                store.register(
                    tenant, new Document(ids.next(), project.id(), request.name(), request.url())))
        .map(found -> answer(found, request));
  }

  private Answer answer(Document found, Request request) {
    if (!found.url().equals(request.url())) {
      throw new ApiException(Errors.referenceOfAnotherRequest(request.name()));
    }
    return write(JsonWriter.object(), found).toAnswer(200);
  }

  /** The members of the registry's ProjectDocument. */
  private JsonWriter write(JsonWriter json, Document document) {
    return json.text("id", codec.encode(IdPrefix.DOCUMENT, document.id()))
        .text("display_name", document.name())
        .text("project_id", codec.encode(IdPrefix.PROJECT, document.project()))
        .text("url", document.url());
  }
}
