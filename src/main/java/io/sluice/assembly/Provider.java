package io.sluice.assembly;

import io.sluice.access.AuditTrail;
import io.sluice.config.Section;
import io.sluice.config.SluiceConfig;
import io.sluice.dialect.Dialect;
import io.sluice.dialect.EventParts;
import io.sluice.dialect.Services;
import io.sluice.store.Pools;
import java.util.List;
import java.util.function.Function;

/**
 * All that the assembly knows of a provider.
 *
 * @param name the dialect's
 * @param sections what the dialect adds to the configuration
 * @param maker makes the dialect
 */
public record Provider(String name, List<Section<?>> sections, Function<Parts, Dialect> maker) {
  public Provider {
    sections = List.copyOf(sections);
  }

  /**
   * What a dialect may be made of.
   *
   * @param pools for stores of its own
   * @param events for letting its clients ask for events
   * @param audit where it writes down who signed in
   */
  public record Parts(
      Services services, Pools pools, EventParts events, SluiceConfig config, AuditTrail audit) {
    /** One of the provider's own sections. */
    public <T> T settings(Section<T> section) {
      return config.of(section);
    }
  }
}
