package io.sluice.dialect.isometric;

import io.sluice.dialect.Call;
import io.sluice.dialect.PlaceForm;

/**
 * A list of what belongs to one thing, as a request asks for it.
 *
 * @param id the thing's, as the path has it
 */
record Below(String id, Page page) {
  static Below read(Call call, String list, PlaceForm form) {
    return Reader.read(call, reader -> new Below(reader.pathId(), Page.read(list, form, reader)));
  }
}
