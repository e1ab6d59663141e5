package io.sluice.dialect.isometric;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Members;
import io.sluice.dialect.Wanted;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Where a supplier or a project is.
 *
 * @param countryCode three letters of ISO 3166-1
 * @param latitude in degrees, −90 to 90
 * @param longitude in degrees, −180 to 180
 */
record Location(
    String countryCode,
    String countryName,
    Optional<String> description,
    BigDecimal latitude,
    BigDecimal longitude) {
  private static final String NAME = "location";
  private static final Wanted<String> DESCRIPTION = new Wanted.Characters(0, 10_000);
  private static final Wanted<BigDecimal> LATITUDE = new Reader.Degrees(90);
  private static final Wanted<BigDecimal> LONGITUDE = new Reader.Degrees(180);

  static Location read(Members members) {
    return new Location(
        members.required("country_code", Reader.COUNTRY),
        members.required("country_name", Reader.NAME),
        members.optional("description", DESCRIPTION),
        members.required("latitude", LATITUDE),
        members.required("longitude", LONGITUDE));
  }

  /** The location of what is stored with it. */
  static Optional<Location> in(JsonNode detail) {
    return Optional.of(detail.path(NAME)).filter(JsonNode::isObject).map(Location::of);
  }

  private static Location of(JsonNode node) {
    return new Location(
        node.path("country_code").asText(),
        node.path("country_name").asText(),
        Optional.ofNullable(node.path("description").textValue()),
        node.path("latitude").decimalValue(),
        node.path("longitude").decimalValue());
  }

  /** As a member of the open object; null where there is none. */
  static JsonWriter write(JsonWriter json, Optional<Location> location) {
    return location.map(where -> where.write(json)).orElseGet(() -> json.nothing(NAME));
  }

  private JsonWriter write(JsonWriter json) {
    return json.object(NAME)
        .text("country_code", countryCode)
        .text("country_name", countryName)
        .text("description", description.orElse(null))
        .number("latitude", latitude)
        .number("longitude", longitude)
        .end();
  }
}
