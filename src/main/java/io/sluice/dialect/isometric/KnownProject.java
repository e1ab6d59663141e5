package io.sluice.dialect.isometric;

import io.sluice.dialect.JsonWriter;
import io.sluice.store.isometric.Project;
import io.sluice.store.isometric.ProjectTotals;

/** A project with its supplier and with what came of it. */
record KnownProject(Project project, KnownSupplier supplier, ProjectTotals totals) {
  /** The members of the registry's Project. */
  JsonWriter write(JsonWriter json, IdCodec codec, Settings settings) {
    String id = codec.encode(IdPrefix.PROJECT, project.id());
    json.text("id", id).text("name", project.name());
    supplier
        .write(json.object("supplier"), codec)
        .end()
        .text("short_code", project.shortCode())
        .text("url", settings.page("project", id))
        .text("pathway", project.pathway())
        .text("country_code", project.countryCode());
    Kilograms.write(json, "issued_credits_total", totals.issued());
    Kilograms.write(json, "retired_credits_total", totals.retired());
    Kilograms.write(json, "issued_buffer_pool_credits_total", totals.issuedToPool());
    Kilograms.write(json, "retired_buffer_pool_credits_total", totals.retiredFromPool());
    return json.members(project.detail());
  }
}
