package io.sluice.dialect.isometric;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Json;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Members;
import io.sluice.dialect.Wanted;
import io.sluice.store.isometric.Project;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What the administrator says of a project.
 *
 * @param pathway how carbon is removed, in one of the registry's words
 * @param countryCode three letters of ISO 3166-1
 */
record ProjectDescription(
    String name,
    String shortCode,
    String pathway,
    String countryCode,
    Standing standing,
    Optional<Location> location) {
  private static final Wanted<String> CODE = new Reader.Code(1, 16);

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

  private static final Wanted<LocalDate> DATE = new Reader.Date();

  /**
   * By which rules a project goes, how far it has come, and who has looked at it.
   *
   * @param processKey what the process is called; a word for the pathway, if nothing else is said
   * @param protocolSlug what the protocol is called; likewise
   * @param creditingStart the first day for which credits may be issued
   * @param creditingEnd the last one
   */
  record Standing(
      String status,
      String processKey,
      String protocolSlug,
      Optional<String> validator,
      Optional<String> verifier,
      Optional<LocalDate> creditingStart,
      Optional<LocalDate> creditingEnd) {
    private static final String USUAL = "validated";

    private static final Wanted<String> STATUS =
        new Wanted.OneOf(
            List.of(
                "draft",
                "preview",
                "under_validation",
                USUAL,
                "validation_unsuccessful",
                "cancelled"));

    /** Of a project of which nothing else is said. */
    static Standing usual(String pathway) {
      return new Standing(
          USUAL,
          pathway,
          pathway.replace('_', '-'),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }

    private static Standing read(Members body, String pathway) {
      Standing usual = usual(pathway);
      return new Standing(
          body.optional("status", STATUS).orElse(USUAL),
          body.optional("process_key", Reader.NAME).orElse(usual.processKey()),
          body.optional("protocol_slug", Reader.NAME).orElse(usual.protocolSlug()),
          body.optional("validator_name", Reader.NAME),
          body.optional("current_verifier_name", Reader.NAME),
          body.optional("crediting_period_start", DATE),
          body.optional("crediting_period_end", DATE));
    }

    private static Standing in(JsonNode detail) {
      return new Standing(
          detail.path("status").asText(),
          detail.path("process_key").asText(),
          detail.path("protocol_slug").asText(),
          text(detail, "validator_name"),
          text(detail, "current_verifier_name"),
          text(detail, "crediting_period_start").map(LocalDate::parse),
          text(detail, "crediting_period_end").map(LocalDate::parse));
    }

    private static Optional<String> text(JsonNode detail, String name) {
      return Optional.ofNullable(detail.path(name).textValue());
    }

    private JsonWriter write(JsonWriter json) {
      return json.text("status", status)
          .text("process_key", processKey)
          .text("protocol_slug", protocolSlug)
          .text("validator_name", validator.orElse(null))
          .text("current_verifier_name", verifier.orElse(null))
          .text("crediting_period_start", creditingStart.map(LocalDate::toString).orElse(null))
          .text("crediting_period_end", creditingEnd.map(LocalDate::toString).orElse(null));
    }

    private boolean endsBeforeItStarts() {
      return creditingStart.isPresent()
          && creditingEnd.filter(end -> end.isBefore(creditingStart.get())).isPresent();
    }
  }

  static ProjectDescription read(Members body) {
    String pathway = body.required("pathway", PATHWAY);
    return new ProjectDescription(
        body.required("name", Reader.NAME),
        body.required("short_code", CODE),
        pathway,
        body.required("country_code", Reader.COUNTRY),
        Standing.read(body, pathway),
        body.optionalInner("location").map(Location::read));
  }

  static ProjectDescription of(Project project) {
    JsonNode detail = Json.parse(project.detail());
    return new ProjectDescription(
        project.name(),
        project.shortCode(),
        project.pathway(),
        project.countryCode(),
        Standing.in(detail),
        Location.in(detail));
  }

  /** What is said that cannot be, in words. */
  Optional<String> broken() {
    return standing.endsBeforeItStarts()
        ? Optional.of("crediting_period_end must not be before crediting_period_start")
        : Optional.empty();
  }

  /** What is stored with the project beside its columns. */
  String detail() {
    return Location.write(standing.write(JsonWriter.object()), location).toText();
  }
}
