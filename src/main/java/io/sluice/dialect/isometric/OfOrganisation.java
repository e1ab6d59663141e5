package io.sluice.dialect.isometric;

import io.sluice.dialect.Call;
import java.util.function.Function;

/** A page of what belongs to an organisation, as the administrator asks for it. */
record OfOrganisation(String organisation, Page page) {
  /**
   * @param page reads which page
   */
  static OfOrganisation read(Call call, Function<Reader, Page> page) {
    return Reader.read(call, reader -> new OfOrganisation(reader.pathId(), page.apply(reader)));
  }
}
