package io.sluice.dialect.isometric;

import io.sluice.dialect.JsonWriter;

/** A supplier with the organisation behind it. */
record KnownSupplier(Supplier supplier, Organisation behind) {
  /** The members of the registry's Supplier. */
  JsonWriter write(JsonWriter json, IdCodec codec) {
    return supplier.write(json, codec, behind);
  }
}
